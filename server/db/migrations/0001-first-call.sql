-- People, telephones, queues, sessions, leases, the journal and the rows folded from it.
-- Exclusivity (one phone one agent, one agent one session) is decided here and nowhere else.

create extension if not exists btree_gist;

-- Staff: one id space and one pool of internal numbers for people and telephones.
create table staff (
  id          bigint generated always as identity primary key,
  kind        text not null check (kind in ('admin', 'supervisor', 'agent', 'telephone')),
  full_name   text not null check (length(full_name) between 1 and 120),
  username    text not null check (length(username) between 1 and 64),
  internal    text check (internal ~ '^[0-9]{2,8}$'),
  enabled     boolean not null default true,
  created_at  timestamptz not null default now(),
  updated_at  timestamptz not null default now(),
  deleted_at  timestamptz,
  unique (id, kind)
);
-- A deleted member keeps his rows for the reports; his names are free again.
create unique index staff_username_key on staff (lower(username)) where deleted_at is null;
create unique index staff_internal_key on staff (internal) where deleted_at is null and internal is not null;

-- What a person signs in with.
create table accounts (
  staff_id       bigint primary key references staff (id),
  password_hash  text not null,
  email          text check (length(email) <= 254)
);

create table agents (
  staff_id       bigint primary key,
  kind           text not null default 'agent' check (kind = 'agent'),
  typology       text not null check (typology in ('external', 'remote')),
  hotdesk        boolean not null default false,
  pin_hash       text,
  remote_number  text,
  foreign key (staff_id, kind) references staff (id, kind),
  check (not hotdesk or typology = 'external')
);

create table telephones (
  staff_id        bigint primary key,
  kind            text not null default 'telephone' check (kind = 'telephone'),
  place           text check (length(place) <= 80),
  owner_agent_id  bigint references agents (staff_id),
  -- HA1 digests of the device's secret (RFC 7616): the secret itself is never kept.
  ha1_md5         text not null,
  ha1_sha256      text not null,
  foreign key (staff_id, kind) references staff (id, kind)
);
create index telephones_owner on telephones (owner_agent_id) where owner_agent_id is not null;

-- Browser sign-ins and programs' tokens; only the hash of the secret is kept.
create table sign_ins (
  token_hash    bytea primary key,
  staff_id      bigint not null references staff (id),
  created_at    timestamptz not null default now(),
  last_seen_at  timestamptz not null default now(),
  expires_at    timestamptz not null
);
create index sign_ins_staff on sign_ins (staff_id);

create table queues (
  id                     bigint generated always as identity primary key,
  name                   text not null check (length(name) between 1 and 80),
  strategy               text not null,
  ring_seconds           integer not null check (ring_seconds between 5 and 300),
  wrap_up_seconds        integer not null check (wrap_up_seconds between 0 and 3600),
  mandatory_disposition  boolean not null,
  max_wait_seconds       integer not null check (max_wait_seconds between 5 and 86400),
  created_at             timestamptz not null default now(),
  deleted_at             timestamptz
);
create unique index queues_name_key on queues (lower(name)) where deleted_at is null;

create table queue_agents (
  queue_id  bigint not null references queues (id),
  agent_id  bigint not null references agents (staff_id),
  primary key (queue_id, agent_id)
);
create index queue_agents_agent on queue_agents (agent_id);

create table pause_reasons (
  id          bigint generated always as identity primary key,
  name        text not null check (length(name) between 1 and 60),
  created_at  timestamptz not null default now(),
  deleted_at  timestamptz
);
create unique index pause_reasons_name_key on pause_reasons (lower(name)) where deleted_at is null;

create table dispositions (
  id          bigint generated always as identity primary key,
  name        text not null check (length(name) between 1 and 60),
  parent_id   bigint references dispositions (id),
  level       smallint not null check (level between 1 and 3),
  created_at  timestamptz not null default now(),
  deleted_at  timestamptz,
  check ((parent_id is null) = (level = 1))
);
create unique index dispositions_name_key on dispositions (coalesce(parent_id, 0), lower(name)) where deleted_at is null;

create table trunks (
  id               bigint generated always as identity primary key,
  name             text not null check (length(name) between 1 and 60),
  host             text not null,
  port             integer not null default 5060 check (port between 1 and 65535),
  match            text[] not null default '{}',
  username         text,
  -- Sealed with the instance's key: a provider's secret has to be spoken again, so it cannot be a hash.
  password_sealed  text,
  created_at       timestamptz not null default now(),
  deleted_at       timestamptz
);
create unique index trunks_name_key on trunks (lower(name)) where deleted_at is null;

