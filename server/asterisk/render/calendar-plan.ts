import { dayHours } from "../../../contract/calendar-time.ts";
import type { OpenHours } from "../../../contract/views.ts";
import type { CalendarConfig } from "../../telephony-config.ts";
import { CALENDAR_CONTEXT, calendarDays, calendarName } from "../names.ts";
import { confMatching, sortedBy } from "./conf.ts";
import { context, goIf, isText, type Step, variable } from "./dial-plan.ts";
import { wallClock } from "./zone-plan.ts";

const DAY_MINUTES = 1440;

const strftime = (format: string): string => variable(`STRFTIME(${variable("ARG2")},UTC,${format})`);

/**
 * Whether a calendar is open, said by the dial plan itself, so that it holds while we are away. It says the same as
 * `isOpen` of contract/calendar-time.ts: the hours that began today, then those that began yesterday and go on over
 * midnight. ARG1 of a calendar's extension is the instant, seconds since 1970; nothing: now. Answers 1 or 0.
 *
 * A day is looked up as `YYYYMMDD` and the day of the week; of the patterns that match, Asterisk takes the one that is
 * said most exactly from the left: the date, then the day of every year, then the day of the week.
 */
export function calendarPlan(calendars: readonly CalendarConfig[]): string {
  if (calendars.length === 0) return "";
  const extensions = new Map<string, Step[]>();
  const days: string[] = [];
  for (const calendar of sortedBy(calendars, ({ calendarId }) => calendarName(calendarId))) {
    extensions.set(calendarName(calendar.calendarId), asked(calendar));
    days.push(context(calendarDays(calendar.calendarId), hoursOf(calendar)));
  }
  extensions.set("day", [
    `Set(LOCAL(PERCH_MINUTE)=$[${strftime("%H")} * 60 + ${strftime("%M")} + ${variable("ARG3")}])`,
    `Gosub(${variable("ARG1")},${strftime("%Y%m%d%u")},1(${variable("PERCH_MINUTE")}))`,
    `Return(${variable("GOSUB_RETVAL")})`,
  ]);
  return [context(CALENDAR_CONTEXT, extensions), ...days].join("\n");
}

function asked({ calendarId, timeZone }: CalendarConfig): Step[] {
  const days = calendarDays(calendarId);
  return [
    `Set(LOCAL(PERCH_AT)=${variable(`IF($[${isText("ARG1", "")}]?${variable("EPOCH")}:${variable("ARG1")})`)})`,
    `Set(LOCAL(PERCH_WALL)=${wallClock(timeZone, variable("PERCH_AT"))})`,
    `Gosub(${CALENDAR_CONTEXT},day,1(${days},${variable("PERCH_WALL")},0))`,
    goIf(isText("GOSUB_RETVAL", "1"), "open"),
    `Gosub(${CALENDAR_CONTEXT},day,1(${days},$[${variable("PERCH_WALL")} - 86400],${DAY_MINUTES}))`,
    `Return(${variable("GOSUB_RETVAL")})`,
    { label: "open", step: "Return(1)" },
  ];
}

/** What is not after its day's exceptions stands first, as `isOpen` reads them. */
function hoursOf({ week, exceptions }: CalendarConfig): Map<string, Step[]> {
  const extensions = new Map<string, Step[]>();
  for (const { date, yearly, hours } of exceptions) {
    const digits = confMatching(date, /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/, "date").replaceAll("-", "");
    const pattern = yearly ? `_XXXX${digits.slice(4)}X` : `_${digits}X`;
    if (!extensions.has(pattern)) extensions.set(pattern, [within(hours)]);
  }
  for (let day = 1; day <= 7; day += 1) {
    extensions.set(`_XXXXXXXX${day}`, [within(week.filter((each) => each.day === day))]);
  }
  return extensions;
}

/** ARG1 is the minute since the midnight the hours began on. */
function within(hours: readonly OpenHours[]): Step {
  if (hours.length === 0) return "Return(0)";
  const minute = variable("ARG1");
  const each = hours.map(dayHours).map(({ begin, end }) => `(${minute} >= ${begin} & ${minute} < ${end})`);
  return `Return($[${each.join(" | ")}])`;
}
