-- IVR projects: a draft that is worked on, versions that callers are led through, and who was led.

create table projects (
  id           bigint generated always as identity primary key,
  name         text not null check (length(name) between 1 and 80),
  description  text not null default '' check (length(description) <= 500),
  draft        jsonb not null,
  -- Counts the changes of the draft: who saves an older one is told, and overwrites nothing.
  revision     integer not null default 1,
  -- The version callers go through.
  published    integer,
  changed_at   timestamptz not null,
  changed_by   bigint references staff (id),
  created_at   timestamptz not null default now(),
  deleted_at   timestamptz
);
create unique index projects_name_key on projects (lower(name)) where deleted_at is null;

create table project_versions (
  project_id    bigint not null references projects (id),
  version       integer not null,
  flow          jsonb not null,
  -- The draft's revision it was made of.
  revision      integer not null,
  note          text not null default '' check (length(note) <= 500),
  published_at  timestamptz not null,
  published_by  bigint references staff (id),
  primary key (project_id, version)
);
alter table projects add foreign key (id, published) references project_versions (project_id, version);

-- One caller's way through a project. Written when it begins, when he is about to wait (so that it can go on after a
-- restart of ours), and when it is over.
create table project_runs (
  id          bigint generated always as identity primary key,
  project_id  bigint not null references projects (id),
  version     integer,
  -- The caller's channel and his call, as in the journal.
  channel_id  text not null,
  linked_id   text not null,
  caller      text not null,
  dialled     text not null,
  started_at  timestamptz not null,
  ended_at    timestamptz,
  ending      text,
  -- The block he stands in.
  block       text,
  steps       jsonb not null default '[]',
  variables   jsonb not null default '{}',
  check ((ended_at is null) = (ending is null))
);
create index project_runs_project on project_runs (project_id, started_at desc, id desc);
create index project_runs_channel on project_runs (channel_id);
create index project_runs_linked on project_runs (linked_id);

-- How often each exit was taken, by the hour.
create table project_exits (
  project_id  bigint not null references projects (id),
  hour        timestamptz not null,
  block       text not null,
  exit        text not null,
  taken       bigint not null,
  primary key (project_id, hour, block, exit)
);
