import { isDay } from "../../contract/house-days.ts";
import { daysOfPeriod, instantsOfDays, REPORT_PERIODS, type ReportPeriod } from "../../contract/report-period.ts";
import type { ReportAsked, ReportDescription } from "../../contract/views.ts";
import { addDays, dayOf } from "./house-days.ts";

/** What a report is asked for, as it stands in the page's address and in the request: the same words in both. */

export const PERIOD_WORDS: Record<ReportPeriod, string> = {
  today: "Today",
  yesterday: "Yesterday",
  "this-week": "This week",
  "last-week": "Last week",
  "this-month": "This month",
  "last-month": "Last month",
};
const USUAL: ReportPeriod = "today";

/** Reads an address for a report. What the report does not know is left out, so that a mistyped one still shows a page. */
export function askedFromAddress(search: Record<string, unknown>, report: ReportDescription): ReportAsked {
  const said = (key: string) => {
    const value = search[key];
    return typeof value === "string" || typeof value === "number" ? String(value) : "";
  };
  const asked: Record<string, string> = {};
  const [from, to] = [said("from"), said("to")];
  const period = REPORT_PERIODS.find((one) => one === said("period"));
  if (isInstant(from) && isInstant(to) && from < to) Object.assign(asked, { from, to });
  else asked.period = period ?? USUAL;
  const groups = search.groupBy === "" ? null : said("groupBy").split(",");
  if (
    report.form === "figures" &&
    (groups === null || groups.every((key) => report.groupings.some((one) => one.key === key)))
  ) {
    asked.groupBy = groups === null ? "" : groups.slice(0, 2).join(",");
  }
  for (const { key, kind, choices } of report.params) {
    const value = said(key);
    if (value === "" || value.length > 200) continue;
    if (
      kind === "choice" ? choices.some((one) => one.value === value) : kind === "text" || /^[1-9][0-9]*$/.test(value)
    ) {
      asked[key] = value;
    }
  }
  return asked;
}

const isInstant = (text: string) => /^\d{4}-\d\d-\d\dT/.test(text) && !Number.isNaN(Date.parse(text));

/** By what its rows are made. */
export function groupsOf(asked: ReportAsked, report: ReportDescription): string[] {
  if (asked.groupBy === undefined) return report.groupBy;
  return asked.groupBy === "" ? [] : asked.groupBy.split(",");
}

/** The days a report is asked for, both included, as the house counts them. */
export function daysAsked(
  asked: ReportAsked,
  now: string,
  calendar: { zone: string; firstDay: number },
): { from: string; to: string } {
  const { from, to } = asked;
  if (from !== undefined && to !== undefined) {
    const last = new Date(Date.parse(to) - 1).toISOString();
    return { from: dayOf(from, calendar.zone), to: dayOf(last, calendar.zone) };
  }
  const period = REPORT_PERIODS.find((one) => one === asked.period) ?? USUAL;
  return daysOfPeriod(period, now, calendar);
}

/** The same question for other days. Days that are none, or the wrong way round, change nothing. */
export function askedForDays(asked: ReportAsked, days: { from: string; to: string }, zone: string): ReportAsked {
  if (!isDay(days.from) || !isDay(days.to)) return asked;
  const ordered = days.from <= days.to ? days : { from: days.to, to: days.from };
  const { period: _, ...rest } = asked;
  return { ...rest, ...instantsOfDays(ordered, zone) };
}

/** Whether a time is made of whole days; an hour behind a number is not. */
export function isWholeDays(asked: ReportAsked, zone: string): boolean {
  if (asked.from === undefined || asked.to === undefined) return true;
  const days = { from: dayOf(asked.from, zone), to: addDays(dayOf(asked.to, zone), -1) };
  const whole = instantsOfDays(days, zone);
  return Date.parse(whole.from) === Date.parse(asked.from) && Date.parse(whole.to) === Date.parse(asked.to);
}

/** The way to the rows behind a number: the question of now, narrowed by the row and by its column. */
export function wayBehind(
  asked: ReportAsked,
  row: Record<string, string>,
  opens: { report: string; narrow: Record<string, string> },
  target: ReportDescription | undefined,
): { to: string; search: Record<string, string> } | null {
  const all: Record<string, string> = { ...asked, ...row, ...opens.narrow };
  if (row.from !== undefined) delete all.period;
  for (const key of ["groupBy", "sort"]) delete all[key];
  if (opens.report === "report-call") return { to: "/report-call", search: reportCallWords(all) };
  if (target === undefined) return null;
  const known = new Set(["period", "from", "to", ...target.params.map(({ key }) => key)]);
  const search = Object.fromEntries(Object.entries(all).filter(([key]) => known.has(key)));
  return { to: "/reports", search: { report: target.name, ...search } };
}

/** Report Call's page has names of its own for some of the words. */
export function reportCallWords(all: Readonly<Record<string, string>>): Record<string, string> {
  const names: Record<string, string> = {
    queueId: "queue",
    agentId: "agent",
    telephoneId: "telephone",
    userId: "user",
  };
  const known = new Set([
    "period",
    "from",
    "to",
    "type",
    "number",
    "answered",
    "disposition",
    "result",
    "outcomePath",
    "prefix",
    "without",
    "call",
    ...Object.keys(names),
  ]);
  return Object.fromEntries(
    Object.entries(all).flatMap(([key, value]) => (known.has(key) && value !== "" ? [[names[key] ?? key, value]] : [])),
  );
}
