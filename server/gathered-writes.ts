import type { Clock } from "./clock.ts";
import { isRefusedData } from "./db/pool.ts";
import type { Log } from "./log.ts";

/** Things that are written down soon, many in one go, while nobody waits for it. */
export interface GatheredWrites<T> {
  /** Nothing is done before the first thing comes. */
  start(): void;
  /** Writes what still waits, once. */
  stop(): Promise<void>;
  add(one: T): void;
}

const GATHER_MS = 200;

/**
 * Builds them. While the database is away things wait, at most `mostWaiting`: of more the oldest are lost, and the log
 * says so. What the database will never take is lost too, and nothing beside it: it would keep all others waiting.
 */
export function createGatheredWrites<T>(deps: {
  clock: Clock;
  log: Log;
  /** What they are, for the log. */
  what: string;
  mostAtOnce: number;
  mostWaiting: number;
  retryMs: number;
  write(some: readonly T[]): Promise<void>;
}): GatheredWrites<T> {
  const { clock, log, what, mostAtOnce, mostWaiting, retryMs } = deps;
  const waiting: T[] = [];
  let lost = 0;
  let cancel: (() => void) | null = null;
  let writing: Promise<void> | null = null;

  const keepWithin = () => {
    const over = waiting.length - mostWaiting;
    if (over <= 0) return;
    waiting.splice(0, over);
    lost += over;
  };
  const writeSome = async (some: readonly T[]): Promise<void> => {
    try {
      await deps.write(some);
    } catch (err) {
      if (!isRefusedData(err)) throw err;
      if (some.length > 1) for (const one of some) await writeSome([one]);
      else log.error({ err }, `one of the ${what} could not be written and is lost`);
    }
  };
  const writeAll = async () => {
    while (waiting.length > 0) {
      const some = waiting.splice(0, mostAtOnce);
      await writeSome(some).catch((err: unknown) => {
        waiting.unshift(...some);
        keepWithin();
        throw err;
      });
    }
    if (lost > 0) log.warn({ lost }, `${what} are lost: too many waited for the database`);
    lost = 0;
  };
  const later = (ms: number) => {
    cancel ??= clock.after(ms, () => void begin());
  };
  const begin = (): Promise<void> => {
    cancel?.();
    cancel = null;
    writing ??= writeAll()
      .catch((err: unknown) => {
        log.warn({ err, waiting: waiting.length }, `${what} wait for the database`);
        later(retryMs);
      })
      .finally(() => {
        writing = null;
        if (waiting.length > 0) later(GATHER_MS);
      });
    return writing;
  };

  return {
    start: () => {},
    async stop() {
      await writing;
      if (waiting.length > 0) await begin();
      cancel?.();
      cancel = null;
    },
    add(one) {
      waiting.push(one);
      keepWithin();
      if (writing === null) later(GATHER_MS);
    },
  };
}
