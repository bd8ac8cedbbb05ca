-- Recordings of calls: which are made, where they lie, who said what of them.

-- So many of a hundred calls are recorded: 0 none, 100 all.
alter table queues add column record_percent integer not null default 0 check (record_percent between 0 and 100);
-- Null: as long as the house keeps recordings.
alter table queues add column recording_days integer check (recording_days between 1 and 3650);
-- Null: as the queue says.
alter table inbound_routes add column record_percent integer check (record_percent between 0 and 100);
alter table outbound_routes add column record_percent integer not null default 0
  check (record_percent between 0 and 100);

create table recordings (
  id          bigint generated always as identity primary key,
  -- The name under which it was recorded: `<linked id>_<channel>_<q5 or out>_<take>`.
  source      text not null,
  linked_id   text not null,
  channel_id  text not null,
  queue_id    bigint references queues (id),
  started_at  timestamptz not null,
  ended_at    timestamptz not null,
  length_ms   bigint not null check (length_ms >= 0),
  -- Stretches of the call that follow each other in the recording: when each began, and where it stands.
  parts       jsonb not null,
  -- How loud the two sides are, one byte each, from the beginning to the end.
  peaks       bytea not null,
  format      text not null check (format in ('mp3', 'wav')),
  -- As it is played; the file is a little longer.
  bytes       bigint not null check (bytes >= 0),
  -- Under the folder of recordings.
  file        text not null,
  -- Of the file as it lies there.
  sha256      bytea not null,
  key_id      text not null,
  state       text not null default 'kept' check (state in ('kept', 'damaged', 'removing', 'removed')),
  removed_at  timestamptz,
  -- Null: its time was over.
  removed_by  bigint references staff (id),
  check ((removed_at is null) = (state in ('kept', 'damaged')))
);
create unique index recordings_source_key on recordings (source);
create index recordings_linked on recordings (linked_id);
create index recordings_started on recordings (started_at desc, id desc);
create index recordings_queue on recordings (queue_id, started_at desc, id desc);
create index recordings_removing on recordings (id) where state = 'removing';
-- What retention looks at: only what is still there.
create index recordings_kept on recordings (started_at) where state in ('kept', 'damaged');

-- While somebody says the number of a card. It stands before the recording does, so it goes by its name.
create table recording_pauses (
  id          bigint generated always as identity primary key,
  source      text not null,
  leg_id      text not null,
  paused_at   timestamptz not null,
  paused_by   bigint not null references staff (id),
  resumed_at  timestamptz check (resumed_at >= paused_at),
  resumed_by  bigint references staff (id)
);
create unique index recording_pauses_open on recording_pauses (source) where resumed_at is null;
create index recording_pauses_source on recording_pauses (source);

create table recording_ratings (
  recording_id  bigint not null references recordings (id),
  author_id     bigint not null references staff (id),
  rating        integer not null check (rating between 1 and 5),
  at            timestamptz not null,
  primary key (recording_id, author_id)
);

create table recording_comments (
  id            bigint generated always as identity primary key,
  recording_id  bigint not null references recordings (id),
  author_id     bigint not null references staff (id),
  at            timestamptz not null,
  -- Where it stands in the recording; null: of all of it.
  place_ms      bigint check (place_ms >= 0),
  text          text not null check (length(text) between 1 and 2000)
);
create index recording_comments_recording on recording_comments (recording_id);
