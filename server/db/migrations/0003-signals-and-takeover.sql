-- Endings that wait for a call, the telephones' signal, and who asked for whose telephone.

-- Whose act ended the session, where it was another person's.
alter table sessions add column ended_by bigint references staff (id);

-- A session that ends with the call that is going on, and by whose wish.
create table session_endings (
  session_id  bigint primary key references sessions (id),
  event       text not null,
  asked_by    bigint references staff (id),
  asked_at    timestamptz not null
);

-- Whether the telephone of a lease can be reached and is answered. No row: it was so all the time.
create table phone_watches (
  lease_id       bigint primary key references leases (id),
  state          text not null check (state in ('there', 'doubtful', 'lost', 'returning')),
  why            text check (why in ('not-registered', 'unreachable', 'failed-calls')),
  -- Since when it is not simply there.
  lost_since     timestamptz,
  -- When the grace or the time of proving itself is over.
  due_at         timestamptz,
  -- How often it went lately, and when last.
  flaps          integer not null,
  flapped_at     timestamptz,
  failed_calls   integer not null,
  missed_calls   integer not null,
  -- Since when too many rings in a row were left unanswered.
  silent_since   timestamptz,
  check ((state = 'there') = (lost_since is null)),
  check ((lost_since is null) = (why is null)),
  check ((due_at is not null) = (state in ('doubtful', 'returning')))
);

-- An agent asks for a telephone that somebody holds. One open request a telephone, and one an asker.
create table takeover_requests (
  id                 bigint generated always as identity primary key,
  telephone_id       bigint not null references telephones (staff_id),
  holder_id          bigint not null references agents (staff_id),
  holder_session_id  bigint not null references sessions (id),
  asker_id           bigint not null references agents (staff_id),
  -- A desktop of the asker was there when he asked: he is seated only while one is.
  asker_watched      boolean not null,
  asked_at           timestamptz not null,
  expires_at         timestamptz not null,
  answer             text not null check (answer in ('waiting', 'when-call-ends', 'given', 'kept', 'expired')),
  -- The supervisor who decided it over the holder's head.
  forced_by          bigint references staff (id),
  closed_at          timestamptz,
  -- The asker has put the answer aside.
  seen_at            timestamptz,
  check (holder_id <> asker_id),
  check ((closed_at is null) = (answer in ('waiting', 'when-call-ends')))
);
create unique index takeover_requests_open_telephone on takeover_requests (telephone_id) where closed_at is null;
create unique index takeover_requests_open_asker on takeover_requests (asker_id) where closed_at is null;
create index takeover_requests_asker on takeover_requests (asker_id, id);
