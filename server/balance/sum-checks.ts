import { sql } from "kysely";
import { checkBySql, type Span } from "./balance-check.ts";

/** No call is reported so long after it was made. */
const startedIn = ({ from, to }: Span) => sql`
  r.started_at >= ${from} and r.started_at < ${to} and r.call_at >= ${from}::timestamptz - interval '31 days'
    and r.call_at < ${to}::timestamptz + interval '1 day'`;

/** The sums that reports are made of, counted once more from the rows. */
export const reportSumsCheck = checkBySql({
  name: "report-sums",
  title: "The sums of reports are the sums of their rows",
  compared: ({ from, to }) => sql`select count(*) as n from report_slots where slot >= ${from} and slot < ${to}`,
  off: (span) => sql`
    select slot, format('A quarter of an hour has %s rows with %s ms of talk; its sums say %s and %s.',
      coalesce(counted.n, 0), coalesce(counted.talk, 0), coalesce(summed.n, 0), coalesce(summed.talk, 0)), null, null
    from (
      select slot_of(r.started_at) as slot, count(*) as n, count(r.answered_at) as answered,
        coalesce(sum(r.billable_ms), 0) as talk, coalesce(sum(r.hold_ms), 0) as hold,
        coalesce(sum(r.duration_ms), 0) as duration, count(r.disposed_agent_id) as disposed
      from report_calls r where ${startedIn(span)} group by 1) as counted
    full join (
      select slot, sum(rows) as n, sum(answered) as answered, sum(talk_ms) as talk, sum(hold_ms) as hold,
        sum(duration_ms) as duration, sum(disposed) as disposed
      from report_slots where slot >= ${span.from} and slot < ${span.to} group by 1) as summed using (slot)
    where (counted.n, counted.answered, counted.talk, counted.hold, counted.duration, counted.disposed)
      is distinct from (summed.n, summed.answered, summed.talk, summed.hold, summed.duration, summed.disposed)`,
});

export const queueSumsCheck = checkBySql({
  name: "queue-sums",
  title: "The sums of queues are the sums of the stays in them",
  compared: ({ from, to }) => sql`select count(*) as n from queue_slots where slot >= ${from} and slot < ${to}`,
  off: ({ from, to }) => sql`
    select slot, format('A quarter of an hour has %s stays; its sums say %s.', coalesce(counted.n, 0),
      coalesce(summed.n, 0)), null, null
    from (
      select slot_of(v.entered_at) as slot, count(*) as n, count(*) filter (where outcome = 'answered') as answered,
        count(*) filter (where outcome = 'abandoned') as abandoned
      from queue_visits v
      where v.entered_at >= ${from} and v.entered_at < ${to} and v.call_at >= ${from}::timestamptz - interval '31 days'
        and v.call_at < ${to}::timestamptz + interval '1 day'
      group by 1) as counted
    full join (
      select slot, sum(entered) as n, sum(answered) as answered, sum(abandoned) as abandoned
      from queue_slots where slot >= ${from} and slot < ${to} group by 1) as summed using (slot)
    where (counted.n, counted.answered, counted.abandoned) is distinct from (summed.n, summed.answered, summed.abandoned)`,
});