create table inbound_routes (
  id          bigint generated always as identity primary key,
  number      text not null check (number ~ '^\+?[0-9]{1,20}$'),
  actions     jsonb not null,
  created_at  timestamptz not null default now()
);
create unique index inbound_routes_number_key on inbound_routes (number);

create table outbound_routes (
  id            bigint generated always as identity primary key,
  name          text not null check (length(name) between 1 and 60),
  pattern       text not null check (pattern ~ '^\+?[0-9XZN]+\.?$'),
  trunk_id      bigint not null references trunks (id),
  strip_digits  integer not null default 0 check (strip_digits between 0 and 20),
  prefix        text check (length(prefix) <= 60),
  caller_id     text check (caller_id ~ '^\+?[0-9]{1,20}$'),
  created_at    timestamptz not null default now()
);
create unique index outbound_routes_name_key on outbound_routes (lower(name));
create unique index outbound_routes_pattern_key on outbound_routes (pattern);

create table contact_lists (
  id          bigint generated always as identity primary key,
  name        text not null check (length(name) between 1 and 80),
  created_at  timestamptz not null default now(),
  deleted_at  timestamptz
);
create unique index contact_lists_name_key on contact_lists (lower(name)) where deleted_at is null;

create table contacts (
  id          bigint generated always as identity primary key,
  list_id     bigint not null references contact_lists (id),
  full_name   text not null check (length(full_name) between 1 and 120),
  company     text check (length(company) <= 120),
  email       text check (length(email) <= 254),
  note        text check (length(note) <= 4000),
  created_at  timestamptz not null default now(),
  updated_at  timestamptz not null default now(),
  deleted_at  timestamptz
);
create table contact_numbers (
  contact_id  bigint not null references contacts (id) on delete cascade,
  -- As typed, and as searched: E.164 where it can be told, else the bare digits.
  number      text not null check (length(number) between 1 and 40),
  canonical   text not null,
  primary key (contact_id, canonical)
);
create index contact_numbers_canonical on contact_numbers (canonical);

create table settings (
  key    text primary key,
  value  jsonb not null
);

create table audit (
  id        bigint generated always as identity primary key,
  at        timestamptz not null default now(),
  actor_id  bigint references staff (id),
  action    text not null,
  subject   text not null,
  facts     jsonb not null default '{}'
);
create index audit_at on audit (at);

-- Working periods. At most one open per agent, and none overlaps another.
create table sessions (
  id                bigint generated always as identity primary key,
  agent_id          bigint not null references agents (staff_id),
  started_at        timestamptz not null,
  ended_at          timestamptz,
  end_reason        text,
  -- Since when a desktop is known to this session; null for programs and keypads, which never go unattended.
  desktop_seen_at   timestamptz,
  -- Since when no desktop of the agent is connected, although one was: he did not log out.
  unattended_since  timestamptz,
  check ((ended_at is null) = (end_reason is null)),
  check (ended_at >= started_at),
  exclude using gist (agent_id with =, tstzrange(started_at, ended_at) with &&)
);
create unique index sessions_open on sessions (agent_id) where ended_at is null;
create index sessions_agent on sessions (agent_id, started_at);

-- The exclusive hold of one telephone by one session. Never deleted.
create table leases (
  id            bigint generated always as identity primary key,
  session_id    bigint not null references sessions (id),
  agent_id      bigint not null references agents (staff_id),
  telephone_id  bigint not null references telephones (staff_id),
  started_at    timestamptz not null,
  ended_at      timestamptz,
  end_reason    text,
  check ((ended_at is null) = (end_reason is null)),
  check (ended_at >= started_at),
  exclude using gist (telephone_id with =, tstzrange(started_at, ended_at) with &&),
  exclude using gist (agent_id with =, tstzrange(started_at, ended_at) with &&)
);
create unique index leases_open_telephone on leases (telephone_id) where ended_at is null;
create unique index leases_open_agent on leases (agent_id) where ended_at is null;
create index leases_session on leases (session_id);

