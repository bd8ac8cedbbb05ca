-- Telephones: their model, and how they did when they were tried out.

-- Whose profile a telephone follows. Which there are is the program's matter: a new maker needs no migration.
alter table telephones add column model text check (length(model) between 1 and 40);

create table telephone_tests (
  id bigint generated always as identity primary key,
  telephone_id bigint not null references telephones (staff_id),
  started_by bigint not null references staff (id),
  started_at timestamptz not null,
  ended_at timestamptz,
  outcome text check (outcome in ('passed', 'failed', 'broken-off')),
  -- The steps as they were last written, in order.
  steps jsonb not null,
  check ((ended_at is null) = (outcome is null)),
  check (ended_at >= started_at)
);
-- One test at a time on one telephone.
create unique index telephone_tests_open on telephone_tests (telephone_id) where ended_at is null;
create index telephone_tests_newest on telephone_tests (telephone_id, id desc);

-- The last end on a telephone that was not a logout; most leases end well.
create index leases_unclean on leases (telephone_id, ended_at desc)
  where end_reason in ('disconnected', 'taken-over', 'released');
