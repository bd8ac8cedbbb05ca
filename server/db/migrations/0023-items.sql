-- Items: work that waits for a person and is no call. Messages that callers left, and calls back they asked for.

create table items (
  id           bigint generated always as identity primary key,
  kind         text not null check (kind in ('voicemail', 'callback')),
  -- When the caller came.
  since        timestamptz not null,
  -- For a queue, or left for an agent, or both.
  queue_id     bigint references queues (id),
  owner_id     bigint references staff (id),
  -- The call it came from, and the number of whoever called; empty: not shown.
  linked_id    text not null,
  caller       text not null check (length(caller) <= 80),
  -- The number to call, as it is dialled, and as contacts have it; empty: none.
  number       text not null check (length(number) <= 80),
  canonical    text not null check (length(canonical) <= 80),
  wanted_at    timestamptz,
  state        text not null default 'open' check (state in ('open', 'taken', 'done')),
  taken_by     bigint references staff (id),
  taken_at     timestamptz,
  -- Null: the house ended it.
  done_by      bigint references staff (id),
  done_at      timestamptz,
  disposition  text[],
  contact_id   bigint references contacts (id),
  note         text check (length(note) <= 4000),
  check (queue_id is not null or owner_id is not null),
  check ((state = 'taken') = (taken_by is not null) and (taken_by is null) = (taken_at is null)),
  check ((state = 'done') = (done_at is not null) and (done_at is not null or done_by is null)),
  check (cardinality(disposition) between 1 and 3 and (state = 'done' or disposition is null))
);
create index items_since on items (since desc, id desc);
create index items_waiting on items (since, id) where state <> 'done';
create index items_queue on items (queue_id, since desc, id desc);
create index items_owner on items (owner_id, since desc, id desc) where owner_id is not null;
create index items_taken on items (taken_by) where taken_by is not null;
create index items_done on items (done_by, since desc, id desc) where done_by is not null;
create index items_linked on items (linked_id);
-- Who asked to be called waits once, however often he asks.
create unique index items_callback_once on items (canonical, coalesce(queue_id, 0), coalesce(owner_id, 0))
  where kind = 'callback' and state <> 'done';

-- Each time the caller was called on account of an item.
create table item_attempts (
  id       bigint generated always as identity primary key,
  item_id  bigint not null references items (id),
  at       timestamptz not null,
  -- Null: the house itself.
  by_id    bigint references staff (id),
  number   text not null
);
create index item_attempts_item on item_attempts (item_id, at);

-- What a caller said, locked as recordings are.
create table voicemails (
  item_id     bigint primary key references items (id),
  -- The name under which it was taken, by which it is kept once.
  source      text not null,
  length_ms   bigint not null check (length_ms >= 0),
  peaks       bytea not null,
  format      text not null check (format in ('mp3', 'wav')),
  bytes       bigint not null check (bytes >= 0),
  file        text not null,
  sha256      bytea not null,
  key_id      text not null,
  made_at     timestamptz not null,
  heard_by    bigint references staff (id),
  heard_at    timestamptz check ((heard_at is null) = (heard_by is null)),
  state       text not null default 'kept' check (state in ('kept', 'damaged', 'removing', 'removed')),
  removed_at  timestamptz,
  -- Null: its time was over.
  removed_by  bigint references staff (id),
  check ((removed_at is null) = (state in ('kept', 'damaged')))
);
create unique index voicemails_source_key on voicemails (source);
create index voicemails_kept on voicemails (made_at) where state in ('kept', 'damaged');
create index voicemails_removing on voicemails (item_id) where state = 'removing';

-- What was done with an item is read by its name.
create index audit_items on audit (subject, at) where subject like 'item %';
