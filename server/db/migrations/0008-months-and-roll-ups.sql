-- Calls and their journal by month, and the sums that reports read.

create extension if not exists pg_trgm;

-- When the call was made, by its own name: "node1-1795348448.55" was made in the second 1795348448. However late a line
-- of it comes, that does not change; so it can stand in every key and decide the month. A name that is none of
-- Asterisk's belongs to 1970, a month like any other.
create function call_at(linked_id text) returns timestamptz language sql immutable parallel safe as $$
  select to_timestamp(case when second between 946684800 and 4102444799 then second else 0 end)
  from (select substring(linked_id from '(?:^|-)([0-9]{9,10})\.[0-9]+$')::bigint as second) as named
$$;

-- The months there are. Those that are archived take nothing any more: their rows stand in files.
create table call_months (
  month                date primary key check (month = date_trunc('month', month)),
  -- Rows of the month's calls started from here to there: by that a filter on instants finds the months it needs.
  first_at             timestamptz,
  last_at              timestamptz,
  calls_archived_at    timestamptz,
  journal_archived_at  timestamptz,
  check ((first_at is null) = (last_at is null))
);

create schema before;
alter table calls set schema before;
alter table legs set schema before;
alter table queue_visits set schema before;
alter table report_calls set schema before;
alter table journal_lines set schema before;

create table calls (
  linked_id   text not null,
  call_at     timestamptz not null,
  node        text not null,
  type        text not null check (type in ('inbound', 'outbound', 'internal')),
  started_at  timestamptz not null,
  ended_at    timestamptz,
  end_reason  text,
  primary key (linked_id, call_at)
) partition by range (call_at);
create index calls_open on calls (started_at) where ended_at is null;

create table legs (
  leg_id        text not null,
  linked_id     text not null,
  call_at       timestamptz not null,
  telephone_id  bigint references telephones (staff_id),
  endpoint      text not null,
  direction     text not null check (direction in ('to-telephone', 'from-telephone')),
  queue_id      bigint references queues (id),
  rang_at       timestamptz not null,
  answered_at   timestamptz,
  ended_at      timestamptz,
  primary key (leg_id, call_at),
  foreign key (linked_id, call_at) references calls (linked_id, call_at) on delete cascade
) partition by range (call_at);
create index legs_linked on legs (linked_id);
create index legs_telephone on legs (telephone_id, rang_at);

create table queue_visits (
  id          text not null,
  linked_id   text not null,
  call_at     timestamptz not null,
  queue_id    bigint references queues (id),
  entered_at  timestamptz not null,
  left_at     timestamptz,
  outcome     text check (outcome in ('answered', 'abandoned', 'timeout', 'other')),
  primary key (id, call_at),
  foreign key (linked_id, call_at) references calls (linked_id, call_at) on delete cascade
) partition by range (call_at);
create index queue_visits_linked on queue_visits (linked_id);
create index queue_visits_queue on queue_visits (queue_id, entered_at);

create table report_calls (
  id                 text not null,
  leg_id             text,
  linked_id          text not null,
  call_at            timestamptz not null,
  type               text not null check (type in ('inbound', 'outbound', 'internal')),
  source             text not null,
  destination        text not null,
  caller_id          text not null,
  started_at         timestamptz not null,
  rang_at            timestamptz,
  answered_at        timestamptz,
  ended_at           timestamptz,
  duration_ms        bigint,
  billable_ms        bigint,
  hold_ms            bigint,
  disposition        text not null check (disposition in ('ANSWERED', 'NO ANSWER', 'BUSY', 'FAILED')),
  telephone_id       bigint references telephones (staff_id),
  owner_agent_id     bigint references agents (staff_id),
  seated_agent_id    bigint references agents (staff_id),
  disposed_agent_id  bigint references agents (staff_id),
  -- The levels that he chose, once more beside the row, because rows are looked for by them.
  chosen             text[],
  user_id            bigint references staff (id),
  queue_id           bigint references queues (id),
  account_code       text,
  prefix             text,
  ended_by           text,
  primary key (id, call_at),
  foreign key (linked_id, call_at) references calls (linked_id, call_at) on delete cascade
) partition by range (call_at);
create index report_calls_linked on report_calls (linked_id);
create index report_calls_leg on report_calls (leg_id) where leg_id is not null;
-- A page is the newest rows of a filter: each filter that narrows much has its rows in that order.
create index report_calls_started on report_calls (started_at desc, id desc);
create index report_calls_user on report_calls (user_id, started_at desc, id desc);
create index report_calls_seated on report_calls (seated_agent_id, started_at desc, id desc);
create index report_calls_telephone on report_calls (telephone_id, started_at desc, id desc);
create index report_calls_queue on report_calls (queue_id, started_at desc, id desc);
create index report_calls_type on report_calls (type, started_at desc, id desc);
create index report_calls_result on report_calls (disposition, started_at desc, id desc);
create index report_calls_duration on report_calls ((coalesce(duration_ms, -1)), id);
create index report_calls_billable on report_calls ((coalesce(billable_ms, -1)), id);
create index report_calls_to_dispose on report_calls (seated_agent_id, started_at)
  where disposed_agent_id is null and answered_at is not null;
