import type { Clock } from "../clock.ts";
import type { Database } from "../db/pool.ts";
import type { Log } from "../log.ts";
import { createRounds, type Rounds } from "../rounds.ts";
import { removeRuns } from "./run-store.ts";

const FIRST_MS = 120_000;
const ROUND_MS = 3_600_000;
const AT_ONCE = 5_000;
const DAY_MS = 86_400_000;

/** Removes the ways through projects that are older than the house keeps them, some at a time, looked at every hour. */
export const createRunRetention = (deps: {
  db: Database;
  clock: Clock;
  log: Log;
  settings: { current(): { projectRunDays: number } };
}): Rounds =>
  createRounds({
    ...{ ...deps, firstMs: FIRST_MS, everyMs: ROUND_MS },
    failed: "old runs of projects could not be removed; it is tried again",
    async round(stopping) {
      const before = new Date(deps.clock.now().getTime() - deps.settings.current().projectRunDays * DAY_MS);
      while ((await removeRuns(deps.db, before, AT_ONCE)) === AT_ONCE && !stopping());
    },
  });
