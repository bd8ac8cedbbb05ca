-- What callers hear in a queue, and agents before a call of it. Seconds are counted as the telephone system counts them.

alter table queues
  -- no: not said; limit: only to those up to `announce_limit`; more: "more than" to those beyond it.
  add column announce_position text not null default 'no' check (announce_position in ('no', 'yes', 'limit', 'more')),
  add column announce_limit integer not null default 5 check (announce_limit between 1 and 100),
  -- How long it will take, once, where that is known.
  add column announce_wait boolean not null default false,
  add column announce_thanks boolean not null default false,
  -- So often while nothing changes, and not sooner than the second where the place does.
  add column announce_seconds integer not null default 60 check (announce_seconds between 15 and 3600),
  add column announce_least_seconds integer not null default 15 check (announce_least_seconds between 5 and 3600),
  add column periodic_prompt_id bigint references prompts (id),
  add column periodic_first_seconds integer not null default 30 check (periodic_first_seconds between 1 and 3600),
  add column periodic_seconds integer not null default 60 check (periodic_seconds between 10 and 3600),
  -- Instead of the house's music.
  add column music_prompt_id bigint references prompts (id),
  -- The queue's name, to whoever answers on a telephone before he is joined with the caller.
  add column announce_to_agent boolean not null default false;