create index report_calls_source on report_calls (source, started_at);
-- A part of a number, and an outcome on any level.
create index report_calls_numbers on report_calls using gin (source gin_trgm_ops, destination gin_trgm_ops);
create index report_calls_chosen on report_calls using gin (chosen) where chosen is not null;

create table journal_lines (
  node       text not null,
  file_id    text not null,
  byte       bigint not null,
  linked_id  text not null,
  -- Of the call; of a line that belongs to none, its own instant.
  call_at    timestamptz not null,
  at         timestamptz not null,
  line       jsonb not null,
  primary key (node, file_id, byte, call_at)
) partition by range (call_at);
create index journal_lines_linked on journal_lines (linked_id);

-- One month's parts, if they are not there. Attaching a table that was made apart waits for no reader.
create function make_call_month(wanted date) returns void language plpgsql as $$
declare
  whole text;
  part text;
begin
  if exists (select from call_months where month = wanted) then return; end if;
  perform pg_advisory_xact_lock(hashtext('perch.months'));
  if exists (select from call_months where month = wanted) then return; end if;
  foreach whole in array array['calls', 'legs', 'queue_visits', 'report_calls', 'journal_lines'] loop
    part := whole || to_char(wanted, '_YYYY_MM');
    execute format('create table %I (like %I including defaults including constraints)', part, whole);
    execute format('alter table %I attach partition %I for values from (%L) to (%L)', whole, part,
      wanted || ' 00:00+00', (wanted + interval '1 month')::date || ' 00:00+00');
  end loop;
  insert into call_months (month) values (wanted);
end $$;

-- Rows of Report Call by quarter of an hour (every zone of the world is whole ones away from UTC). No id is 0.
create table report_slots (
  slot             timestamptz not null,
  type             text not null,
  queue_id         bigint not null,
  user_id          bigint not null,
  seated_agent_id  bigint not null,
  disposition      text not null,
  rows             bigint not null,
  answered         bigint not null,
  -- From the first ring to the answer, or to the end where there was none.
  ring_ms          bigint not null,
  talk_ms          bigint not null,
  hold_ms          bigint not null,
  duration_ms      bigint not null,
  disposed         bigint not null,
  primary key (slot, type, queue_id, user_id, seated_agent_id, disposition)
);

-- Stays in queues by the quarter of an hour in which they began. The two arrays count waits of at most 5, 10, 15, 20, 30,
-- 45, 60, 90, 120, 180, 300 and 600 seconds, and longer ones.
create table queue_slots (
  slot               timestamptz not null,
  queue_id           bigint not null,
  entered            bigint not null,
  answered           bigint not null,
  abandoned          bigint not null,
  timeout            bigint not null,
  other              bigint not null,
  wait_answered_ms   bigint not null,
  wait_abandoned_ms  bigint not null,
  answered_waits     integer[] not null,
  abandoned_waits    integer[] not null,
  primary key (slot, queue_id)
);

create function slot_of(instant timestamptz) returns timestamptz language sql immutable parallel safe as $$
  select date_bin('15 minutes', instant, timestamptz '1970-01-01 00:00+00')
