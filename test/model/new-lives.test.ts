import { it } from "vitest";
import { chosenLives, LONGEST_RUN_MS } from "./chosen-lives.ts";
import { runLives } from "./sessions-model.ts";

const lives = chosenLives("new");

it(
  "holds every rule of sessions through other lives, unseen ones where their number was asked for",
  async () => {
    if (lives !== null) await runLives(lives);
  },
  60_000 + (lives?.runs ?? 0) * LONGEST_RUN_MS,
);
