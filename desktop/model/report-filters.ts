import { addDays, dayOf, isDay, startOfDay } from "./house-days.ts";

/** What the Report Call page is asked for, and how it stands in the address and in the request. */

export const PERIODS = ["today", "yesterday", "7days", "month", "custom"] as const;
export type Period = (typeof PERIODS)[number];
export const CALL_TYPES = ["inbound", "outbound", "internal"] as const;
export const SORTS = ["startedAt", "-startedAt", "durationS", "-durationS", "billableS", "-billableS"] as const;
export type ReportSort = (typeof SORTS)[number];

export interface ReportFilters {
  period: Period;
  /** First and last day, both included; they count for the period `custom` alone. */
  from: string;
  to: string;
  type: "" | (typeof CALL_TYPES)[number];
  userId: string;
  telephoneId: string;
  queueId: string;
  number: string;
  answered: "" | "yes" | "no";
  disposition: string;
  sort: ReportSort;
}

export const NO_FILTERS: ReportFilters = {
  period: "today",
  from: "",
  to: "",
  type: "",
  userId: "",
  telephoneId: "",
  queueId: "",
  number: "",
  answered: "",
  disposition: "",
  sort: "-startedAt",
};

const oneOf = <T extends string>(values: readonly T[], value: unknown, otherwise: T): T =>
  values.find((one) => one === value) ?? otherwise;
const text = (value: unknown, shape: RegExp, maxLength: number): string => {
  const said = typeof value === "number" ? String(value) : value;
  return typeof said === "string" && said.length <= maxLength && shape.test(said) ? said : "";
};

/** The filters an address names. What cannot be read is left out, so that a mistyped address still shows a page. */
export function filtersFromAddress(search: Record<string, unknown>): ReportFilters {
  const from = typeof search.from === "string" && isDay(search.from) ? search.from : "";
  const to = typeof search.to === "string" && isDay(search.to) ? search.to : "";
  const period = oneOf(PERIODS, search.period, from !== "" || to !== "" ? "custom" : "today");
  return {
    period,
    from: period === "custom" ? from : "",
    to: period === "custom" ? to : "",
    type: oneOf(["", ...CALL_TYPES], search.type, ""),
    userId: text(search.user, /^[1-9][0-9]*$/, 16),
    telephoneId: text(search.telephone, /^[1-9][0-9]*$/, 16),
    queueId: text(search.queue, /^[1-9][0-9]*$/, 16),
    number: text(search.number, /^[+0-9*#A-Za-z_.-]+$/, 40),
    answered: oneOf(["", "yes", "no"], search.answered, ""),
    disposition: text(search.disposition, /\S/, 60),
    sort: oneOf(SORTS, search.sort, "-startedAt"),
  };
}

/** The address of some filters: only what differs from the empty ones, so that addresses stay short. */
export function addressOf(filters: ReportFilters): Record<string, string> {
  const named: Record<string, string> = {
    period: filters.period,
    from: filters.period === "custom" ? filters.from : "",
    to: filters.period === "custom" ? filters.to : "",
    type: filters.type,
    user: filters.userId,
    telephone: filters.telephoneId,
    queue: filters.queueId,
    number: filters.number,
    answered: filters.answered,
    disposition: filters.disposition,
    sort: filters.sort,
  };
  const unsaid: Record<string, string> = { period: NO_FILTERS.period, sort: NO_FILTERS.sort };
  return Object.fromEntries(Object.entries(named).filter(([name, value]) => value !== (unsaid[name] ?? "")));
}

/** First and last day of the period, both included. */
export function daysOf(filters: ReportFilters, now: string, zone: string): { from: string; to: string } {
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
    case "custom":
      return { from: filters.from, to: filters.to };
  }
}

/** What the server is asked: instants instead of days, and nothing that is not filtered. */
export function requestOf(filters: ReportFilters, now: string, zone: string): Record<string, string> {
  const days = daysOf(filters, now, zone);
  const asked: Record<string, string> = {
    from: days.from === "" ? "" : startOfDay(days.from, zone),
    to: days.to === "" ? "" : startOfDay(addDays(days.to, 1), zone),
    type: filters.type,
    userId: filters.userId,
    telephoneId: filters.telephoneId,
    queueId: filters.queueId,
    number: filters.number,
    answered: filters.answered === "" ? "" : String(filters.answered === "yes"),
    userDisposition: filters.disposition,
    sort: filters.sort,
  };
  return Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== ""));
}

/** How many filters narrow the list, apart from its period. */
export function narrowing(filters: ReportFilters): number {
  const { type, userId, telephoneId, queueId, number, answered, disposition } = filters;
  return [type, userId, telephoneId, queueId, number, answered, disposition].filter((one) => one !== "").length;
}
