import type { Cells, ReportAnswer, ReportAsked, ReportDescription } from "../../contract/views.ts";
import type { Clock } from "../clock.ts";
import type { Database } from "../db/pool.ts";
import { Refusal } from "../refusal.ts";
import type { Actor } from "../staff/permission.ts";
import { REPORTS } from "./all-reports.ts";
import { columnView, describeReport, type ListReport, type Report, type ReportQuery } from "./define-report.ts";
import { queuesOfAgent } from "./queues-of-agent.ts";
import { workOut } from "./report-figures.ts";
import { type FileFormat, type ReportFile, reportFile } from "./report-file.ts";
import { paramView } from "./report-params.ts";
import { placeCursor, readPlace, readReportAsked } from "./report-query.ts";

/** The reports, as the edge and the deliveries ask for them. */
export interface Reports {
  known(report: string): boolean;
  /** What there is for somebody. */
  list(actor: Actor): ReportDescription[];
  answer(actor: Actor, name: string, asked: ReportAsked): Promise<ReportAnswer | Refusal>;
  /** All of it as a file; pages do not count. */
  file(actor: Actor, name: string, format: FileFormat, asked: ReportAsked): Promise<ReportFile | Refusal>;
}

/** More rows than a screen shows; the file has all. */
const MOST_ROWS = 10_000;
const USUAL_PAGE = 200;
const LONGEST_PAGE = 500;

const seen = (report: Report, actor: Actor) => actor.role !== "agent" || report.forAgents !== undefined;

/** Reads the database only. */
export function createReports(deps: {
  db: Database;
  clock: Clock;
  settings: { current(): { timeZone: string; firstDayOfWeek: number } };
}): Reports {
  const { db, clock, settings } = deps;

  const found = async (actor: Actor, name: string, asked: ReportAsked) => {
    const report = REPORTS.find((one) => one.name === name);
    if (report === undefined) return new Refusal("not-found", `There is no report "${name}".`);
    const agent =
      actor.role === "agent" ? { id: actor.staffId, queueIds: await queuesOfAgent(db, actor.staffId) } : null;
    const query = readReportAsked(report, asked, { now: clock.now(), ...settings.current(), agent });
    return query instanceof Refusal ? query : { report, query };
  };

  return {
    known: (report) => REPORTS.some(({ name }) => name === report),
    list: (actor) => REPORTS.filter((report) => seen(report, actor)).map((report) => describeReport(report, paramView)),
    async answer(actor, name, asked) {
      const one = await found(actor, name, asked);
      if (one instanceof Refusal) return one;
      const { report, query } = one;
      const head = { from: query.from.toISOString(), to: query.to.toISOString(), timeZone: query.zone };
      if (report.form === "figures") {
        const { columns, rows, totals, distribution } = await workOut(db, report, query, asked.sort);
        const shown = distribution === null ? null : { ...distribution, boundsS: [...distribution.boundsS] };
        return {
          ...{ ...head, columns, totals, distribution: shown, next: null },
          rows: rows.slice(0, MOST_ROWS),
          cut: rows.length > MOST_ROWS,
        };
      }
      const after = readPlace(asked.cursor);
      if (after instanceof Refusal) return after;
      const limit = Math.min(Math.max(Math.trunc(Number(asked.limit)) || USUAL_PAGE, 1), LONGEST_PAGE);
      const { rows, places } = await report.page(db, query, after, limit + 1);
      const last = places[limit - 1];
      return {
        ...{ ...head, columns: report.columns.map(columnView), totals: null, distribution: null, cut: false },
        rows: rows.slice(0, limit).map(({ cells, narrow }, at) => ({
          key: places[at]?.id ?? String(at),
          cells,
          narrow: narrow ?? null,
        })),
        next: rows.length > limit && last !== undefined ? placeCursor(last) : null,
      };
    },
    async file(actor, name, format, asked) {
      const one = await found(actor, name, asked);
      if (one instanceof Refusal) return one;
      const { report, query } = one;
      const base = { title: report.title, zone: query.zone };
      if (report.form === "list") {
        const columns = report.columns.map(columnView);
        return reportFile({ ...base, columns, rows: allRows(db, report, query), totals: null }, format, report.name);
      }
      const { columns, rows, totals } = await workOut(db, report, query, asked.sort);
      return reportFile({ ...base, columns, rows: cellsOf(rows), totals }, format, report.name);
    },
  };
}

async function* cellsOf(rows: readonly { cells: Cells }[]): AsyncGenerator<Cells> {
  for (const { cells } of rows) yield cells;
}

async function* allRows(db: Database, report: ListReport, query: ReportQuery): AsyncGenerator<Cells> {
  let after = null;
  for (;;) {
    const { rows, places } = await report.page(db, query, after, LONGEST_PAGE);
    yield* cellsOf(rows);
    const last = places.at(-1);
    if (rows.length < LONGEST_PAGE || last === undefined) return;
    after = last;
  }
}
