-- Callers who asked to be called back: their stay in the queue is not lost.

alter table queue_visits add column asked_back boolean not null default false;

-- Who calls back: agents by hand, or the house, which keeps the caller's place in the queue.
alter table queues
  add column callbacks text not null default 'by-hand' check (callbacks in ('by-hand', 'by-itself')),
  add column callback_attempts integer not null default 3 check (callback_attempts between 1 and 10),
  add column callback_minutes integer not null default 30 check (callback_minutes between 1 and 1440),
  add column callback_calendar_id bigint references calendars (id);

-- Calls back that the house makes: one at a time for a request.
create table callback_calls (
  item_id    bigint primary key references items (id),
  -- The call that keeps the place or calls him; null: none.
  call_id    text,
  placed_at  timestamptz not null,
  -- Who took the place, and has the item by that.
  taker_id   bigint references staff (id),
  -- Calls that did not reach him.
  tries      integer not null default 0 check (tries >= 0),
  -- Not before then.
  due_at     timestamptz not null,
  check (call_id is not null or taker_id is null)
);
create unique index callback_calls_call on callback_calls (call_id);
