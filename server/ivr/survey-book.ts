import type { Clock } from "../clock.ts";
import type { Database } from "../db/pool.ts";
import { createGatheredWrites, type GatheredWrites } from "../gathered-writes.ts";
import type { Log } from "../log.ts";
import type { SurveyAnswer } from "./block-house.ts";
import { insertAnswers } from "./survey-store.ts";

const RETRY_MS = 5_000;
const MOST_AT_ONCE = 500;
const MOST_WAITING = 10_000;

/** Answers of callers, written down as they come; while the database is away they wait, and so does no caller. */
export const createSurveyBook = ({
  db,
  clock,
  log,
}: {
  db: Database;
  clock: Clock;
  log: Log;
}): GatheredWrites<SurveyAnswer> =>
  createGatheredWrites({
    ...{ clock, log, what: "answers to questions" },
    ...{ mostAtOnce: MOST_AT_ONCE, mostWaiting: MOST_WAITING, retryMs: RETRY_MS },
    write: (some) => insertAnswers(db, some),
  });
