import type { Cells, ReportAnswer } from "../../contract/views.ts";
import type { Clock } from "../clock.ts";
import type { Database } from "../db/pool.ts";
import { Refusal } from "../refusal.ts";
import { readCallGroups } from "./call-groups.ts";
import { callGroupsReport } from "./call-groups-report.ts";
import { workOut } from "./report-figures.ts";
import { type FileFormat, type ReportFile, reportFile } from "./report-file.ts";
import { type ReportQuery, readReportQuery } from "./report-filter.ts";

/** By what the rows of a filter are grouped; `order` is a column's key, with a minus the other way round. */
interface Grouped {
  groupBy: string;
  order?: string | undefined;
}

/** Report Call in groups, with what they come to. Reads the database only. */
export interface CallGroups {
  answer(query: ReportQuery, by: Grouped): Promise<ReportAnswer | Refusal>;
  file(query: ReportQuery, by: Grouped, format: FileFormat): Promise<ReportFile | Refusal>;
}

export function createCallGroups(deps: {
  db: Database;
  clock: Clock;
  settings: { current(): { timeZone: string; firstDayOfWeek: number } };
}): CallGroups {
  const { db, clock, settings } = deps;

  const found = async ({ cursor: _cursor, limit: _limit, sort: _sort, ...query }: ReportQuery, by: Grouped) => {
    const filter = readReportQuery(query);
    if (filter instanceof Refusal) return filter;
    const grouped = readCallGroups(filter, by.groupBy, { now: clock.now(), ...settings.current() });
    if (grouped instanceof Refusal) return grouped;
    return { ...(await workOut(db, callGroupsReport(grouped), grouped.query, by.order)), query: grouped.query };
  };

  return {
    async answer(query, by) {
      const one = await found(query, by);
      if (one instanceof Refusal) return one;
      const { columns, rows, totals } = one;
      const head = { from: one.query.from.toISOString(), to: one.query.to.toISOString(), timeZone: one.query.zone };
      return { ...head, columns, rows, totals, distribution: null, cut: false, next: null };
    },
    async file(query, by, format) {
      const one = await found(query, by);
      if (one instanceof Refusal) return one;
      const { columns, rows, totals } = one;
      const content = { title: "Report Call", zone: one.query.zone, columns, rows: cellsOf(rows), totals };
      return reportFile(content, format, `report-call-by-${by.groupBy}`);
    },
  };
}

async function* cellsOf(rows: readonly { cells: Cells }[]): AsyncGenerator<Cells> {
  for (const { cells } of rows) yield cells;
}
