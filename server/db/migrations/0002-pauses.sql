-- Breaks that wait for the end of a call, their length, wrap-up made longer, who paused whom; and that the causes of a
-- session lie inside it and beside each other.

-- How long a break of this reason should last at most, minutes. Null: as long as it takes. Nothing ends by it.
alter table pause_reasons add column max_minutes integer check (max_minutes between 1 and 1440);

-- A break asked for during a call: nothing rings any more, and it begins when the call ends.
alter table sessions
  add column break_reason    text,
  add column break_asked_at  timestamptz,
  add check ((break_reason is null) = (break_asked_at is null)),
  add check (break_asked_at is null or ended_at is null);

alter table pause_causes
  -- When a break was asked for that had to wait for the end of a call.
  add column asked_at     timestamptz,
  -- The supervisor who paused him.
  add column by_id        bigint references staff (id),
  -- Until when a wrap-up can be made longer, and when that was done.
  add column longest_at   timestamptz,
  add column extended_at  timestamptz,
  -- The session ended under it: nobody had ended it. A supervisor's goes on in the agent's next session.
  add column cut_short    boolean not null default false,
  add check (not cut_short or ended_at is not null),
  add check (asked_at is null or (cause = 'break' and asked_at <= started_at)),
  add check (by_id is null or cause = 'supervisor'),
  add check (longest_at is null or (cause = 'wrap-up' and longest_at >= due_at)),
  add check (extended_at is null or cause = 'wrap-up');

-- What earlier versions wrote is put in order before the rules below are laid on it.
update pause_causes
  set started_at = inside.started_at,
      ended_at = greatest(inside.started_at, inside.ended_at)
  from (select pause_causes.id,
               least(greatest(pause_causes.started_at, sessions.started_at), coalesce(sessions.ended_at, 'infinity'))
                 as started_at,
               least(coalesce(pause_causes.ended_at, sessions.ended_at), sessions.ended_at) as ended_at
        from pause_causes join sessions on sessions.id = pause_causes.session_id) as inside
  where inside.id = pause_causes.id;
update pause_causes set ended_at = following.started_at
  from (select id, lead(started_at) over (partition by session_id, cause order by started_at, id) as started_at
        from pause_causes) as following
  where following.id = pause_causes.id and pause_causes.ended_at > following.started_at;

-- Two of one kind follow each other. Both ends are judged when the transaction commits, in whatever order they came.
alter table pause_causes
  add exclude using gist (session_id with =, cause with =, tstzrange(started_at, ended_at) with &&)
  deferrable initially deferred;

-- No cause lies outside its session, and none is open when that has ended.
create function pause_causes_inside() returns trigger language plpgsql as $$
declare
  outside bigint;
begin
  select pause_causes.id into outside
    from pause_causes join sessions on sessions.id = pause_causes.session_id
    where sessions.id = case tg_table_name when 'sessions' then (to_jsonb(new) ->> 'id')::bigint
                                           else (to_jsonb(new) ->> 'session_id')::bigint end
      and (pause_causes.started_at < sessions.started_at
        or coalesce(pause_causes.ended_at, 'infinity') > coalesce(sessions.ended_at, 'infinity'))
    limit 1;
  if outside is not null then
    raise exception 'pause cause % lies outside its session', outside
      using errcode = 'check_violation', constraint = 'pause_causes_inside';
  end if;
  return null;
end $$;
create constraint trigger pause_causes_inside after insert or update on pause_causes
  deferrable initially deferred for each row execute function pause_causes_inside();
create constraint trigger sessions_around after update of started_at, ended_at on sessions
  deferrable initially deferred for each row execute function pause_causes_inside();
