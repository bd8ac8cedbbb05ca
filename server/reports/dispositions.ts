import { sql } from "kysely";
import { defineReport, type FigureColumn } from "./define-report.ts";
import { average, count, seconds } from "./figures.ts";
import { BY_AGENT, BY_QUEUE, byText, keysOf, TIME_GROUPINGS } from "./groupings.ts";
import { madeWithin } from "./made-within.ts";
import { OUTCOME_STEP } from "./report-filter.ts";

const GROUPINGS = [
  byText("disposition", "Disposition", "Not disposed", {
    // A row of fewer levels stands for all below it, and Report Call looks for an outcome on any level.
    narrow: (path) => ({ disposition: path.split(OUTCOME_STEP).at(-1) ?? "" }),
  }),
  BY_QUEUE,
  BY_AGENT,
  ...TIME_GROUPINGS,
];

/** What share of all answered calls a row is: of what is in the report, so it cannot be told from the row alone. */
const share = (all: number): FigureColumn => ({
  key: "share",
  title: "Share",
  kind: "percent",
  about: "Of all answered calls in this report.",
  value: (sums) => (all === 0 ? null : ((sums.calls ?? 0) / all) * 100),
});

/** What agents made of the calls. */
export const dispositionsReport = defineReport({
  name: "dispositions",
  title: "Dispositions",
  group: "calls",
  about: "How the answered calls were disposed, by one, two or all three levels of the tree.",
  form: "figures",
  params: ["levels", "queueId", "agentId", "type"],
  groupings: GROUPINGS,
  groupBy: ["disposition"],
  columns: [
    count("calls", "Calls", "calls", {
      about: "Rows of Report Call that were answered.",
      opens: { report: "report-call", narrow: { answered: "yes" } },
    }),
    count("disposed", "Disposed", "disposed", { hidden: true, about: "Those for which an outcome was chosen." }),
    seconds("talk", "Talk", "talkMs"),
    average("talkEach", "Talk each", "talkMs", "calls"),
  ],
  charts: [{ kind: "bars", title: "Calls", columns: ["calls"] }],
  async facts(db, query) {
    const { from, to, queueIds, agentId } = query;
    const levels = Number(query.choice("levels"));
    const type = query.choice("type");
    const agent = sql`case when u.kind = 'agent' then r.user_id else r.seated_agent_id end`;
    const keys = keysOf(query, GROUPINGS, sql`r.started_at`, {
      disposition: sql`array_to_string(r.chosen[1:${sql.lit(levels)}], ${sql.lit(OUTCOME_STEP)})`,
      queue: sql`r.queue_id`,
      agent,
    });
    const { rows } = await sql<{ keys: (string | null)[]; calls: number; disposed: number; talkMs: number }>`
      select ${keys} as keys, count(*)::bigint as calls, count(r.chosen)::bigint as disposed,
        coalesce(sum(r.billable_ms), 0)::bigint as "talkMs"
      from report_calls as r left join staff as u on u.id = r.user_id
      where r.started_at >= ${from} and r.started_at < ${to} and ${madeWithin("r", query)} and r.answered_at is not null
        and ${queueIds === null ? sql`true` : sql`r.queue_id = any(${queueIds}::bigint[])`}
        and ${agentId === null ? sql`true` : sql`${agent} = ${agentId}`}
        and ${type === "" ? sql`true` : sql`r.type = ${type}`}
      group by 1`.execute(db);
    const all = rows.reduce((sum, row) => sum + row.calls, 0);
    return { facts: rows.map(({ keys: of, ...sums }) => ({ keys: of, sums })), more: [share(all)] };
  },
});