$$;
create function ms_between(since timestamptz, until timestamptz) returns bigint language sql immutable parallel safe as $$
  select (extract(epoch from until - since) * 1000)::bigint
$$;
-- Which place of the arrays a wait counts in, from 1.
create function wait_bucket(ms bigint) returns integer language sql immutable parallel safe as $$
  select 1 + width_bucket(ms - 1, array[5000, 10000, 15000, 20000, 30000, 45000, 60000, 90000, 120000, 180000, 300000, 600000]::bigint[])
$$;
create function add_counts(one integer[], other integer[]) returns integer[] language sql immutable parallel safe as $$
  select array_agg(a + b order by place) from unnest(one, other) with ordinality as both_of (a, b, place)
$$;

-- Whatever writes rows, the sums follow in the same statement: what is gone counts -1, what is new 1. A month that is
-- dropped whole runs no trigger, so its sums stay.
create function changed_rows(operation text) returns text language sql immutable as $$
  select case operation when 'INSERT' then 'select 1 as sign, * from new_rows'
                        when 'DELETE' then 'select -1 as sign, * from old_rows'
                        else 'select 1 as sign, * from new_rows union all select -1, * from old_rows' end
$$;

create function keep_report_slots() returns trigger language plpgsql as $$
declare
  emptied timestamptz[];
begin
  execute format($sums$
    with change as (
      select slot_of(started_at) as slot, type, coalesce(queue_id, 0) as queue_id, coalesce(user_id, 0) as user_id,
        coalesce(seated_agent_id, 0) as seated_agent_id, disposition, sum(sign) as rows,
        sum(sign * (answered_at is not null)::int) as answered,
        sum(sign * coalesce(ms_between(rang_at, coalesce(answered_at, ended_at)), 0)) as ring_ms,
        sum(sign * coalesce(billable_ms, 0)) as talk_ms, sum(sign * coalesce(hold_ms, 0)) as hold_ms,
        sum(sign * coalesce(duration_ms, 0)) as duration_ms,
        sum(sign * (disposed_agent_id is not null)::int) as disposed
      from (%s) as changed group by 1, 2, 3, 4, 5, 6
    ), kept as (
      insert into report_slots as s
      select * from change
      where (rows, answered, ring_ms, talk_ms, hold_ms, duration_ms, disposed) <> (0, 0, 0, 0, 0, 0, 0)
      order by slot, type, queue_id, user_id, seated_agent_id, disposition
      on conflict (slot, type, queue_id, user_id, seated_agent_id, disposition) do update set
        rows = s.rows + excluded.rows, answered = s.answered + excluded.answered,
        ring_ms = s.ring_ms + excluded.ring_ms, talk_ms = s.talk_ms + excluded.talk_ms,
        hold_ms = s.hold_ms + excluded.hold_ms, duration_ms = s.duration_ms + excluded.duration_ms,
        disposed = s.disposed + excluded.disposed
      returning slot, rows
    )
    select array_agg(distinct slot) from kept where rows = 0$sums$, changed_rows(tg_op)) into emptied;
  if emptied is not null then delete from report_slots where slot = any(emptied) and rows = 0; end if;
  if tg_op <> 'DELETE' then
    -- By whole days, so that the month is seldom written.
    update call_months set first_at = least(first_at, date_trunc('day', first, 'UTC')),
                           last_at = greatest(last_at, date_trunc('day', last, 'UTC') + interval '1 day')
    from (select date_trunc('month', call_at at time zone 'UTC')::date as month, min(started_at) as first, max(started_at) as last
          from new_rows group by 1) as reached
    where reached.month = call_months.month and (first_at is null or first < first_at or last >= last_at);
  end if;
  return null;
end $$;

create function counts_of(outcome text) returns text language sql immutable as $$
  select string_agg(format('coalesce(sum(sign) filter (where outcome = %L and bucket = %s), 0)::int', outcome, place), ', ' order by place)
  from generate_series(1, 13) as place
$$;

create function keep_queue_slots() returns trigger language plpgsql as $$
declare
  emptied timestamptz[];
