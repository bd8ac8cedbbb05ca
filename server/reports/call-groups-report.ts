import { sql } from "kysely";
import type { Db } from "../db/pool.ts";
import { callColumns, callFacts } from "./call-figures.ts";
import { CALL_GROUPINGS, type GroupedCalls } from "./call-groups.ts";
import { defineReport, type Fact, type FigureColumn, type FigureReport } from "./define-report.ts";
import { keysOf } from "./groupings.ts";
import { conditions, WHAT_ROWS_HAVE } from "./report-call.ts";

/** Which part of all rows a group is; it cannot be told from the group alone. */
const share = (all: number): FigureColumn => ({
  key: "share",
  title: "Share",
  kind: "percent",
  about: "Of all rows in this time and filter.",
  value: (sums) => (all === 0 ? null : ((sums.rows ?? 0) / all) * 100),
});

/** The rows of Report Call in groups: the figures of *Calls*, of a filter of rows. */
export function callGroupsReport(grouped: GroupedCalls): FigureReport {
  return defineReport({
    name: "report-call",
    title: "Report Call",
    group: "calls",
    about: "",
    form: "figures",
    params: [],
    groupings: CALL_GROUPINGS,
    groupBy: grouped.query.groupBy,
    columns: callColumns("in this time and filter"),
    async facts(db) {
      const facts = grouped.fromSums
        ? await callFacts(db, grouped.query, CALL_GROUPINGS)
        : await factsOfRows(db, grouped);
      const all = facts.reduce((sum, { sums }) => sum + (sums.rows ?? 0), 0);
      return { facts, more: [share(all)] };
    },
  });
}

/** The same sums as are kept by quarters of an hour (`keep_report_slots`), of rows that those do not tell apart. */
async function factsOfRows(db: Db, { filter, query }: GroupedCalls): Promise<Fact[]> {
  const keys = keysOf(query, CALL_GROUPINGS, sql`r.started_at`, {
    ...WHAT_ROWS_HAVE,
    type: sql`r.type`,
    result: sql`r.disposition`,
  });
  const where = await conditions(db, { ...filter, after: null });
  const { rows } = await sql<{ keys: (string | null)[] } & Record<string, number>>`
    select ${keys} as keys, count(*)::bigint as rows, count(r.answered_at)::bigint as answered,
      coalesce(sum(ms_between(r.rang_at, coalesce(r.answered_at, r.ended_at))), 0)::bigint as "ringMs",
      coalesce(sum(r.billable_ms), 0)::bigint as "talkMs", coalesce(sum(r.hold_ms), 0)::bigint as "holdMs",
      count(r.disposed_agent_id)::bigint as disposed
    from report_calls as r where ${sql.join(where, sql` and `)} group by 1`.execute(db);
  return rows.map(({ keys: of, ...sums }) => ({ keys: of, sums }));
}
