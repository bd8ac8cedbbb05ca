-- What projects need of other systems. Secrets are sealed with the instance's own key, which is not in the database.
create table house_secrets (
  id             bigint generated always as identity primary key,
  name           text not null check (name ~ '^[a-z][A-Za-z0-9_]{0,30}$'),
  -- What it is for: it stands in headers of requests, or says how a database is reached.
  purpose        text not null check (purpose in ('header', 'database')),
  secret_sealed  text not null,
  -- Hosts that it may be sent to; none: any.
  hosts          text[] not null default '{}',
  -- Where a database is and as whom, without the password.
  leads_to       text not null default ''
);
create unique index house_secrets_name_key on house_secrets (name);

-- Read-only queries of other databases, by their names.
create table data_queries (
  id               bigint generated always as identity primary key,
  name             text not null check (length(name) between 1 and 80),
  secret_id        bigint not null references house_secrets (id),
  sql              text not null,
  timeout_seconds  integer not null check (timeout_seconds between 1 and 30)
);
create unique index data_queries_name_key on data_queries (lower(name));

-- How short messages are sent: one row, or none.
create table sms_gateway (
  one      boolean primary key default true check (one),
  request  jsonb not null
);

-- A draft that its maker went through by telephone: looked at like any other, counted nowhere.
alter table project_runs add column trial boolean not null default false;