begin
  execute format($sums$
    with change as (
      select slot_of(entered_at) as slot, coalesce(queue_id, 0) as queue_id, sign, outcome,
        ms_between(entered_at, left_at) as wait_ms, wait_bucket(ms_between(entered_at, left_at)) as bucket
      from (%s) as changed
    ), kept as (
      insert into queue_slots as s
      select slot, queue_id, sum(sign), coalesce(sum(sign) filter (where outcome = 'answered'), 0),
        coalesce(sum(sign) filter (where outcome = 'abandoned'), 0), coalesce(sum(sign) filter (where outcome = 'timeout'), 0),
        coalesce(sum(sign) filter (where outcome = 'other'), 0),
        coalesce(sum(sign * wait_ms) filter (where outcome = 'answered'), 0),
        coalesce(sum(sign * wait_ms) filter (where outcome = 'abandoned'), 0),
        array[%s], array[%s]
      from change group by slot, queue_id order by slot, queue_id
      on conflict (slot, queue_id) do update set
        entered = s.entered + excluded.entered, answered = s.answered + excluded.answered,
        abandoned = s.abandoned + excluded.abandoned, timeout = s.timeout + excluded.timeout,
        other = s.other + excluded.other, wait_answered_ms = s.wait_answered_ms + excluded.wait_answered_ms,
        wait_abandoned_ms = s.wait_abandoned_ms + excluded.wait_abandoned_ms,
        answered_waits = add_counts(s.answered_waits, excluded.answered_waits),
        abandoned_waits = add_counts(s.abandoned_waits, excluded.abandoned_waits)
      returning slot, entered
    )
    select array_agg(distinct slot) from kept where entered = 0$sums$,
    changed_rows(tg_op), counts_of('answered'), counts_of('abandoned')) into emptied;
  if emptied is not null then delete from queue_slots where slot = any(emptied) and entered = 0; end if;
  return null;
end $$;

create trigger report_slots_insert after insert on report_calls referencing new table as new_rows
  for each statement execute function keep_report_slots();
create trigger report_slots_update after update on report_calls referencing old table as old_rows new table as new_rows
  for each statement execute function keep_report_slots();
create trigger report_slots_delete after delete on report_calls referencing old table as old_rows
  for each statement execute function keep_report_slots();
create trigger queue_slots_insert after insert on queue_visits referencing new table as new_rows
  for each statement execute function keep_queue_slots();
create trigger queue_slots_update after update on queue_visits referencing old table as old_rows new table as new_rows
  for each statement execute function keep_queue_slots();
create trigger queue_slots_delete after delete on queue_visits referencing old table as old_rows
  for each statement execute function keep_queue_slots();

-- What was there before, and the months to come.
select make_call_month(date_trunc('month', made at time zone 'UTC')::date)
from (select call_at(linked_id) as made from before.calls
      union select case linked_id when '' then at else call_at(linked_id) end from before.journal_lines
      union select now() + n * interval '1 month' from generate_series(0, 3) as n) as known
group by date_trunc('month', made at time zone 'UTC')::date;

insert into calls select linked_id, call_at(linked_id), node, type, started_at, ended_at, end_reason from before.calls;
insert into legs
  select leg_id, linked_id, call_at(linked_id), telephone_id, endpoint, direction, queue_id, rang_at, answered_at, ended_at
  from before.legs;
insert into queue_visits
  select id, linked_id, call_at(linked_id), queue_id, entered_at, left_at, outcome from before.queue_visits;
insert into report_calls
  select r.id, r.leg_id, r.linked_id, call_at(r.linked_id), r.type, r.source, r.destination, r.caller_id, r.started_at, r.rang_at,
    r.answered_at, r.ended_at, r.duration_ms, r.billable_ms, r.hold_ms, r.disposition, r.telephone_id, r.owner_agent_id,
    r.seated_agent_id, r.disposed_agent_id,
    case when d.leg_id is not null then array_remove(array[d.level1, d.level2, d.level3], null) end,
    r.user_id, r.queue_id, r.account_code, r.prefix, r.ended_by
  from before.report_calls r left join leg_dispositions d on d.leg_id = r.leg_id;
insert into journal_lines
  select node, file_id, byte, linked_id, case linked_id when '' then at else call_at(linked_id) end, at, line
  from before.journal_lines;
drop schema before cascade;
