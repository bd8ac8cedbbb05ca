import type { Queue } from "../../contract/views.ts";

/** What of a queue says how its callers are called back. */
type Callbacks = Pick<Queue, "callbacks" | "callbackAttempts" | "callbackMinutes" | "callbackCalendarId">;

/** Where nothing is said. */
export const BY_HAND: Callbacks = {
  callbacks: "by-hand",
  callbackAttempts: 3,
  callbackMinutes: 30,
  callbackCalendarId: null,
};

export const callbackColumns = (queue: Callbacks) => ({
  callbacks: queue.callbacks,
  callback_attempts: queue.callbackAttempts,
  callback_minutes: queue.callbackMinutes,
  callback_calendar_id: queue.callbackCalendarId,
});

export const callbacksOf = (row: ReturnType<typeof callbackColumns>): Callbacks => ({
  callbacks: row.callbacks,
  callbackAttempts: row.callback_attempts,
  callbackMinutes: row.callback_minutes,
  callbackCalendarId: row.callback_calendar_id,
});