-- Why an agent is offered nothing. He is ready when no row of his session is open.
create table pause_causes (
  id          bigint generated always as identity primary key,
  session_id  bigint not null references sessions (id),
  cause       text not null check (cause in ('break', 'wrap-up', 'phone-lost', 'supervisor', 'capacity', 'login-in-pause')),
  reason      text,
  started_at  timestamptz not null,
  -- When the cause is to end by itself (wrap-up).
  due_at      timestamptz,
  ended_at    timestamptz,
  check (ended_at >= started_at)
);
create unique index pause_causes_open on pause_causes (session_id, cause) where ended_at is null;
create index pause_causes_session on pause_causes (session_id);

-- The journal: what Asterisk wrote, line by line, and how far we have read.
create table journal_checkpoints (
  node       text not null,
  file_id    text not null,
  next_byte  bigint not null,
  read_at    timestamptz not null default now(),
  primary key (node, file_id)
);
create table journal_lines (
  node       text not null,
  file_id    text not null,
  byte       bigint not null,
  linked_id  text not null,
  at         timestamptz not null,
  line       jsonb not null,
  primary key (node, file_id, byte)
);
create index journal_lines_linked on journal_lines (linked_id);
create table journal_damage (
  node     text not null,
  file_id  text not null,
  byte     bigint not null,
  text     text not null,
  why      text not null,
  seen_at  timestamptz not null default now(),
  primary key (node, file_id, byte)
);

-- One call: everything that shares a linked id.
create table calls (
  linked_id     text primary key,
  node          text not null,
  type          text not null check (type in ('inbound', 'outbound', 'internal')),
  started_at    timestamptz not null,
  ended_at      timestamptz,
  end_reason    text
);
create index calls_open on calls (started_at) where ended_at is null;

-- One telephone's part of a call, answered or not. leg_id is Asterisk's unique id of the telephone's channel.
create table legs (
  leg_id        text primary key,
  linked_id     text not null references calls (linked_id) on delete cascade,
  telephone_id  bigint references telephones (staff_id),
  endpoint      text not null,
  direction     text not null check (direction in ('to-telephone', 'from-telephone')),
  queue_id      bigint references queues (id),
  rang_at       timestamptz not null,
  answered_at   timestamptz,
  ended_at      timestamptz
);
create index legs_linked on legs (linked_id);
create index legs_telephone on legs (telephone_id, rang_at);

-- A caller's stay in a queue.
create table queue_visits (
  id          text primary key,
  linked_id   text not null references calls (linked_id) on delete cascade,
  queue_id    bigint references queues (id),
  entered_at  timestamptz not null,
  left_at     timestamptz,
  outcome     text check (outcome in ('answered', 'abandoned', 'timeout', 'other'))
);
create index queue_visits_linked on queue_visits (linked_id);
create index queue_visits_queue on queue_visits (queue_id, entered_at);

-- What the agent chose, kept apart from what the journal says, so that a refold never touches it.
create table leg_dispositions (
  leg_id       text primary key,
  agent_id     bigint not null references agents (staff_id),
  level1       text not null,
  level2       text,
  level3       text,
  contact_id   bigint references contacts (id),
  note         text check (length(note) <= 4000),
  disposed_at  timestamptz not null,
  disposed_by  bigint not null references staff (id)
);

-- Report Call: one user's handling of a call, or the call itself where nobody answered.
create table report_calls (
  id               text primary key,
  leg_id           text,
  linked_id        text not null references calls (linked_id) on delete cascade,
  type             text not null check (type in ('inbound', 'outbound', 'internal')),
  source           text not null,
  destination      text not null,
  caller_id        text not null,
  started_at       timestamptz not null,
  rang_at          timestamptz,
  answered_at      timestamptz,
  ended_at         timestamptz,
  duration_ms      bigint,
  billable_ms      bigint,
  hold_ms          bigint,
  disposition      text not null check (disposition in ('ANSWERED', 'NO ANSWER', 'BUSY', 'FAILED')),
  telephone_id     bigint references telephones (staff_id),
  owner_agent_id   bigint references agents (staff_id),
  seated_agent_id  bigint references agents (staff_id),
  disposed_agent_id bigint references agents (staff_id),
  user_id          bigint references staff (id),
  queue_id         bigint references queues (id),
  account_code     text,
  prefix           text,
  ended_by         text
);
create index report_calls_started on report_calls (started_at desc, id desc);
create index report_calls_linked on report_calls (linked_id);
create index report_calls_user on report_calls (user_id, started_at desc);
create index report_calls_seated on report_calls (seated_agent_id, started_at desc);
create index report_calls_to_dispose on report_calls (seated_agent_id, started_at)
  where disposed_agent_id is null and answered_at is not null;
create index report_calls_source on report_calls (source);
