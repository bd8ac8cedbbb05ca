import { type RawBuilder, sql } from "kysely";
import { madeWithin } from "./made-within.ts";
import { SAME_NUMBER } from "./same-number.ts";

const DAY_MS = 86_400_000;

/**
 * Calls from outside with a number, each once, from so many days before a time to so many after it: `linked_id`,
 * `number`, `at`, `answered`, `talk`, and the first queue it was in.
 */
export function inboundCalls(range: { from: Date; to: Date }, days: number): RawBuilder<unknown> {
  const from = new Date(range.from.getTime() - days * DAY_MS);
  const to = new Date(range.to.getTime() + days * DAY_MS);
  return sql`
    select r.linked_id, tail_of_number(min(r.source)) as number, min(r.source) as written, min(r.started_at) as at,
      bool_or(r.answered_at is not null) as answered, coalesce(sum(r.billable_ms), 0) as talk,
      (array_agg(r.queue_id order by r.started_at, r.id) filter (where r.queue_id is not null))[1] as queue_id
    from report_calls as r
    where r.type = 'inbound' and r.started_at >= ${from} and r.started_at < ${to} and ${madeWithin("r", { from, to })}
      and ${SAME_NUMBER(sql`r.source`)}
    group by r.linked_id`;
}
