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
