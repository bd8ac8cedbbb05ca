-- What callers hear: a prompt has a name and, for each language, a voice.

create table prompts (
  id          bigint generated always as identity primary key,
  name        text not null check (length(name) between 1 and 80),
  created_at  timestamptz not null default now()
);
create unique index prompts_name_key on prompts (lower(name));

create table prompt_voices (
  prompt_id   bigint not null references prompts (id) on delete cascade,
  language    text not null check (language in ('en', 'it', 'es', 'fr')),
  source      text not null check (source in ('file', 'text', 'telephone')),
  -- What is spoken, where it was written.
  text        text check (length(text) between 1 and 1000),
  file_name   text check (length(file_name) <= 200),
  length_ms   bigint not null check (length_ms > 0),
  -- The same sound twice, as WAV files of one channel and 16 bits: 16 kHz for telephones that can, 8 kHz for the others.
  wide        bytea not null,
  narrow      bytea not null,
  -- Of `wide`: the name under which it lies where the telephone system plays it.
  sha256      bytea not null check (length(sha256) = 32),
  made_at     timestamptz not null,
  made_by     bigint references staff (id),
  primary key (prompt_id, language)
);
-- Sound does not get smaller by being packed again.
alter table prompt_voices alter column wide set storage external;
alter table prompt_voices alter column narrow set storage external;
create index prompt_voices_sha256 on prompt_voices (sha256);
