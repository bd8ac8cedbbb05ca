import { it } from "vitest";
import { chosenLives, LONGEST_RUN_MS } from "./chosen-lives.ts";
import { runLives } from "./sessions-model.ts";

const lives = chosenLives("known");

it(
  "holds every rule of sessions through lives that are the same each time",
  async () => {
    if (lives !== null) await runLives(lives);
  },
  60_000 + (lives?.runs ?? 0) * LONGEST_RUN_MS,
);
