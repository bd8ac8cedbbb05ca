import type { Clock } from "./clock.ts";
import type { Log } from "./log.ts";

/** Keeps something in memory true by reading what was said to be stale. */
export interface StaleReader {
  /** From now on it reads. */
  start(): void;
  /** Reads no more; resolves when what is being read has come in. */
  stop(): Promise<void>;
  some(ids: readonly number[]): void;
  all(): void;
  /** Resolves when everything that was said until now has been read, or could not be. */
  settled(): Promise<void>;
}

/** What could not be read is read again, whole, after this time. */
const RETRY_MS = 1000;

/** Builds it. `failed` is what the log says when a reading fails. One reading goes on at a time. */
export function createStaleReader(deps: {
  clock: Clock;
  log: Log;
  failed: string;
  readAll(): Promise<void>;
  readSome(ids: number[]): Promise<void>;
}): StaleReader {
  const stale = new Set<number>();
  let allStale = false;
  let reading: Promise<void> | null = null;
  let stopped = true;

  /** False: it is tried again later. */
  const readStale = async (): Promise<boolean> => {
    const [all, ids] = [allStale, [...stale]];
    allStale = false;
    stale.clear();
    try {
      await (all ? deps.readAll() : deps.readSome(ids));
      return true;
    } catch (error) {
      allStale = true;
      deps.log.warn({ err: error }, deps.failed);
      deps.clock.after(RETRY_MS, read);
      return false;
    }
  };
  const read = () => {
    if (stopped || (!allStale && stale.size === 0)) return;
    // What is announced in one turn of the event loop is read with one query.
    reading ??= new Promise<void>((resolve) => setImmediate(resolve)).then(readStale).then((done) => {
      reading = null;
      if (done) read();
    });
  };

  return {
    start() {
      stopped = false;
    },
    async stop() {
      stopped = true;
      await reading;
    },
    some(ids) {
      if (ids.length === 0) return;
      for (const id of ids) stale.add(id);
      read();
    },
    all() {
      allStale = true;
      read();
    },
    async settled() {
      // Twice: what was said during a reading is in the next one.
      await reading;
      await reading;
    },
  };
}
