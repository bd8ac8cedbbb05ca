import { partsOfTime } from "../../contract/report-period.ts";
import type { Cells, ReportAnswer, ReportColumn } from "../../contract/views.ts";
import type { Db } from "../db/pool.ts";
import {
  columnView,
  type Distribution,
  type Fact,
  type FigureReport,
  type Grouping,
  type ReportQuery,
} from "./define-report.ts";
import { addSums, emptyParts, mergedFacts } from "./groupings.ts";

/** A report of figures, worked out: all its rows, in order. */
export interface WorkedOut {
  columns: ReportColumn[];
  rows: ReportAnswer["rows"];
  totals: Cells;
  distribution: Distribution | null;
}

/** Asks a report for its facts and makes rows of them. `sort` is a column's key, with a minus the other way round. */
export async function workOut(
  db: Db,
  report: FigureReport,
  query: ReportQuery,
  sort = report.sort,
): Promise<WorkedOut> {
  const { largest = [] } = report;
  const { facts, more = [], whole, distribution = null } = await report.facts(db, query);
  const groupings = query.groupBy.flatMap((key) => report.groupings.find((one) => one.key === key) ?? []);
  const columns = [...report.columns, ...more];
  const all = mergedFacts([emptyParts(query, report.groupings), facts], largest);
  const names = await namesOf(db, groupings, all);
  const places = timePlaces(query, groupings);
  const cellsOf = (sums: Fact["sums"]): Cells =>
    Object.fromEntries(columns.map((column) => [column.key, column.value(sums, query)]));

  const rows = all.map((fact) => ({
    key: fact.keys.join(" "),
    cells: { ...groupCells(groupings, fact, names), ...cellsOf(fact.sums) },
    narrow: narrowOf(groupings, fact, places),
    keys: fact.keys,
  }));
  rows.sort((a, b) => byKeys(groupings, a, b));
  const added: Record<string, number> = {};
  for (const { sums } of all) addSums(added, sums, largest);
  const views = [...groupings.map((one) => columnView(one)), ...columns.map(columnView)];
  const ordered = sort === undefined ? rows : sorted(rows, sort);
  return {
    columns: views,
    rows: ordered.map(({ keys: _, ...row }) => row),
    totals: cellsOf(whole ?? added),
    distribution,
  };
}

type Names = ReadonlyMap<string, ReadonlyMap<string, string>>;

async function namesOf(db: Db, groupings: readonly Grouping[], facts: readonly Fact[]): Promise<Names> {
  const all = await Promise.all(
    groupings.map(async (grouping, at) => {
      const keys = new Set(facts.flatMap(({ keys }) => keys[at] ?? []));
      return [grouping.key, (await grouping.names?.(db, [...keys])) ?? new Map<string, string>()] as const;
    }),
  );
  return new Map(all);
}

function groupCells(groupings: readonly Grouping[], fact: Fact, names: Names): Cells {
  return Object.fromEntries(
    groupings.map(({ key, none = "" }, at) => {
      const value = fact.keys[at] ?? null;
      return [key, value === null ? none : (names.get(key)?.get(value) ?? value)];
    }),
  );
}

/** Where each cut of time lies that follows others; those that come back lie nowhere. */
function timePlaces(query: ReportQuery, groupings: readonly Grouping[]): Map<string, { from: number; to: number }> {
  const unit = groupings.find(
    (one) => one.unit !== undefined && one.unit !== "weekday" && one.unit !== "hour-of-day",
  )?.unit;
  if (unit === undefined) return new Map();
  const range = { from: query.from.getTime(), to: query.to.getTime() };
  return new Map(partsOfTime(range, unit, query).map(({ key, ...place }) => [key, place]));
}

function narrowOf(
  groupings: readonly Grouping[],
  fact: Fact,
  places: ReadonlyMap<string, { from: number; to: number }>,
): Record<string, string> | null {
  const narrow: Record<string, string> = {};
  for (const [at, grouping] of groupings.entries()) {
    const key = fact.keys[at] ?? null;
    const place = grouping.unit === undefined || key === null ? undefined : places.get(key);
    const part =
      place !== undefined
        ? { from: new Date(place.from).toISOString(), to: new Date(place.to).toISOString() }
        : key === null
          ? grouping.narrowNone
          : grouping.narrow?.(key);
    if (part === undefined) return null;
    Object.assign(narrow, part);
  }
  return narrow;
}

type Row = { cells: Cells; keys: Fact["keys"] };

/** Times in their order, names in the alphabet's, what belongs to none last. */
function byKeys(groupings: readonly Grouping[], a: Row, b: Row): number {
  for (const [at, grouping] of groupings.entries()) {
    const [one, other] = [a.keys[at] ?? null, b.keys[at] ?? null];
    if (one === other) continue;
    if (one === null || other === null) return one === null ? 1 : -1;
    if (grouping.unit !== undefined) return one < other ? -1 : 1;
    const order = String(a.cells[grouping.key]).localeCompare(String(b.cells[grouping.key]), "en", { numeric: true });
    if (order !== 0) return order;
  }
  return 0;
}

/** By a column; what has nothing there comes last in either direction. */
function sorted<R extends { cells: Cells }>(rows: readonly R[], sort: string): R[] {
  const key = sort.replace(/^-/, "");
  const sign = sort.startsWith("-") ? -1 : 1;
  return rows.toSorted((a, b) => {
    const [one, other] = [a.cells[key] ?? null, b.cells[key] ?? null];
    if (one === null || other === null) return one === other ? 0 : one === null ? 1 : -1;
    if (typeof one === "number" && typeof other === "number") return sign * (one - other);
    return sign * String(one).localeCompare(String(other), "en", { numeric: true });
  });
}
