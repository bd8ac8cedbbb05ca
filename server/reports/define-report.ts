import type { HouseCalendar, TimeUnit } from "../../contract/report-period.ts";
import type { Cells, ColumnKind, ReportChart, ReportDescription, ReportParam } from "../../contract/views.ts";
import type { Db } from "../db/pool.ts";
import type { ParamName } from "./report-params.ts";

/** What a report is asked for, read and checked. Null does not narrow. */
export interface ReportQuery extends HouseCalendar {
  from: Date;
  to: Date;
  /** What is still going on is counted until then. */
  now: Date;
  /** By which groupings its rows are made; figures alone. */
  groupBy: readonly string[];
  queueIds: readonly number[] | null;
  agentId: number | null;
  telephoneId: number | null;
  /** Part of a telephone number. */
  number: string | null;
  /** One of a param's choices, or its `otherwise`. */
  choice(param: ParamName): string;
}

/** Numbers that are added up, or of which the largest counts. */
export type Sums = Readonly<Record<string, number>>;

/** What a stretch of rows comes to: the keys of the groupings asked for, in their order, and the sums. Null: belongs to none. */
export interface Fact {
  keys: readonly (string | null)[];
  sums: Sums;
}

interface ColumnWords {
  key: string;
  title: string;
  kind: ColumnKind;
  /** What the figure means, exactly. Left out where the title says it. */
  about?: string;
  hidden?: boolean;
}

/** Reckoned from sums, so that a percentage of a total is never a sum of percentages. Null: there is nothing to tell. */
export interface FigureColumn extends ColumnWords {
  value(sums: Sums, query: ReportQuery): number | null;
  /** The rows behind the number. */
  opens?: { report: string; narrow: Readonly<Record<string, string>> };
}

/** By what figures can be told apart: a cut of time, or something that has a name. */
export interface Grouping {
  key: string;
  title: string;
  kind: ColumnKind;
  /** For cuts of time. */
  unit?: TimeUnit;
  /** The names of keys; those without one stand as they are. */
  names?(db: Db, keys: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** What a row without a key is called. */
  none?: string;
  /** How a report behind a row is narrowed to it. */
  narrow?(key: string): Record<string, string>;
  /** How it is narrowed to what belongs to none; left out where no filter says that. */
  narrowNone?: Record<string, string>;
}

export interface Distribution {
  boundsS: readonly number[];
  series: { title: string; counts: number[] }[];
}

interface ReportWords {
  name: string;
  title: string;
  group: ReportDescription["group"];
  about: string;
  params: readonly ParamName[];
  /** What an agent may see of it: his own rows, those of his queues; nothing where it is not said. */
  forAgents?: "own" | "queues";
}

/** A report of figures: it answers sums, everything else follows from them. */
export interface FigureReport extends ReportWords {
  form: "figures";
  groupings: readonly Grouping[];
  /** What its rows are made of where nothing is said. */
  groupBy: readonly string[];
  /** In which order its rows stand where nothing is said: a column's key, with a minus the other way round; else by what they are made of. */
  sort?: string;
  /** Sums of which the largest counts and not the sum. */
  largest?: readonly string[];
  columns: readonly FigureColumn[];
  charts?: readonly ReportChart[];
  facts(
    db: Db,
    query: ReportQuery,
  ): Promise<{
    facts: Fact[];
    /** Columns that only the data know. */
    more?: FigureColumn[];
    /** What all of them come to, where that is not the sum of the facts. */
    whole?: Sums;
    distribution?: Distribution;
  }>;
}

export interface ListRow {
  cells: Cells;
  /** By what the rows behind it are narrowed. */
  narrow?: Record<string, string>;
}

/** A place in a list: the last row's instant and id. */
export interface ListPlace {
  at: Date;
  id: string;
}

/** A report of rows as they are, newest first, page after page. */
export interface ListReport extends ReportWords {
  form: "list";
  columns: readonly (ColumnWords & { opens?: FigureColumn["opens"] })[];
  /** Rows after a place, at most `limit`; `places` has one for each. */
  page(
    db: Db,
    query: ReportQuery,
    after: ListPlace | null,
    limit: number,
  ): Promise<{ rows: ListRow[]; places: ListPlace[] }>;
}

export type Report = FigureReport | ListReport;

/** One report: its words, its SQL, its columns. Throws where it contradicts itself, so that no such thing starts. */
export function defineReport<R extends Report>(report: R): R {
  const keys = report.columns.map(({ key }) => key);
  if (new Set(keys).size < keys.length) throw new Error(`the report ${report.name} has a column twice`);
  if (report.form === "figures") {
    const known = new Set(report.groupings.map(({ key }) => key));
    if (!report.groupBy.every((key) => known.has(key))) {
      throw new Error(`the report ${report.name} is grouped by what it does not know`);
    }
  }
  return report;
}

/** A report in words, for those who draw it. */
export function describeReport(report: Report, params: (name: ParamName) => ReportParam): ReportDescription {
  const { name, title, group, about, form, columns } = report;
  const figures = report.form === "figures" ? report : null;
  return {
    ...{ name, title, group, about, form },
    groupings: (figures?.groupings ?? []).map((one) => ({ key: one.key, title: one.title })),
    groupBy: [...(figures?.groupBy ?? [])],
    params: report.params.map(params),
    columns: columns.map(columnView),
    charts: [...(figures?.charts ?? [])],
  };
}

/** A column in words. */
export function columnView(
  column: ColumnWords & { opens?: FigureColumn["opens"] },
): ReportDescription["columns"][number] {
  const { key, title, kind, about = "", hidden = false, opens } = column;
  return {
    key,
    title,
    kind,
    about,
    hidden,
    opens: opens === undefined ? null : { ...opens, narrow: { ...opens.narrow } },
  };
}
