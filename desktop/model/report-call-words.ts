/** Report Call’s own words, and how they are read. */

/** What came of a call, as the server says it, in words. */
export const RESULT_WORDS = {
  ANSWERED: "Answered",
  "NO ANSWER": "No answer",
  BUSY: "Busy",
  FAILED: "Failed",
} as const;
/** What a row can be without, in words. */
export const WITHOUT_WORDS = {
  agent: "Nobody’s",
  user: "No user",
  telephone: "No telephone",
  queue: "No queue",
  outcome: "Not disposed",
  prefix: "No prefix",
} as const;
export type Without = keyof typeof WITHOUT_WORDS;
/** By what rows are put together, in words. */
export const GROUP_WORDS = {
  agent: "Agent",
  user: "User",
  telephone: "Telephone",
  queue: "Queue",
  type: "Type",
  result: "Result",
  outcome: "Disposition",
  prefix: "Prefix",
  hour: "Hour",
  day: "Day",
  week: "Week",
  month: "Month",
  "hour-of-day": "Hour of the day",
  weekday: "Weekday",
} as const;
export type GroupBy = keyof typeof GROUP_WORDS;
