import { sql } from "kysely";
import { DEFAULT_SETTINGS } from "../../contract/settings.ts";
import { recordingsOfRow } from "../recordings/recording-rows.ts";
import { checkBySql, madeIn, type Span } from "./balance-check.ts";

/** Of shorter talk there may be no voice that was worth a file. */
const LEAST_TALK_MS = 2000;
/** The telephone system is told of a change within seconds. */
const UNTIL_TOLD = "15 seconds";
/** A recording that cannot be kept is tried again for a while before anybody is called. */
const UNTIL_CALLED = "1 hour";

/**
 * What says how many are recorded stands in the database as it is now. Where somebody changed it after a call began,
 * nobody knows what held for that call: it is not compared.
 */
const changes = ({ from }: Span) => sql`
  select subject, action, at + ${UNTIL_TOLD}::interval as at from audit
  where at >= ${from}::timestamptz - ${UNTIL_TOLD}::interval and (
    action in ('inbound-route.create', 'inbound-route.remove', 'outbound-route.create', 'outbound-route.remove')
    or action in ('queue.change', 'inbound-route.change', 'outbound-route.change', 'settings.change')
      and facts ?| array['recordPercent', 'number', 'pattern', 'emergencyNumbers'])`;

/**
 * Of how many in a hundred calls are recorded that come to a queue `q` as `came` says: what the number says that was
 * dialled (null: as the queue does), else the queue. Whoever was sent on may have come by another number.
 */
const saidOf = (bound: "least" | "greatest") => sql`${sql.raw(bound)}(
  case when route.one then coalesce(route.lowest, q.record_percent) when route.number is null then q.record_percent end,
  case when not route.one then ${sql.raw(bound)}(route.lowest, route.highest, q.record_percent) end,
  case when came.many then (select ${sql.raw(bound === "least" ? "min" : "max")}(record_percent) from inbound_routes) end)`;
const saying = sql`
  join came on came.linked_id = x.linked_id and came.call_at = x.call_at
  join queues q on q.id = x.queue_id
  left join route on route.number = ltrim(came.destination, '+')`;
/** A call that recordings of a day are of began so long before, at most. */
const LONGEST_CALL = "12 hours";

/** Digits, X, Z, N, a plus at the front and a dot at the end, as contract/dial-pattern.ts reads them. */
const asRegExp = sql`'^' || replace(replace(replace(replace(replace(o.pattern, '+', '[+]'),
  '.', '[0-9*#+]+'), 'X', '[0-9]'), 'Z', '[1-9]'), 'N', '[2-9]') || '$'`;

/** The same of a number outside, by the routes that take it, which may be several. Who calls for help is never recorded. */
const ofOutside = sql`
  select case when exists (
      select from jsonb_array_elements_text(coalesce((select value from settings where key = 'emergencyNumbers'),
        ${JSON.stringify(DEFAULT_SETTINGS.emergencyNumbers)}::jsonb)) as help (number)
      where right(x.destination, length(help.number)) = help.number and length(x.destination) <= length(help.number) + 4)
    then 0 else min(o.record_percent) end as lowest, null::int as highest
  from outbound_routes o where x.destination ~ (${asRegExp})`;

/**
 * Rows of talk and recordings, each with what was to be recorded there at least and at most. A row of somebody who was
 * handed over into the call is recorded or not as the other was.
 */
const judged = (span: Span) => sql`
  with changes as materialized (${changes(span)}),
  came as materialized (
    select distinct on (linked_id, call_at) linked_id, call_at, destination,
      count(*) over (partition by linked_id, call_at) > 1 as many
    from report_calls where call_at >= ${span.from}::timestamptz - ${LONGEST_CALL}::interval and call_at < ${span.to}
    order by linked_id, call_at, started_at, id),
  route as materialized (
    -- A number may be there with its plus and without.
    select ltrim(number, '+') as number, min(record_percent) as lowest, max(record_percent) as highest, count(*) = 1 as one
    from inbound_routes group by 1),
  talk as materialized (
    select r.*, c.started_at as made_at from report_calls r join calls c using (linked_id, call_at)
    where ${madeIn("r.call_at", span)} and r.answered_at is not null and r.ended_at is not null
      and r.billable_ms - coalesce(r.hold_ms, 0) >= ${LEAST_TALK_MS}
      and not exists (select from moved_channels m where m.linked_id = r.linked_id and m.channel_id = r.leg_id))
  select x.id, null::bigint as recording_id, x.linked_id, x.started_at, x.answered_at, x.ended_at,
    ${saidOf("least")} as lowest, null::int as highest, exists (select from changes g
      where g.at > x.made_at and (g.subject = 'queue ' || x.queue_id or g.action like 'inbound-route.%')) as changed
  from talk x ${saying}
  union all
  select x.id, null, x.linked_id, x.started_at, x.answered_at, x.ended_at, p.lowest, null,
    exists (select from changes g where g.at > x.made_at and g.action ~ '^(outbound-route|settings)[.]')
  from talk x cross join lateral (${ofOutside}) as p where x.queue_id is null and x.type = 'outbound'
  union all
  select null, x.id, x.linked_id, x.started_at, null, null, null, ${saidOf("greatest")}, exists (select from changes g
    where g.at > c.started_at and (g.subject = 'queue ' || x.queue_id or g.action like 'inbound-route.%'))
  from (select *, call_at(linked_id) as call_at from recordings) as x join calls c using (linked_id, call_at) ${saying}
  where x.started_at >= ${span.from} and x.started_at < ${span.to}
  union all
  select null, x.id, x.linked_id, x.started_at, null, null, null,
    (select coalesce(max(record_percent), 0) from outbound_routes),
    exists (select from changes g where g.at > c.started_at and g.action like 'outbound-route.%')
  from (select *, call_at(linked_id) as call_at from recordings where queue_id is null) as x
    join calls c using (linked_id, call_at)
  where x.started_at >= ${span.from} and x.started_at < ${span.to}`;

/** Somebody was called because recordings could not be kept, or there was no room for them. */
const known = sql`exists (
  select from alarms a where a.subject in ('recordings kept', 'recordings disk')
    and a.raised_at <= r.ended_at + ${UNTIL_CALLED}::interval and coalesce(a.acknowledged_at, 'infinity') >= r.ended_at)`;

/** What queues and routes say is to be recorded was recorded; what they say is not, was not. */
export const recordingPolicyCheck = checkBySql({
  name: "recording-policy",
  title: "Every call that was to be recorded was, and no other",
  compared: (span) => sql`
    select count(*) filter (where not changed and (lowest = 100 or recording_id is not null)) as n,
      count(*) filter (where changed) as unknown
    from (${judged(span)}) as r`,
  off: (span) => sql`
    select r.started_at, case when r.recording_id is null
      then 'All such calls are recorded, and of this talk there is no recording.'
      else 'Recording ' || r.recording_id || ' was made, and no such call is recorded.' end, r.linked_id, r.id
    from (${judged(span)}) as r
    where not r.changed and (r.highest = 0
      or r.lowest = 100 and not ${known} and not exists (select from ${recordingsOfRow}))`,
});
