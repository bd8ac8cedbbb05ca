import { sql } from "kysely";
import { defineReport } from "./define-report.ts";
import { count, percent, sumOf } from "./figures.ts";
import { BY_QUEUE, keysOf, TIME_GROUPINGS } from "./groupings.ts";
import { inboundCalls } from "./inbound-calls.ts";

const GROUPINGS = [...TIME_GROUPINGS, BY_QUEUE];

/** Whether one call was enough. */
export const firstCallReport = defineReport({
  name: "first-call",
  title: "First-call resolution",
  group: "callers",
  about:
    "How many callers did not have to call again. Withheld and internal numbers are left out: nobody can say whether they called again.",
  form: "figures",
  params: ["resolvedWithin", "queueId"],
  groupings: GROUPINGS,
  groupBy: ["day"],
  columns: [
    count("calls", "Calls", "calls", { about: "Calls from outside with a number, answered or not." }),
    count("answered", "Answered", "answered"),
    count("again", "Repeated", "again", { about: "Calls whose number had called within the chosen time before." }),
    percent("againShare", "Repeated %", sumOf("again"), sumOf("calls")),
    count("resolved", "Resolved", "resolved", {
      about: "Answered calls whose number did not call again within the chosen time.",
    }),
    count("unresolved", "Called again", "unresolved", {
      about: "Answered calls whose number called again within the chosen time.",
    }),
    count("undecided", "Too early to tell", "undecided", {
      about: "Answered calls whose number has not called again, and whose chosen time is not over.",
    }),
    percent(
      "share",
      "First-call resolution",
      sumOf("resolved"),
      (sums) => (sums.resolved ?? 0) + (sums.unresolved ?? 0),
      {
        about: "Resolved, of resolved and called again.",
      },
    ),
  ],
  charts: [
    {
      kind: "bars",
      title: "Resolved, called again, too early to tell",
      columns: ["resolved", "unresolved", "undecided"],
    },
  ],
  async facts(db, query) {
    const { from, to, now, queueIds } = query;
    const time = sql`${`${query.choice("resolvedWithin")} days`}::interval`;
    const keys = keysOf(query, GROUPINGS, sql`c.at`, { queue: sql`c.queue_id` });
    const days = Number(query.choice("resolvedWithin"));
    const { rows } = await sql<{ keys: (string | null)[] } & Record<string, number>>`
      with all_calls as (${inboundCalls({ from, to }, days)}),
      c as (
        select *, lead(at) over numbered <= at + ${time} as later, lag(at) over numbered >= at - ${time} as before
        from all_calls window numbered as (partition by number order by at, linked_id)
      )
      select ${keys} as keys, count(*)::bigint as calls, count(*) filter (where c.answered)::bigint as answered,
        count(*) filter (where c.before)::bigint as again,
        count(*) filter (where c.answered and c.later)::bigint as unresolved,
        count(*) filter (where c.answered and c.later is not true and c.at + ${time} <= ${now})::bigint as resolved,
        count(*) filter (where c.answered and c.later is not true and c.at + ${time} > ${now})::bigint as undecided
      from c where c.at >= ${from} and c.at < ${to}
        and ${queueIds === null ? sql`true` : sql`c.queue_id = any(${queueIds}::bigint[])`}
      group by 1`.execute(db);
    return { facts: rows.map(({ keys: of, ...sums }) => ({ keys: of, sums: sums as Record<string, number> })) };
  },
});
