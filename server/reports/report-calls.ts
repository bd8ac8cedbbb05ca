import type { Readable } from "node:stream";
import type { ReportCallRow, ReportCallTotals, Why } from "../../contract/views.ts";
import type { Database } from "../db/pool.ts";
import type { JournalLanguage } from "../journal.ts";
import { Refusal } from "../refusal.ts";
import { findReportCall, listReportCalls } from "./report-call.ts";
import { exportReportCalls } from "./report-call-export.ts";
import { reportCallXlsx } from "./report-call-file.ts";
import { totalReportCalls } from "./report-call-totals.ts";
import { reportCsv } from "./report-csv.ts";
import {
  LONGEST_ADDED_MS,
  LONGEST_REPORT_PAGE,
  type ReportFilter,
  type ReportQuery,
  readReportQuery,
} from "./report-filter.ts";
import { whySentences } from "./report-why.ts";
import { readWhyFacts } from "./report-why-store.ts";

/** Report Call, as the edge asks for it. */
export interface ReportCalls {
  list(query: ReportQuery): Promise<{ rows: ReportCallRow[]; next: string | null } | Refusal>;
  /** All rows of the filter as a file; pages and cursors do not count here. No zone is the house's. */
  csv(query: ReportQuery, timeZone?: string): Readable | Refusal;
  /** The same rows as a spreadsheet. */
  xlsx(query: ReportQuery, timeZone?: string): Readable | Refusal;
  /** What all rows of the filter come to. Refused for more than a quarter of a year: that is what reports are for. */
  totals(query: ReportQuery): Promise<ReportCallTotals | Refusal>;
  why(id: string): Promise<Why | Refusal>;
}

export function createReportCalls(deps: {
  db: Database;
  language: JournalLanguage;
  settings: { current(): { timeZone: string } };
}): ReportCalls {
  const { db } = deps;

  const pages = async function* (filter: ReportFilter): AsyncGenerator<ReportCallRow[]> {
    for (let after: ReportFilter["after"] | undefined = null; after !== undefined; ) {
      const { rows, next } = await listReportCalls(db, { ...filter, limit: LONGEST_REPORT_PAGE, after });
      yield rows;
      const read = next === null ? null : readReportQuery({ cursor: next, sort: filter.sort });
      after = read === null || read instanceof Refusal ? undefined : read.after;
    }
  };

  const file = (
    query: ReportQuery,
    timeZone: string | undefined,
    write: (filter: ReportFilter, zone: string) => Readable,
  ): Readable | Refusal => {
    const { cursor: _cursor, limit: _limit, ...narrowing } = query;
    const filter = readReportQuery(narrowing);
    if (filter instanceof Refusal) return filter;
    try {
      return write(filter, timeZone ?? deps.settings.current().timeZone);
    } catch (error) {
      // Intl knows which zones there are.
      if (error instanceof RangeError) return new Refusal("request.invalid", `"${timeZone}" is no time zone.`);
      throw error;
    }
  };

  return {
    async list(query) {
      const filter = readReportQuery(query);
      return filter instanceof Refusal ? filter : listReportCalls(db, filter);
    },
    csv: (query, timeZone) => file(query, timeZone, (filter, zone) => reportCsv(exportReportCalls(db, filter), zone)),
    xlsx: (query, timeZone) => file(query, timeZone, (filter, zone) => reportCallXlsx(pages(filter), zone).stream),
    async totals(query) {
      const { cursor: _cursor, limit: _limit, ...narrowing } = query;
      const filter = readReportQuery(narrowing);
      if (filter instanceof Refusal) return filter;
      const { from, to } = filter;
      if (from === null || to === null || to.getTime() - from.getTime() > LONGEST_ADDED_MS) {
        return new Refusal(
          "request.invalid",
          "Rows are added up for 93 days at most; the report Calls does it for more.",
          {
            field: "from",
          },
        );
      }
      return totalReportCalls(db, filter);
    },
    async why(id) {
      const row = await findReportCall(db, id);
      if (row === null) return new Refusal("call.unknown", "There is no such row in Report Call.");
      const facts = await readWhyFacts(db, row, deps.language);
      const { ownerName: _owner, disposedByName: _by, ...why } = facts;
      return { ...why, sentences: whySentences(facts, deps.settings.current().timeZone) };
    },
  };
}
