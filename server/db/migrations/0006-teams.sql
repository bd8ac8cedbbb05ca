-- Teams of agents: how the floor is looked at, and how many of a team may be on break at once.
create table teams (
  id            bigint generated always as identity primary key,
  name          text not null check (length(name) between 1 and 80),
  -- Null: as many as like.
  max_on_break  integer check (max_on_break between 1 and 999),
  created_at    timestamptz not null default now(),
  deleted_at    timestamptz
);
create unique index teams_name_key on teams (lower(name)) where deleted_at is null;

alter table agents add column team_id bigint references teams (id);
create index agents_team on agents (team_id) where team_id is not null;

-- When the desktops of a session were gone, for its history. One that never came back was gone until the session's end.
create table desktop_losses (
  id          bigint generated always as identity primary key,
  session_id  bigint not null references sessions (id),
  lost_at     timestamptz not null,
  back_at     timestamptz check (back_at >= lost_at)
);
create unique index desktop_losses_open on desktop_losses (session_id) where back_at is null;
create index desktop_losses_session on desktop_losses (session_id);

-- The history of an agent and of a telephone is asked for by its days.
create index leases_telephone on leases (telephone_id, started_at);
