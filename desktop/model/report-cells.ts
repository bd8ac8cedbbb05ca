import type { ColumnKind } from "../../contract/views.ts";
import { hoursText } from "./elapsed.ts";
import type { HouseTime } from "./house-time.ts";

/** Cells of reports as people read them. */

export const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] as const;

/** `1st`, `2nd`, `23rd`. */
export function ordinal(day: number): string {
  const teen = day % 100 > 10 && day % 100 < 14;
  return `${day}${(teen ? undefined : ["th", "st", "nd", "rd"][day % 10]) ?? "th"}`;
}

export type Cell = string | number | null;

/** Kinds whose values are compared by size: they stand right. */
export function isNumeric(kind: ColumnKind): boolean {
  return !LEFT.has(kind);
}

const LEFT: ReadonlySet<ColumnKind> = new Set(["text", "hour", "day", "week", "month", "weekday", "hour-of-day"]);

/** A cell in the house's words. Nothing is a dash, so that it is not taken for a missing answer. */
export function cellText(cell: Cell, kind: ColumnKind, time: HouseTime): string {
  if (cell === null) return "–";
  if (typeof cell === "number") return numberText(cell, kind);
  switch (kind) {
    case "instant":
      return time.exactly(cell);
    case "hour":
      return `${dayText(cell, time.zone)} ${part(cell, { hour: "2-digit", minute: "2-digit" }, time.zone)}`;
    case "day":
      return dayText(`${cell}T12:00:00Z`, "UTC");
    case "week":
      return `from ${dayText(`${cell}T12:00:00Z`, "UTC")}`;
    case "month":
      return part(`${cell}-15T12:00:00Z`, { month: "long", year: "numeric" }, "UTC");
    case "weekday":
      return WEEKDAYS[Number(cell) - 1] ?? cell;
    case "hour-of-day":
      return `${cell}:00`;
    default:
      return cell;
  }
}

/** A number in its unit: counts with their thousands, lengths as `0:02:17`, percentages with one place. */
export function numberText(value: number, kind: ColumnKind): string {
  if (kind === "seconds") return hoursText(value);
  if (kind === "percent")
    return `${value.toLocaleString("en", { maximumFractionDigits: 1, minimumFractionDigits: 1 })} %`;
  return value.toLocaleString("en", { maximumFractionDigits: kind === "decimal" ? 1 : 0 });
}

/** So much takes what stands in them: a number with its country, an instant of another day, a month's hours of talk. */
const LEAST_PX: Partial<Record<ColumnKind, number>> = {
  text: 130,
  number: 144,
  instant: 144,
  seconds: 92,
  hour: 116,
  day: 100,
  week: 124,
  month: 126,
  weekday: 112,
};

/** How wide a column of a kind is, in pixels. */
export function widthOf(kind: ColumnKind, title: string): number {
  const words = title.length * 7 + 26;
  return Math.max(LEAST_PX[kind] ?? 76, words);
}

const dayText = (instant: string, zone: string) =>
  part(instant, { weekday: "short", day: "numeric", month: "short" }, zone);

const formats = new Map<string, Intl.DateTimeFormat>();

function part(instant: string, options: Intl.DateTimeFormatOptions, zone: string): string {
  const key = `${zone}${JSON.stringify(options)}`;
  let format = formats.get(key);
  if (format === undefined) {
    format = new Intl.DateTimeFormat("en-GB", { ...options, hourCycle: "h23", timeZone: zone });
    formats.set(key, format);
  }
  return format.format(new Date(instant));
}
