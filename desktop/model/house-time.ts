import { dayOf, startOfDay } from "./house-days.ts";

/** Instants in the house's words: in its time zone, with the date where that is not today there. */
export interface HouseTime {
  readonly zone: string;
  /** What it counts as now, in milliseconds: enough for today and this year, not for clocks that run. */
  readonly now: number;
  /** When the house's today began, as ISO 8601 in UTC. */
  readonly today: string;
  /** An instant as people say it: the time today, with the date on other days, with the year in other years. */
  when(instant: string): string;
  /** The same with seconds: for what is compared with other records. */
  exactly(instant: string): string;
}

/** The one way the desktop says when something was. `now` in milliseconds, `zone` a name of the IANA database. */
export function houseTime(now: number, zone: string): HouseTime {
  const when = (instant: string) => whenText(instant, now, zone);
  return {
    zone,
    now,
    today: startOfDay(dayOf(new Date(now).toISOString(), zone), zone),
    when,
    exactly: (instant) => `${when(instant)}:${String(new Date(instant).getUTCSeconds()).padStart(2, "0")}`,
  };
}

function whenText(instant: string, now: number, zone: string): string {
  const at = new Date(instant);
  const days = (date: Date | number) => part(date, { year: "numeric", month: "2-digit", day: "2-digit" }, zone);
  const time = part(at, { hour: "2-digit", minute: "2-digit" }, zone);
  if (days(at) === days(now)) return time;
  const sameYear = part(at, { year: "numeric" }, zone) === part(now, { year: "numeric" }, zone);
  return `${part(at, { day: "numeric", month: "short", ...(sameYear ? {} : { year: "numeric" }) }, zone)} ${time}`;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making a format costs far more than using it, and tables use it thousands of times. */
function part(date: Date | number, options: Intl.DateTimeFormatOptions, zone: string): string {
  const key = `${zone}${JSON.stringify(options)}`;
  const known = formats.get(key);
  const format = known ?? new Intl.DateTimeFormat("en-GB", { ...options, hourCycle: "h23", timeZone: zone });
  if (known === undefined) formats.set(key, format);
  return format.format(date);
}
