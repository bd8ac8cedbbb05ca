-- The sums of Report Call by what reports ask for: whose a row is, and no longer by its user, who sat there and how it
-- ended. So they are read without asking who is a telephone, and giving calls nobody disposed to another user leaves
-- them as they are.

-- Whose a row is for figures about people: its user where that is an agent, else who sat at the telephone when it rang.
-- A row's user is its telephone or an agent.
create function agent_of(user_id bigint, telephone_id bigint, seated_agent_id bigint) returns bigint
  language sql immutable parallel safe as $$
  select case when user_id = telephone_id then seated_agent_id else coalesce(user_id, seated_agent_id) end
$$;

create schema before;
alter table report_slots set schema before;

-- Rows of Report Call by quarter of an hour (every zone of the world is whole ones away from UTC). No id is 0. Columns
-- of one width stand first: they are found in a row without looking at those before them.
create table report_slots (
  slot         timestamptz not null,
  queue_id     bigint not null,
  agent_id     bigint not null,
  -- From the first ring to the answer, or to the end where there was none.
  ring_ms      bigint not null,
  talk_ms      bigint not null,
  hold_ms      bigint not null,
  duration_ms  bigint not null,
  rows         integer not null,
  answered     integer not null,
  disposed     integer not null,
  type         text not null,
  primary key (slot, queue_id, agent_id, type)
);

-- From the sums, not from the rows: those of archived months are in files.
insert into report_slots
  select s.slot, s.queue_id, case when u.kind = 'agent' then s.user_id else s.seated_agent_id end, sum(s.ring_ms), sum(s.talk_ms),
    sum(s.hold_ms), sum(s.duration_ms), sum(s.rows), sum(s.answered), sum(s.disposed), s.type
  from before.report_slots s left join staff u on u.id = s.user_id
  group by 1, 2, 3, s.type order by 1, 2, 3, s.type;
drop schema before cascade;

create or replace function keep_report_slots() returns trigger language plpgsql as $$
declare
  emptied timestamptz[];
begin
  execute format($sums$
    with change as (
      select slot_of(started_at) as slot, coalesce(queue_id, 0) as queue_id,
        coalesce(agent_of(user_id, telephone_id, seated_agent_id), 0) as agent_id,
        sum(sign * coalesce(ms_between(rang_at, coalesce(answered_at, ended_at)), 0)) as ring_ms,
        sum(sign * coalesce(billable_ms, 0)) as talk_ms, sum(sign * coalesce(hold_ms, 0)) as hold_ms,
        sum(sign * coalesce(duration_ms, 0)) as duration_ms, sum(sign) as rows,
        sum(sign * (answered_at is not null)::int) as answered,
        sum(sign * (disposed_agent_id is not null)::int) as disposed, type
      from (%s) as changed group by 1, 2, 3, type
    ), kept as (
      insert into report_slots as s
      select * from change
      where (ring_ms, talk_ms, hold_ms, duration_ms, rows, answered, disposed) <> (0, 0, 0, 0, 0, 0, 0)
      order by slot, queue_id, agent_id, type
      on conflict (slot, queue_id, agent_id, type) do update set
        ring_ms = s.ring_ms + excluded.ring_ms, talk_ms = s.talk_ms + excluded.talk_ms,
        hold_ms = s.hold_ms + excluded.hold_ms, duration_ms = s.duration_ms + excluded.duration_ms,
        rows = s.rows + excluded.rows, answered = s.answered + excluded.answered,
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
