-- When the house is open: weekly hours, and days that are otherwise.
create table calendars (
  id          bigint generated always as identity primary key,
  name        text not null check (length(name) between 1 and 60),
  -- Null: the house's.
  time_zone   text check (length(time_zone) <= 64),
  week        jsonb not null,
  exceptions  jsonb not null default '[]',
  created_at  timestamptz not null default now(),
  deleted_at  timestamptz
);
create unique index calendars_name_key on calendars (lower(name)) where deleted_at is null;

-- Trunks that stand in for the first one, and who alone may use a route; nobody named: everybody may.
alter table outbound_routes
  add column backup_trunk_ids  bigint[] not null default '{}',
  add column team_ids          bigint[] not null default '{}',
  add column agent_ids         bigint[] not null default '{}',
  add column telephone_ids     bigint[] not null default '{}';

-- Limits against the abuse of telephones. What is null is said more generally: a telephone's or an agent's row goes
-- before everybody's; a route's holds beside them.
create table call_limits (
  id               bigint generated always as identity primary key,
  of               text not null check (of in ('everybody', 'telephone', 'agent', 'route')),
  staff_id         bigint references staff (id),
  route_id         bigint references outbound_routes (id) on delete cascade,
  destinations     text[],
  calls_at_once    integer check (calls_at_once between 0 and 1000),
  minutes_per_day  integer check (minutes_per_day between 0 and 100000),
  -- Only while it is open; any_time: although everybody's says otherwise.
  calendar_id      bigint references calendars (id),
  any_time         boolean not null default false,
  created_at       timestamptz not null default now(),
  check ((of in ('telephone', 'agent')) = (staff_id is not null)),
  check ((of = 'route') = (route_id is not null)),
  check (not (any_time and calendar_id is not null))
);
create unique index call_limits_everybody_key on call_limits (of) where of = 'everybody';
create unique index call_limits_staff_key on call_limits (staff_id) where staff_id is not null;
create unique index call_limits_route_key on call_limits (route_id) where route_id is not null;

-- On from the start: neither abroad nor dear numbers, two calls at once, ten hours a day.
insert into call_limits (of, destinations, calls_at_once, minutes_per_day)
values ('everybody', '{national,mobile,special}', 2, 600);
