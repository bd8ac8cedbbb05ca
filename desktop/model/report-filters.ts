import { daysOfPeriod } from "../../contract/report-period.ts";
import { addDays, dayOf, isDay, startOfDay } from "./house-days.ts";
import { reportCallWords } from "./report-address.ts";
import { GROUP_WORDS, type GroupBy, RESULT_WORDS, WITHOUT_WORDS, type Without } from "./report-call-words.ts";

/** What the Report Call page is asked for, and how it stands in the address and in the request. */

export const PERIODS = [
  "today",
  "yesterday",
  "7days",
  "this-week",
  "last-week",
  "month",
  "last-month",
  "custom",
  "between",
] as const;
export type Period = (typeof PERIODS)[number];
export const CALL_TYPES = ["inbound", "outbound", "internal"] as const;
export const SORTS = ["startedAt", "-startedAt", "durationS", "-durationS", "billableS", "-billableS"] as const;
export type ReportSort = (typeof SORTS)[number];

export interface ReportFilters {
  period: Period;
  /**
   * First and last day, both included, of the period `custom`; instants of the period `between`, which other pages link
   * to. They count for these alone.
   */
  from: string;
  to: string;
  type: "" | (typeof CALL_TYPES)[number];
  userId: string;
  /** Whose figures a row counts in: the user where that is an agent, else who sat there. */
  agentId: string;
  telephoneId: string;
  queueId: string;
  /** All rows of one call. */
  call: string;
  number: string;
  answered: "" | "yes" | "no";
  disposition: string;
  /** These are said by the groups that rows are opened from. The path is exactly these levels of a disposition. */
  result: "" | keyof typeof RESULT_WORDS;
  outcomePath: string;
  prefix: string;
  without: readonly Without[];
  sort: ReportSort;
  /** Empty: the rows themselves. */
  groupBy: "" | GroupBy;
  /** By which column the groups are sorted, with a minus the other way round; empty: by what they are. */
  order: string;
}

export const NO_FILTERS: ReportFilters = {
  period: "today",
  from: "",
  to: "",
  type: "",
  userId: "",
  agentId: "",
  call: "",
  telephoneId: "",
  queueId: "",
  number: "",
  answered: "",
  disposition: "",
  result: "",
  outcomePath: "",
  prefix: "",
  without: [],
  sort: "-startedAt",
  groupBy: "",
  order: "",
};

const keysOf = <K extends string>(words: Readonly<Record<K, string>>) => Object.keys(words) as K[];
const oneOf = <T extends string>(values: readonly T[], value: unknown, otherwise: T): T =>
  values.find((one) => one === value) ?? otherwise;
const text = (value: unknown, shape: RegExp, maxLength: number): string => {
  const said = typeof value === "number" ? String(value) : value;
  return typeof said === "string" && said.length <= maxLength && shape.test(said) ? said : "";
};

