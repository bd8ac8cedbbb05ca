-- What reconciling found otherwise than it should be, and whether it could be put right.
create table repairs (
  id          bigint generated always as identity primary key,
  at          timestamptz not null,
  -- What made us look: a start, a new link to the telephone system, or the regular round.
  round       text not null check (round in ('start', 'link', 'regular')),
  -- What is kept true: "members", "leases" …
  comparer    text not null,
  -- Which difference it is; the same one that comes back has the same.
  difference  text not null,
  words       text not null,
  agent_id    bigint references agents (staff_id),
  -- Null: it was put right. Else why not.
  refused     text
);
create index repairs_at on repairs (at desc, id desc);
create index repairs_difference on repairs (difference, at);

-- What people have to know and nobody was told by a screen: it stands until somebody has taken note.
create table alarms (
  id               bigint generated always as identity primary key,
  -- What it is about; there is one open alarm of each.
  subject          text not null,
  kind             text not null,
  words            text not null,
  times            integer not null,
  raised_at        timestamptz not null,
  last_at          timestamptz not null,
  acknowledged_at  timestamptz,
  acknowledged_by  bigint references staff (id),
  check ((acknowledged_at is null) = (acknowledged_by is null))
);
create unique index alarms_open on alarms (subject) where acknowledged_at is null;
