import type { Clock } from "../clock.ts";
import { type Database, inTransaction } from "../db/pool.ts";
import { createGatheredWrites, type GatheredWrites } from "../gathered-writes.ts";
import type { Log } from "../log.ts";
import { addExits, insertRuns, type KeptRun, updateRun } from "./run-store.ts";

/** A run that is over; `id` where it was written down while it went on. */
export interface EndedRun {
  id: number | null;
  run: KeptRun;
}

const RETRY_MS = 2_000;
const MOST_AT_ONCE = 200;
const MOST_WAITING = 20_000;

/** Writes down who was led through what, many in one transaction, with how often each exit was taken. */
export const createRunBook = ({ db, clock, log }: { db: Database; clock: Clock; log: Log }): GatheredWrites<EndedRun> =>
  createGatheredWrites({
    ...{ clock, log, what: "runs of projects" },
    ...{ mostAtOnce: MOST_AT_ONCE, mostWaiting: MOST_WAITING, retryMs: RETRY_MS },
    write: (some) =>
      inTransaction(db, async (tx) => {
        await insertRuns(
          tx,
          some.flatMap(({ id, run }) => (id === null ? [run] : [])),
        );
        for (const { id, run } of some) if (id !== null) await updateRun(tx, id, run);
        await addExits(tx, exitsTaken(some));
      }),
  });

const HOUR_MS = 3_600_000;

/** How often each exit was taken, by the hour in which it was. */
function exitsTaken(some: readonly EndedRun[]) {
  const counts = new Map<string, { projectId: number; hour: Date; block: string; exit: string; taken: number }>();
  for (const { run } of some) {
    if (run.trial) continue;
    for (const { block, exit, at, projectId } of run.steps) {
      if (exit === null) continue;
      const hour = new Date(Math.floor(Date.parse(at) / HOUR_MS) * HOUR_MS);
      const of = projectId ?? run.projectId;
      const key = JSON.stringify([of, hour, block, exit]);
      const known = counts.get(key);
      if (known === undefined) counts.set(key, { projectId: of, hour, block, exit, taken: 1 });
      else known.taken += 1;
    }
  }
  return [...counts.values()];
}
