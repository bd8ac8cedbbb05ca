import { addDays, dayOf, instantOf, weekdayOf } from "../../contract/house-days.ts";

/** When a report goes out, on the house's clock. */
export interface Rhythm {
  rhythm: "daily" | "weekly" | "monthly";
  hour: number;
  weekday: number;
  monthDay: number;
}

/** The longest month, and a day for what lies behind already. */
const DAYS_AHEAD = 33;

/** The first instant after another at which a rhythm falls. Where clocks skip the hour, the next there is. */
export function nextTime({ rhythm, hour, weekday, monthDay }: Rhythm, after: Date, zone: string): Date {
  let day = dayOf(after.toISOString(), zone);
  for (let tried = 0; tried < DAYS_AHEAD; tried += 1) {
    const falls =
      rhythm === "daily" || (rhythm === "weekly" ? weekdayOf(day) === weekday : Number(day.slice(8)) === monthDay);
    const at = instantOf(day, hour, zone);
    if (falls && at > after.getTime()) return new Date(at);
    day = addDays(day, 1);
  }
  throw new Error(`${rhythm} on ${weekday} or ${monthDay} never comes`);
}

/** The last instant at which a rhythm fell, from a known one on until now: what was missed meanwhile is sent once. */
export function latestTime(rhythm: Rhythm, dueAt: Date, now: Date, zone: string): Date {
  let latest = dueAt;
  for (let next = nextTime(rhythm, latest, zone); next <= now; next = nextTime(rhythm, latest, zone)) latest = next;
  return latest;
}

const MINUTE_MS = 60_000;
/** How long is waited after the first failure, the second …; after the last it is given up until its next time. */
const WAITS_MS = [1, 5, 15, 60].map((minutes) => minutes * MINUTE_MS);

/** When it is tried again after so many failures; null: not any more. */
export function tryAgainAt(failures: number, now: Date): Date | null {
  const wait = WAITS_MS[failures - 1];
  return wait === undefined ? null : new Date(now.getTime() + wait);
}
