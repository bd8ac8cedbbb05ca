-- What an agent is to a telephone: the voice that speaks to him, the number he shows outside, and where calls to his
-- internal number go while he holds no telephone.
alter table agents
  add column language     text check (language in ('en', 'it', 'es', 'fr')),
  add column caller_id    text check (caller_id ~ '^\+?[0-9]{1,20}$'),
  add column when_away    text not null default 'busy' check (when_away in ('busy', 'number')),
  add column away_number  text check (away_number ~ '^\+?[0-9]{1,20}$'),
  add constraint agents_away_check check (when_away = 'busy' or away_number is not null);

-- The key that stands for a break reason on a telephone.
alter table pause_reasons add column digit smallint check (digit between 0 and 9);
create unique index pause_reasons_digit_key on pause_reasons (digit) where deleted_at is null;

-- Wrong PINs in a row, by the number that was given, whether anybody has it or not: so that a lock tells nobody who is
-- there. A row leaves with the right PIN, by an administrator's hand, or when its time is over.
create table pin_attempts (
  number        text primary key check (number ~ '^[0-9]{1,20}$'),
  failures      integer not null check (failures >= 0),
  last_at       timestamptz not null,
  locked_until  timestamptz
);
