import type { CalendarException, OpenHours, WeeklyHours } from "./calendar-views.ts";
import { addDays, offsetMs, weekdayOf } from "./house-days.ts";

/**
 * Whether a calendar is open, and until when. Hours are those of a clock on the wall in the calendar's zone, so the day
 * the clocks change has the hour they show twice open twice, and the hour they skip not at all.
 *
 * ```text
 *  the hours that begin on a day are     1. those of the exception for that date
 *                                        2. else of the yearly exception for that day and month
 *                                        3. else of the week
 *  open = within hours that began today, or within hours that began yesterday and go on over midnight
 * ```
 *
 * So a night that began goes on into a holiday, and a holiday's evening is as the holiday says.
 */

/** What decides about hours; `timeZone` is a name of the IANA database. */
export interface OpeningTimes {
  timeZone: string;
  week: readonly WeeklyHours[];
  exceptions: readonly CalendarException[];
}

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1440;

/** Minutes since midnight of the day they begin on; `end` is after `begin`, and after 1440 where they go on over midnight. */
export interface DayHours {
  begin: number;
  end: number;
}

export function dayHours({ from, to }: OpenHours): DayHours {
  const begin = minutesOf(from);
  const end = minutesOf(to);
  return { begin, end: end > begin ? end : end + DAY_MINUTES };
}

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** The hours that begin on a day (`2026-12-25`), and which exception makes them so. */
export function hoursOn(times: OpeningTimes, day: string): { hours: DayHours[]; exception: CalendarException | null } {
  const exception =
    times.exceptions.find(({ date, yearly }) => !yearly && date === day) ??
    times.exceptions.find(({ date, yearly }) => yearly && date.slice(5) === day.slice(5)) ??
    null;
  const weekday = weekdayOf(day);
  const hours = exception === null ? times.week.filter((each) => each.day === weekday) : exception.hours;
  return { hours: hours.map(dayHours), exception };
}

/** Whether the calendar is open at an instant. */
export function isOpen(times: OpeningTimes, at: Date): boolean {
  const { day, minute } = onTheWall(at.getTime(), times.timeZone);
  const within = (on: string, minutes: number) =>
    hoursOn(times, on).hours.some(({ begin, end }) => minutes >= begin && minutes < end);
  return within(day, minute) || within(addDays(day, -1), minute + DAY_MINUTES);
}

function onTheWall(at: number, zone: string): { day: string; minute: number } {
  const wall = at + offsetMs(at, zone);
  return {
    day: new Date(wall).toISOString().slice(0, 10),
    minute: Math.floor((wall - Math.floor(wall / (DAY_MINUTES * MINUTE_MS)) * DAY_MINUTES * MINUTE_MS) / MINUTE_MS),
  };
}

/** How far ahead the next change is looked for: a calendar that is closed all year has none. */
const LOOK_DAYS = 370;

/** When the calendar next opens or closes after an instant; null where it does not within a year. */
export function nextChange(times: OpeningTimes, after: Date): Date | null {
  const now = isOpen(times, after);
  const { day } = onTheWall(after.getTime(), times.timeZone);
  for (let ahead = -1; ahead <= LOOK_DAYS; ahead += 1) {
    const on = addDays(day, ahead);
    const candidates = hoursOn(times, on)
      .hours.flatMap(({ begin, end }) => [begin, end])
      .flatMap((minute) => instantsOf(on, minute, times.timeZone))
      .concat(clockChanges(on, times.timeZone))
      .sort((left, right) => left - right);
    const found = candidates.find((at) => at > after.getTime() && isOpen(times, new Date(at)) !== now);
    if (found !== undefined) return new Date(found);
  }
  return null;
}

/** The instants at which a wall clock shows a minute of a day: one, two where it is turned back, none where it skips. */
function instantsOf(day: string, minute: number, zone: string): number[] {
  const wall = Date.parse(`${day}T00:00:00.000Z`) + minute * MINUTE_MS;
  const offsets = [...new Set([offsetMs(wall - DAY_MS, zone), offsetMs(wall + DAY_MS, zone)])];
  return offsets.map((offset) => wall - offset).filter((at) => at + offsetMs(at, zone) === wall);
}

const DAY_MS = 86_400_000;

/** The instant within a day at which the zone's clocks are turned, where they are: to the second. */
function clockChanges(day: string, zone: string): number[] {
  const begin = Date.parse(`${day}T00:00:00.000Z`) - offsetMs(Date.parse(`${day}T00:00:00.000Z`), zone);
  return turnWithin(begin, begin + DAY_MS, zone);
}

/** The instant in (from, to] from which the offset is another; none where it is the same at both ends. */
export function turnWithin(from: number, to: number, zone: string): number[] {
  if (offsetMs(from, zone) === offsetMs(to, zone)) return [];
  let before = from;
  let after = to;
  while (after - before > 1000) {
    const middle = Math.floor((before + after) / 2000) * 1000;
    if (offsetMs(middle, zone) === offsetMs(from, zone)) before = middle;
    else after = middle;
  }
  return [after];
}
