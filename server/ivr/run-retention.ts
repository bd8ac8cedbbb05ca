import type { Clock } from "../clock.ts";
import type { Database } from "../db/pool.ts";
import type { Log } from "../log.ts";
import { removeRuns } from "./run-store.ts";

const FIRST_MS = 120_000;
const ROUND_MS = 3_600_000;
const AT_ONCE = 5_000;
const DAY_MS = 86_400_000;

/** Removes the ways through projects that are older than the house keeps them, some at a time, looked at every hour. */
export function createRunRetention(deps: {
  db: Database;
  clock: Clock;
  log: Log;
  settings: { current(): { projectRunDays: number } };
}): { start(): void; stop(): Promise<void> } {
  const { db, clock, log, settings } = deps;
  let stopped = true;
  let cancel = () => {};
  let running: Promise<void> = Promise.resolve();

  const removeOld = async () => {
    const before = new Date(clock.now().getTime() - settings.current().projectRunDays * DAY_MS);
    for (let removed = AT_ONCE; removed === AT_ONCE && !stopped; ) removed = await removeRuns(db, before, AT_ONCE);
  };
  const round = () => {
    running = removeOld()
      .catch((err: unknown) => log.warn({ err }, "old runs of projects could not be removed; it is tried again"))
      .finally(() => {
        if (!stopped) cancel = clock.after(ROUND_MS, round);
      });
  };

  return {
    start() {
      stopped = false;
      cancel = clock.after(FIRST_MS, round);
    },
    async stop() {
      stopped = true;
      cancel();
      await running;
    },
  };
}
