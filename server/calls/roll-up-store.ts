import { sql } from "kysely";
import type { Db } from "../db/pool.ts";

export interface DifferingSlot {
  /** Of Report Call's rows, or of stays in queues. */
  sums: "report" | "queue";
  slot: Date;
  /** How many rows the sums say there are, and how many there are. */
  kept: number;
  counted: number;
}

/**
 * The quarters of an hour whose sums are not those of their rows, counted anew. From the end of the last archived month
 * on only: what is archived keeps its sums and has no rows.
 */
export async function differingSlots(db: Db, range: { from: Date; to: Date }): Promise<DifferingSlot[]> {
  const { rows } = await sql<DifferingSlot>`
    with bounds as (
      select slot_of(greatest(${range.from}::timestamptz, max(last_at) + interval '15 minutes' - interval '1 ms')) as since,
             ${range.to}::timestamptz as until
      from call_months where calls_archived_at is not null
    ), rows_of as (
      select slot_of(started_at) as slot, type, coalesce(queue_id, 0) as queue_id,
        coalesce(agent_of(user_id, telephone_id, seated_agent_id), 0) as agent_id, count(*) as rows,
        count(answered_at) as answered,
        sum(coalesce(ms_between(rang_at, coalesce(answered_at, ended_at)), 0)) as ring_ms,
        sum(coalesce(billable_ms, 0)) as talk_ms, sum(coalesce(hold_ms, 0)) as hold_ms,
        sum(coalesce(duration_ms, 0)) as duration_ms, count(disposed_agent_id) as disposed
      from report_calls, bounds where started_at >= since and started_at < until group by 1, 2, 3, 4
    ), visits_of as (
      select slot_of(entered_at) as slot, coalesce(queue_id, 0) as queue_id, count(*) as entered,
        count(*) filter (where outcome = 'answered') as answered, count(*) filter (where outcome = 'abandoned') as abandoned,
        count(*) filter (where outcome = 'timeout') as timeout, count(*) filter (where outcome = 'other') as other,
        coalesce(sum(ms_between(entered_at, left_at)) filter (where outcome = 'answered'), 0) as wait_answered_ms,
        coalesce(sum(ms_between(entered_at, left_at)) filter (where outcome = 'abandoned'), 0) as wait_abandoned_ms
      from queue_visits, bounds where entered_at >= since and entered_at < until group by 1, 2
    )
    select 'report' as sums, coalesce(k.slot, c.slot) as slot, coalesce(sum(k.rows), 0)::bigint as kept,
      coalesce(sum(c.rows), 0)::bigint as counted
    from (select s.* from report_slots s, bounds where slot >= since and slot < until) as k
    full join rows_of as c using (slot, type, queue_id, agent_id)
    where (k.rows, k.answered, k.ring_ms, k.talk_ms, k.hold_ms, k.duration_ms, k.disposed)
      is distinct from (c.rows, c.answered, c.ring_ms, c.talk_ms, c.hold_ms, c.duration_ms, c.disposed)
    group by coalesce(k.slot, c.slot)
    union all
    select 'queue', coalesce(k.slot, c.slot), coalesce(sum(k.entered), 0)::bigint, coalesce(sum(c.entered), 0)::bigint
    from (select s.* from queue_slots s, bounds where slot >= since and slot < until) as k
    full join visits_of as c using (slot, queue_id)
    where (k.entered, k.answered, k.abandoned, k.timeout, k.other, k.wait_answered_ms, k.wait_abandoned_ms)
      is distinct from (c.entered, c.answered, c.abandoned, c.timeout, c.other, c.wait_answered_ms, c.wait_abandoned_ms)
      or (select sum(n) from unnest(k.answered_waits) as n) is distinct from k.answered
      or (select sum(n) from unnest(k.abandoned_waits) as n) is distinct from k.abandoned
    group by coalesce(k.slot, c.slot)
    order by 1 desc, 2`.execute(db);
  return rows;
}
