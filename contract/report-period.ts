import { addDays, dayOf, hourOf, offsetMs, startOfDay, weekdayOf } from "./house-days.ts";

/**
 * Periods that people ask reports for, and the parts they are drawn in. All of it is the house's time: a day is from
 * midnight to midnight in its zone, 23 or 25 hours long when clocks change; a week begins on its first day of the week.
 */

export const REPORT_PERIODS = ["today", "yesterday", "this-week", "last-week", "this-month", "last-month"] as const;
export type ReportPeriod = (typeof REPORT_PERIODS)[number];

/** How time is cut up. `hour` and the longer ones follow each other; `hour-of-day` and `weekday` come back. */
export const TIME_UNITS = ["hour", "day", "week", "month", "hour-of-day", "weekday"] as const;
export type TimeUnit = (typeof TIME_UNITS)[number];

/** Whose days: a zone of the IANA database, and the first day of the week (1 is Monday, 7 is Sunday). */
export interface HouseCalendar {
  zone: string;
  firstDay: number;
}

/** First and last day of a period, both included. This week and this month go to their end. */
export function daysOfPeriod(
  period: ReportPeriod,
  now: string,
  { zone, firstDay }: HouseCalendar,
): { from: string; to: string } {
  const today = dayOf(now, zone);
  const week = startOfWeek(today, firstDay);
  const month = `${today.slice(0, 8)}01`;
  switch (period) {
    case "today":
      return { from: today, to: today };
    case "yesterday":
      return { from: addDays(today, -1), to: addDays(today, -1) };
    case "this-week":
      return { from: week, to: addDays(week, 6) };
    case "last-week":
      return { from: addDays(week, -7), to: addDays(week, -1) };
    case "this-month":
      return { from: month, to: addDays(nextMonth(month), -1) };
    case "last-month":
      return { from: `${addDays(month, -1).slice(0, 8)}01`, to: addDays(month, -1) };
  }
}

/** The instants between which the days lie: the first one's midnight and the midnight after the last. */
export function instantsOfDays(days: { from: string; to: string }, zone: string): { from: string; to: string } {
  return { from: startOfDay(days.from, zone), to: startOfDay(addDays(days.to, 1), zone) };
}

/** The day a week began that a day lies in. */
export function startOfWeek(day: string, firstDay: number): string {
  return addDays(day, -((weekdayOf(day) - firstDay + 7) % 7));
}

const nextMonth = (month: string) => `${addDays(month, 31).slice(0, 8)}01`;

/** A part of a period: its key as reports carry it, and where it lies, in milliseconds. */
export interface TimePart {
  key: string;
  from: number;
  to: number;
}

/**
 * The parts of a time, in order and without gaps, cut to it. Keys: an hour is the instant it begins
 * (`2026-10-25T00:00:00Z`), a day or a week `2026-10-25`, a month `2026-10`, an hour of the day `00` to `23`, a weekday
 * `1` to `7`. The hour that clocks repeat is two parts, each of an hour.
 */
export function partsOfTime(range: { from: number; to: number }, unit: TimeUnit, calendar: HouseCalendar): TimePart[] {
  const days = daysBetween(range, calendar.zone);
  const parts =
    unit === "hour" || unit === "hour-of-day"
      ? days.flatMap((day) => hoursOf(day, calendar.zone, unit))
      : days.map(({ day, from, to }) => ({ key: keyOfDay(day, unit, calendar.firstDay), from, to }));
  const cut: TimePart[] = [];
  for (const part of parts) {
    const from = Math.max(part.from, range.from);
    const to = Math.min(part.to, range.to);
    if (from >= to) continue;
    const last = cut.at(-1);
    if (last !== undefined && last.key === part.key) last.to = to;
    else cut.push({ key: part.key, from, to });
  }
  return cut;
}

function keyOfDay(day: string, unit: TimeUnit, firstDay: number): string {
  if (unit === "week") return startOfWeek(day, firstDay);
  if (unit === "month") return day.slice(0, 7);
  return unit === "weekday" ? String(weekdayOf(day)) : day;
}

function daysBetween(range: { from: number; to: number }, zone: string) {
  const days: { day: string; from: number; to: number }[] = [];
  let day = dayOf(new Date(range.from).toISOString(), zone);
  let from = Date.parse(startOfDay(day, zone));
  while (from < range.to) {
    const next = addDays(day, 1);
    const to = Date.parse(startOfDay(next, zone));
    days.push({ day, from, to });
    day = next;
    from = to;
  }
  return days;
}

const HOUR_MS = 3_600_000;

function hoursOf(day: { from: number; to: number }, zone: string, unit: TimeUnit): TimePart[] {
  const parts: TimePart[] = [];
  let from = day.from;
  while (from < day.to) {
    // Where clocks change by half an hour, the next full hour is nearer.
    const past = (((from + HOUR_MS + offsetMs(from + HOUR_MS, zone)) % HOUR_MS) + HOUR_MS) % HOUR_MS;
    const to = Math.min(from + HOUR_MS - past, day.to);
    const key = unit === "hour" ? instantKey(from) : String(hourOf(from, zone)).padStart(2, "0");
    parts.push({ key, from, to });
    from = to;
  }
  return parts;
}

/** An instant without its milliseconds: `2026-10-25T00:00:00Z`. */
const instantKey = (at: number) => `${new Date(at).toISOString().slice(0, 19)}Z`;
