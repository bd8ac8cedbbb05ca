import { sql } from "kysely";
import type { ReportCallTotals } from "../../contract/views.ts";
import type { Db } from "../db/pool.ts";
import { conditions } from "./report-call.ts";
import type { ReportFilter } from "./report-filter.ts";

/** What all rows of a filter come to; pages do not count. */
export async function totalReportCalls(db: Db, filter: ReportFilter): Promise<ReportCallTotals> {
  const where = await conditions(db, { ...filter, after: null });
  const { rows } = await sql<Record<keyof ReportCallTotals, number>>`
    select count(*)::bigint as rows, count(r.answered_at)::bigint as answered,
      coalesce(sum(r.duration_ms), 0)::bigint as "durationS", coalesce(sum(r.billable_ms), 0)::bigint as "billableS",
      coalesce(sum(r.hold_ms), 0)::bigint as "holdS"
    from report_calls as r where ${sql.join(where, sql` and `)}`.execute(db);
  const { rows: count = 0, answered = 0, durationS = 0, billableS = 0, holdS = 0 } = rows[0] ?? {};
  return { rows: count, answered, durationS: durationS / 1000, billableS: billableS / 1000, holdS: holdS / 1000 };
}
