import { sql } from "kysely";
import { checkBySql, madeIn } from "./balance-check.ts";

/** A call that goes on so long has lost its end, whoever talks. */
const LONGEST_CALL = "12 hours";

export const endsCheck = checkBySql({
  name: "ends",
  title: "Every call has an end",
  compared: (span) => sql`select count(*) as n from calls where ${madeIn("call_at", span)}`,
  off: (span) => sql`
    select started_at, 'The call has no end after ' || ${LONGEST_CALL} || '.', linked_id, null from calls
    where ${madeIn("call_at", span)} and ended_at is null and started_at < now() - ${LONGEST_CALL}::interval`,
});

export const rowsCheck = checkBySql({
  name: "rows",
  title: "Every call that is over has a row in Report Call",
  compared: (span) => sql`select count(*) as n from calls where ${madeIn("call_at", span)} and ended_at is not null`,
  off: (span) => sql`
    select c.started_at, 'The call has no row in Report Call.', c.linked_id, null from calls c
    where ${madeIn("c.call_at", span)} and c.ended_at is not null
      and not exists (select from report_calls r where r.linked_id = c.linked_id and r.call_at = c.call_at)`,
});

/**
 * A telephone that was called and answered has talked with somebody: that is somebody's row. Of one that was only asked
 * it is the row of whoever asked, answered in the same instant.
 */
export const answersCheck = checkBySql({
  name: "answers",
  title: "Whoever answered a caller has a row of that call",
  compared: (span) => sql`
    select count(*) as n from legs l join calls c using (linked_id, call_at)
    where ${madeIn("l.call_at", span)} and c.type = 'inbound' and l.direction = 'to-telephone' and l.answered_at is not null`,
  off: (span) => sql`
    select l.answered_at, l.endpoint || ' answered, and has no row of this call.', l.linked_id, null
    from legs l join calls c using (linked_id, call_at)
    where ${madeIn("l.call_at", span)} and c.type = 'inbound' and l.direction = 'to-telephone' and l.answered_at is not null
      and not exists (select from report_calls r where r.leg_id = l.leg_id and r.answered_at is not null)
      and not exists (
        select from report_calls r where r.linked_id = l.linked_id and r.call_at = l.call_at and r.leg_id is null
          and r.answered_at = l.answered_at)`,
});

/** Instants come in their order, and nobody talked longer than from the answer to the end, or held longer than he talked. */
export const lengthsCheck = checkBySql({
  name: "lengths",
  title: "Lengths fit between their instants",
  compared: (span) => sql`select count(*) as n from report_calls where ${madeIn("call_at", span)}`,
  off: (span) => sql`
    select started_at, format('It lasted %s ms, of them talk %s ms and hold %s ms.', duration_ms, billable_ms, hold_ms),
      linked_id, id
    from report_calls
    where ${madeIn("call_at", span)} and not (
      coalesce(started_at <= rang_at, true) and coalesce(rang_at <= answered_at, true)
      and coalesce(started_at <= ended_at, true) and coalesce(answered_at <= ended_at, true)
      and coalesce(duration_ms between ms_between(started_at, ended_at) - 1 and ms_between(started_at, ended_at) + 1, true)
      and coalesce(billable_ms <= ms_between(answered_at, ended_at) + 1, true)
      and coalesce(hold_ms <= billable_ms + 1, true)
      and (ended_at is null) = (duration_ms is null))`,
});

export const visitsCheck = checkBySql({
  name: "visits",
  title: "Every stay in a queue has an end and an outcome",
  compared: (span) => sql`select count(*) as n from queue_visits where ${madeIn("call_at", span)}`,
  off: (span) => sql`
    select v.entered_at, 'The call is over, and its stay in ' || coalesce(q.name, 'a queue') || ' has no outcome.',
      v.linked_id, null
    from queue_visits v join calls c using (linked_id, call_at) left join queues q on q.id = v.queue_id
    where ${madeIn("v.call_at", span)} and c.ended_at is not null
      and (v.outcome is null or v.left_at is null or v.left_at < v.entered_at)`,
});

/** A stay that was answered was answered by somebody who has a row of that queue, and the other way round. */
export const queueAnswersCheck = checkBySql({
  name: "queue-answers",
  title: "Answers of queues and rows of Report Call are the same",
  compared: (span) => sql`
    select count(*) as n from queue_visits where ${madeIn("call_at", span)} and outcome = 'answered'`,
  off: (span) => sql`
    select v.entered_at, coalesce(q.name, 'The queue') || ' says that the call was answered, and no row does.',
      v.linked_id, null
    from queue_visits v left join queues q on q.id = v.queue_id
    where ${madeIn("v.call_at", span)} and v.outcome = 'answered' and v.queue_id is not null
      and not exists (select from report_calls r where r.linked_id = v.linked_id and r.call_at = v.call_at
        and r.queue_id = v.queue_id and r.answered_at is not null)
    union all
    select r.answered_at, 'The row was answered from ' || q.name || ', and the queue says nothing of it.', r.linked_id, r.id
    from report_calls r join queues q on q.id = r.queue_id
    where ${madeIn("r.call_at", span)} and r.answered_at is not null
      and not exists (select from queue_visits v where v.linked_id = r.linked_id and v.call_at = r.call_at
        and v.queue_id = r.queue_id and v.outcome = 'answered')`,
});
