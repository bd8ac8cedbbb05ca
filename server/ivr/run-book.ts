import type { Clock } from "../clock.ts";
import { type Database, inTransaction } from "../db/pool.ts";
import type { Log } from "../log.ts";
import { addExits, insertRuns, type KeptRun, updateRun } from "./run-store.ts";

/** A run that is over; `id` where it was written down while it went on. */
export interface EndedRun {
  id: number | null;
  run: KeptRun;
}

export interface RunBook {
  start(): void;
  /** Writes what is still to be written. */
  stop(): Promise<void>;
  /** Takes a run that is over; it is written soon, with others of the same moment. */
  write(ended: EndedRun): void;
  /** Settles when everything taken until now is written, or given up. */
  settled(): Promise<void>;
}

const GATHER_MS = 200;
const RETRY_MS = 2_000;
const MOST_AT_ONCE = 200;
/** While the database is away so many are kept; of more the oldest are lost, and the log says how many. */
const MOST_WAITING = 20_000;

/** Writes down who was led through what, many in one transaction, with how often each exit was taken. */
export function createRunBook(deps: { db: Database; clock: Clock; log: Log }): RunBook {
  const { db, clock, log } = deps;
  const waiting: EndedRun[] = [];
  let cancel: (() => void) | null = null;
  let writing: Promise<void> | null = null;
  let lost = 0;

  const writeSome = async (some: readonly EndedRun[]) => {
    await inTransaction(db, async (tx) => {
      await insertRuns(
        tx,
        some.flatMap(({ id, run }) => (id === null ? [run] : [])),
      );
      for (const { id, run } of some) if (id !== null) await updateRun(tx, id, run);
      await addExits(tx, exitsTaken(some));
    });
  };

  const writeAll = async () => {
    while (waiting.length > 0) {
      const some = waiting.slice(0, MOST_AT_ONCE);
      await writeSome(some);
      waiting.splice(0, some.length);
    }
    if (lost > 0) log.warn({ lost }, "runs of projects were not written down: too many waited for the database");
    lost = 0;
  };

  const begin = (): Promise<void> => {
    cancel?.();
    cancel = null;
    writing ??= writeAll()
      .catch((err: unknown) => {
        log.warn({ err }, "runs of projects wait for the database");
        later(RETRY_MS);
      })
      .finally(() => {
        writing = null;
      });
    return writing;
  };
  const later = (ms: number) => {
    cancel ??= clock.after(ms, () => void begin());
  };

  return {
    start: () => {},
    async stop() {
      await writing;
      if (waiting.length > 0) await begin();
      cancel?.();
    },
    write(ended) {
      waiting.push(ended);
      if (waiting.length > MOST_WAITING) {
        waiting.shift();
        lost += 1;
      }
      if (writing === null) later(GATHER_MS);
    },
    async settled() {
      while (waiting.length > 0 || writing !== null) await begin();
    },
  };
}

const HOUR_MS = 3_600_000;

/** How often each exit was taken, by the hour in which it was. */
function exitsTaken(some: readonly EndedRun[]) {
  const counts = new Map<string, { projectId: number; hour: Date; block: string; exit: string; taken: number }>();
  for (const { run } of some) {
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
