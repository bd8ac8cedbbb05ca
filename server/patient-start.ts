import type { Clock } from "./clock.ts";
import { isOutage } from "./db/outage.ts";
import type { Log } from "./log.ts";

/** Somebody asked to stop while the start was still waiting. */
export class StartEnded extends Error {}

const FIRST_MS = 250;
const LONGEST_MS = 5000;

/**
 * Does each step of a start, again and again as long as the database is away; what else goes wrong ends the start.
 * Says once that it waits, and once that it goes on.
 */
export function createPatientStart(deps: {
  clock: Clock;
  log: Log;
  /** Where the database is, without secrets. */
  place: string;
  progress: (line: string) => void;
}): { step<T>(act: () => Promise<T>): Promise<T>; end(): void } {
  const { clock, log, place, progress } = deps;
  let ended = false;
  let wake = () => {};
  let waiting = false;

  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const cancel = clock.after(ms, resolve);
      wake = () => {
        cancel();
        resolve();
      };
    });

  return {
    async step(act) {
      for (let waitMs = FIRST_MS; ; waitMs = Math.min(waitMs * 2, LONGEST_MS)) {
        if (ended) throw new StartEnded("the start was ended");
        try {
          const result = await act();
          if (waiting) progress(`the database at ${place} answers`);
          waiting = false;
          return result;
        } catch (error) {
          if (!isOutage(error)) throw error;
          log.warn({ err: error, place }, "the database cannot be reached; trying again");
          if (!waiting) progress(`the database at ${place} cannot be reached; trying again (telephones keep working)`);
          waiting = true;
          if (!ended) await pause(waitMs);
        }
      }
    },
    end() {
      ended = true;
      wake();
    },
  };
}
