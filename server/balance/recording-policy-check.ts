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
 * Of how many in a hundred calls are recorded that go to `x.queue_id`: what the number says that was dialled, else the
 * queue. Whoever was sent on may have come by another number.
 */
const ofQueue = sql`
  select least(own.percent, other.lowest) as lowest, greatest(own.percent, other.highest) as highest
  from (
    select coalesce(i.record_percent, q.record_percent) as percent, first.many
    from queues q
      cross join (
        select f.destination, count(*) over () > 1 as many from report_calls f
        where f.linked_id = x.linked_id and f.call_at = x.call_at order by f.started_at, f.id limit 1) as first
      left join inbound_routes i on ltrim(i.number, '+') = ltrim(first.destination, '+')
    where q.id = x.queue_id order by i.number = first.destination desc limit 1) as own
  left join (
    select min(record_percent) as lowest, max(record_percent) as highest from inbound_routes) as other on own.many`;

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
  talk as (
    select r.*, c.started_at as made_at from report_calls r join calls c using (linked_id, call_at)
    where ${madeIn("r.call_at", span)} and r.answered_at is not null and r.ended_at is not null
      and r.billable_ms - coalesce(r.hold_ms, 0) >= ${LEAST_TALK_MS}
      and not exists (select from moved_channels m where m.linked_id = r.linked_id and m.channel_id = r.leg_id))
  select x.id, null::bigint as recording_id, x.linked_id, x.call_at, x.started_at, x.answered_at, x.ended_at, p.lowest,
    null::int as highest, exists (select from changes g
      where g.at > x.made_at and (g.subject = 'queue ' || x.queue_id or g.action like 'inbound-route.%')) as changed
  from talk x cross join lateral (${ofQueue}) as p where x.queue_id is not null
  union all
  select x.id, null, x.linked_id, x.call_at, x.started_at, x.answered_at, x.ended_at, p.lowest, null,
    exists (select from changes g where g.at > x.made_at and g.action ~ '^(outbound-route|settings)[.]')
  from talk x cross join lateral (${ofOutside}) as p where x.queue_id is null and x.type = 'outbound'
  union all
  select null, x.id, x.linked_id, x.call_at, x.started_at, null, null, null, p.highest,
    exists (select from changes g where g.at > c.started_at and case when x.queue_id is null
      then g.action like 'outbound-route.%' else g.subject = 'queue ' || x.queue_id or g.action like 'inbound-route.%' end)
  from (select *, call_at(linked_id) as call_at from recordings) as x join calls c using (linked_id, call_at)
    cross join lateral (
      select case when x.queue_id is null then (select coalesce(max(record_percent), 0) from outbound_routes)
        else (select highest from (${ofQueue}) as of_queue) end as highest) as p
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
    select count(*) as n from (${judged(span)}) as r where not changed and (lowest = 100 or recording_id is not null)`,
  unknown: (span) => sql`select count(*) as n from (${judged(span)}) as r where changed`,
  off: (span) => sql`
    select r.started_at, case when r.recording_id is null
      then 'All such calls are recorded, and of this talk there is no recording.'
      else 'Recording ' || r.recording_id || ' was made, and no such call is recorded.' end, r.linked_id, r.id
    from (${judged(span)}) as r
    where not r.changed and (r.highest = 0
      or r.lowest = 100 and not ${known} and not exists (select from ${recordingsOfRow}))`,
});