/** The filters an address names. What cannot be read is left out, so that a mistyped address still shows a page. */
export function filtersFromAddress(search: Record<string, unknown>): ReportFilters {
  const day = (value: unknown) => (typeof value === "string" && isDay(value) ? value : "");
  const instant = (value: unknown) => (typeof value === "string" && isInstant(value) ? value : "");
  const between = instant(search.from) !== "" && instant(search.to) !== "";
  const [from, to] = [day(search.from), day(search.to)];
  const said = oneOf(PERIODS, search.period, from !== "" || to !== "" ? "custom" : "today");
  const period = between ? "between" : said === "between" ? "today" : said;
  return {
    period,
    from: between ? instant(search.from) : period === "custom" ? from : "",
    to: between ? instant(search.to) : period === "custom" ? to : "",
    type: oneOf(["", ...CALL_TYPES], search.type, ""),
    userId: text(search.user, /^[1-9][0-9]*$/, 16),
    agentId: text(search.agent, /^[1-9][0-9]*$/, 16),
    call: text(search.call, /^[A-Za-z0-9_.-]+$/, 150),
    telephoneId: text(search.telephone, /^[1-9][0-9]*$/, 16),
    queueId: text(search.queue, /^[1-9][0-9]*$/, 16),
    number: text(search.number, /^[+0-9*#A-Za-z_.-]+$/, 40),
    answered: oneOf(["", "yes", "no"], search.answered, ""),
    disposition: text(search.disposition, /\S/, 60),
    result: oneOf(["", ...keysOf(RESULT_WORDS)], search.result, ""),
    outcomePath: text(search.outcomePath, /\S/, 200),
    prefix: text(search.prefix, /\S/, 80),
    without: keysOf(WITHOUT_WORDS).filter((one) =>
      String(search.without ?? "")
        .split(",")
        .includes(one),
    ),
    sort: oneOf(SORTS, search.sort, "-startedAt"),
    groupBy: oneOf(["", ...keysOf(GROUP_WORDS)], search.groupBy, ""),
    order: text(search.order, /^-?[a-zA-Z-]+$/, 40),
  };
}

const isInstant = (text: string) => /^\d{4}-\d\d-\d\dT[0-9:.]+Z$/.test(text) && !Number.isNaN(Date.parse(text));
const ownDays = ({ period }: ReportFilters) => period === "custom" || period === "between";

/** The address of some filters: only what differs from the empty ones, so that addresses stay short. */
export function addressOf(filters: ReportFilters): Record<string, string> {
  const named: Record<string, string> = {
    period: filters.period === "between" ? "" : filters.period,
    from: ownDays(filters) ? filters.from : "",
    to: ownDays(filters) ? filters.to : "",
    type: filters.type,
    user: filters.userId,
    agent: filters.agentId,
    call: filters.call,
    telephone: filters.telephoneId,
    queue: filters.queueId,
    number: filters.number,
    answered: filters.answered,
    disposition: filters.disposition,
    result: filters.result,
    outcomePath: filters.outcomePath,
    prefix: filters.prefix,
    without: filters.without.join(","),
    sort: filters.sort,
    groupBy: filters.groupBy,
    order: filters.order,
  };
  const unsaid: Record<string, string> = { period: NO_FILTERS.period, sort: NO_FILTERS.sort };
  return Object.fromEntries(Object.entries(named).filter(([name, value]) => value !== (unsaid[name] ?? "")));
}

/** First and last day of the period, both included. */
export function daysOf(filters: ReportFilters, now: string, zone: string, firstDay = 1): { from: string; to: string } {
  const today = dayOf(now, zone);
  switch (filters.period) {
    case "today":
      return { from: today, to: today };
    case "yesterday":
      return { from: addDays(today, -1), to: addDays(today, -1) };
    case "7days":
      return { from: addDays(today, -6), to: today };
    case "month":
      return { from: `${today.slice(0, 8)}01`, to: today };
    case "this-week":
    case "last-week":
    case "last-month":
      return daysOfPeriod(filters.period, now, { zone, firstDay });
    case "between":
      return {
        from: dayOf(filters.from, zone),
        to: dayOf(new Date(Date.parse(filters.to) - 1).toISOString(), zone),
      };
    case "custom":
      return { from: filters.from, to: filters.to };
  }
}

/** What the server is asked: instants instead of days, and nothing that is not filtered. */
export function requestOf(filters: ReportFilters, now: string, zone: string, firstDay = 1): Record<string, string> {
  const days = daysOf(filters, now, zone, firstDay);
  const between = filters.period === "between";
  const asked: Record<string, string> = {
    from: between ? filters.from : days.from === "" ? "" : startOfDay(days.from, zone),
    to: between ? filters.to : days.to === "" ? "" : startOfDay(addDays(days.to, 1), zone),
    type: filters.type,
    userId: filters.userId,
    agentId: filters.agentId,
    linkedId: filters.call,
    telephoneId: filters.telephoneId,
    queueId: filters.queueId,
    number: filters.number,
    answered: filters.answered === "" ? "" : String(filters.answered === "yes"),
    userDisposition: filters.disposition,
    disposition: filters.result,
    outcomePath: filters.outcomePath,
    prefix: filters.prefix,
    without: filters.without.join(","),
    sort: filters.sort,
  };
  return Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== ""));
}

/** What the server is asked for the groups of the same rows. */
export function groupRequestOf(filters: ReportFilters, request: Record<string, string>): Record<string, string> {
  const { sort: _, ...narrowed } = request;
  return { ...narrowed, groupBy: filters.groupBy, ...(filters.order === "" ? {} : { order: filters.order }) };
}

/** The rows behind a group: those of now, narrowed by what the server says of the group and of its column. */
export function behindGroup(filters: ReportFilters, narrow: Readonly<Record<string, string>>): ReportFilters {
  const rows = { ...addressOf({ ...filters, groupBy: "", order: "" }), ...reportCallWords(narrow) };
  const without = [...filters.without, narrow.without].join(",");
  return filtersFromAddress({ ...rows, without });
}

/** The same page without anything that narrows it: its time, order and groups stay. */
export function cleared({ period, from, to, sort, groupBy, order }: ReportFilters): ReportFilters {
  return { ...NO_FILTERS, period, from, to, sort, groupBy, order };
}

/** How many filters narrow the list, apart from its period. */
export function narrowing(filters: ReportFilters): number {
  const { period: _, from: __, to: ___, sort: ____, groupBy: _____, order: ______, ...narrow } = filters;
  return Object.values(narrow).filter((one) => one.length > 0).length;
}
