import { isDay } from "../../contract/house-days.ts";
import type { Calendar, CalendarException, OpenHours } from "../../contract/views.ts";
import { Refusal } from "../refusal.ts";

/**
 * What makes a calendar that nobody could read as one thing: null where there is nothing.
 *
 * ```text
 *  hours that begin and end at the same time    all day, or never? Say 00:00 to 24:00 for all day.
 *  a day that does not exist                    2026-02-30; the 29th of February is one, in leap years
 *  two exceptions for one day                   which of them counts?
 * ```
 */
export function checkCalendar({ week, exceptions }: Pick<Calendar, "week" | "exceptions">): Refusal | null {
  const empty = week.find(isEmpty);
  if (empty !== undefined) return refused("week", `The hours ${words(empty)} begin where they end. ${ALL_DAY}`);
  const seen = new Map<string, string>();
  for (const each of exceptions) {
    const { name, date, hours } = each;
    if (!isDay(date)) return refused("exceptions", `“${name}” is on ${date}, which is no day of the calendar.`);
    const none = hours.find(isEmpty);
    if (none !== undefined) {
      return refused("exceptions", `The hours ${words(none)} of “${name}” begin where they end. ${ALL_DAY}`);
    }
    const day = dayOf(each);
    const other = seen.get(day);
    if (other !== undefined) return refused("exceptions", `“${other}” and “${name}” are on the same day.`);
    seen.set(day, name);
  }
  return null;
}

const ALL_DAY = "For all day, say 00:00 to 24:00.";
const isEmpty = ({ from, to }: OpenHours): boolean => from === to;
const words = ({ from, to }: OpenHours): string => `${from} to ${to}`;
const dayOf = ({ date, yearly }: CalendarException): string => (yearly ? date.slice(5) : date);
const refused = (field: string, title: string): Refusal => new Refusal("request.invalid", title, { field });
