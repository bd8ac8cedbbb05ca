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
