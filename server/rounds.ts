import type { Clock } from "./clock.ts";
import type { Log } from "./log.ts";

/** Something that is done again and again: one round at a time, each a while after the last one ended. */
export interface Rounds {
  start(): void;
  /** Settles when the round that is being done has ended. */
  stop(): Promise<void>;
}

/** Builds them. A round that fails is said in the log, in `failed`'s words, and done again when the next is due. */
export function createRounds(deps: {
  clock: Clock;
  log: Log;
  firstMs: number;
  everyMs: number;
  failed: string;
  /** `stopping` says between two steps of a long round whether it should end. */
  round(stopping: () => boolean): Promise<void>;
}): Rounds {
  const { clock, log, firstMs, everyMs } = deps;
  let stopped = true;
  let cancel = () => {};
  let running: Promise<void> = Promise.resolve();
  const begin = () => {
    running = deps
      .round(() => stopped)
      .catch((err: unknown) => log.warn({ err }, deps.failed))
      .finally(() => {
        if (!stopped) cancel = clock.after(everyMs, begin);
      });
  };
  return {
    start() {
      stopped = false;
      cancel = clock.after(firstMs, begin);
    },
    async stop() {
      stopped = true;
      cancel();
      await running;
    },
  };
}
