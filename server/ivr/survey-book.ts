import type { Clock } from "../clock.ts";
import { brokenConstraint, type Database } from "../db/pool.ts";
import type { Log } from "../log.ts";
import type { SurveyAnswer } from "./block-house.ts";
import { insertAnswers } from "./survey-store.ts";

/** Answers of callers, written down as they come; while the database is away they wait, and so does no caller. */
export interface SurveyBook {
  start(): void;
  /** Writes what still waits, once. */
  stop(): Promise<void>;
  keep(answer: SurveyAnswer): void;
}

const GATHER_MS = 200;
const RETRY_MS = 5_000;
const MOST_AT_ONCE = 500;
/** Of more the oldest are lost, and the log says so. */
const MOST_WAITING = 10_000;

export function createSurveyBook(deps: { db: Database; clock: Clock; log: Log }): SurveyBook {
  const { db, clock, log } = deps;
  const waiting: SurveyAnswer[] = [];
  let cancel: (() => void) | null = null;
  let writing: Promise<void> | null = null;

  const writeAll = async () => {
    while (waiting.length > 0) {
      const some = waiting.splice(0, MOST_AT_ONCE);
      await insertAnswers(db, some).catch((err: unknown) => {
        // One that can never be written would keep all others waiting.
        if (brokenConstraint(err) === null) {
          waiting.unshift(...some);
          throw err;
        }
        log.error({ err, answers: some.length }, "answers to questions could not be written and are lost");
      });
    }
  };
  const begin = (): Promise<void> => {
    cancel?.();
    cancel = null;
    writing ??= writeAll()
      .catch((err: unknown) => {
        log.warn({ err, waiting: waiting.length }, "answers to questions wait for the database");
        later(RETRY_MS);
      })
      .finally(() => {
        writing = null;
        if (waiting.length > 0) later(GATHER_MS);
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
      cancel = null;
    },
    keep(answer) {
      waiting.push(answer);
      if (waiting.length > MOST_WAITING) {
        waiting.shift();
        log.warn("an answer to a question is lost: too many wait for the database");
      }
      later(GATHER_MS);
    },
  };
}
