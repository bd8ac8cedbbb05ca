import type { ColumnKind } from "../../contract/views.ts";
import type { FigureColumn, Sums } from "./define-report.ts";

/** The columns that many reports have, each reckoned from sums. */

type More = Partial<Pick<FigureColumn, "about" | "hidden" | "opens">>;

/** How many. */
export const count = (
  key: string,
  title: string,
  sum: string | ((sums: Sums) => number),
  more: More = {},
): FigureColumn => ({
  ...{ key, title, kind: "count" as ColumnKind },
  value: typeof sum === "string" ? (sums) => sums[sum] ?? 0 : sum,
  ...more,
});

/** Seconds of a sum of milliseconds. */
export const seconds = (key: string, title: string, sum: string, more: More = {}): FigureColumn => ({
  ...{ key, title, kind: "seconds" as ColumnKind },
  value: (sums) => (sums[sum] ?? 0) / 1000,
  ...more,
});

/** Seconds of the longest, nothing where there is none. */
export const longest = (key: string, title: string, sum: string, more: More = {}): FigureColumn => ({
  ...{ key, title, kind: "seconds" as ColumnKind },
  value: (sums) => (sums[sum] === undefined ? null : sums[sum] / 1000),
  ...more,
});

/** Milliseconds of one sum for each of another, in seconds. */
export const average = (key: string, title: string, sum: string, of: string, more: More = {}): FigureColumn => ({
  ...{ key, title, kind: "seconds" as ColumnKind },
  value: (sums) => ratio(sums[sum], sums[of], 0.001),
  ...more,
});

/** One sum in a hundred of another. */
export const percent = (
  key: string,
  title: string,
  part: (sums: Sums) => number,
  whole: (sums: Sums) => number,
  more: More = {},
): FigureColumn => ({
  ...{ key, title, kind: "percent" as ColumnKind },
  value: (sums) => ratio(part(sums), whole(sums), 100),
  ...more,
});

/** A sum, 0 where there is none. */
export const sumOf = (name: string) => (sums: Sums) => sums[name] ?? 0;

function ratio(part = 0, whole = 0, times = 1): number | null {
  return whole === 0 ? null : (part / whole) * times;
}
