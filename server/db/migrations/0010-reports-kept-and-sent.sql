-- What people keep of reports, and reports that go out by mail.

-- Two ways of writing one number end in the same digits: 055 123456, +39055123456, 0039055123456.
create function tail_of_number(number text) returns text language sql immutable parallel safe as $$
  select right(regexp_replace(number, '[^0-9]', '', 'g'), 9)
$$;
create index report_calls_caller on report_calls (tail_of_number(source), started_at) where type = 'inbound';
create index report_calls_called on report_calls (tail_of_number(destination), started_at) where type = 'outbound';
create index contact_numbers_tail on contact_numbers (tail_of_number(canonical));
-- Sessions and pauses are asked for by time, whoever's they are.
create index sessions_started on sessions (started_at desc, id desc);
create index pause_causes_started on pause_causes (started_at desc, id desc);
create index leases_started on leases (started_at desc, id desc);

-- Which columns somebody looks at, in his order.
create table report_layouts (
  staff_id  bigint not null references staff (id),
  report    text not null,
  columns   text[] not null,
  primary key (staff_id, report)
);

create table saved_filters (
  id          bigint generated always as identity primary key,
  owner_id    bigint not null references staff (id),
  report      text not null,
  name        text not null check (length(name) between 1 and 60),
  -- As it stands in the page's address.
  asked       jsonb not null,
  shared      boolean not null,
  created_at  timestamptz not null default now()
);
create unique index saved_filters_name_key on saved_filters (owner_id, report, lower(name));
create index saved_filters_shared on saved_filters (report) where shared;

create table deliveries (
  id          bigint generated always as identity primary key,
  owner_id    bigint not null references staff (id),
  report      text not null,
  asked       jsonb not null,
  period      text not null,
  format      text not null check (format in ('csv', 'xlsx')),
  rhythm      text not null check (rhythm in ('daily', 'weekly', 'monthly')),
  hour        smallint not null check (hour between 0 and 23),
  weekday     smallint not null check (weekday between 1 and 7),
  month_day   smallint not null check (month_day between 1 and 28),
  recipients  text[] not null check (cardinality(recipients) between 1 and 20),
  subject     text not null check (length(subject) between 1 and 120),
  enabled     boolean not null,
  -- For when it is to be sent next, and when that is tried; null while it is switched off.
  due_at      timestamptz,
  try_at      timestamptz check ((try_at is null) = (due_at is null)),
  failures    integer not null default 0,
  created_at  timestamptz not null default now(),
  deleted_at  timestamptz
);
create index deliveries_try on deliveries (try_at) where deleted_at is null and try_at is not null;

create table delivery_attempts (
  id           bigint generated always as identity primary key,
  delivery_id  bigint not null references deliveries (id),
  due_at       timestamptz not null,
  at           timestamptz not null,
  outcome      text not null check (outcome in ('sent', 'failed')),
  words        text check ((words is null) = (outcome = 'sent'))
);
create index delivery_attempts_delivery on delivery_attempts (delivery_id, id desc);

-- The house's way to send mail: one row, or none.
create table mail_settings (
  one              boolean primary key default true check (one),
  host             text not null,
  port             integer not null check (port between 1 and 65535),
  security         text not null check (security in ('none', 'starttls', 'tls')),
  sender           text not null,
  username         text,
  password_sealed  text
);
