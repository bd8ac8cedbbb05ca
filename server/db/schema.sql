-- What the migrations make, read from the catalogue. Written by the tests: npx vitest run --project store -u schema

create extension btree_gist;
create extension pg_trgm;

create table accounts (
  staff_id bigint not null,
  password_hash text not null,
  email text,
  constraint accounts_pkey PRIMARY KEY (staff_id),
  constraint accounts_email_check CHECK ((length(email) <= 254)),
  constraint accounts_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff(id)
);

create table agents (
  staff_id bigint not null,
  kind text default 'agent'::text not null,
  typology text not null,
  hotdesk boolean default false not null,
  pin_hash text,
  remote_number text,
  language text,
  caller_id text,
  when_away text default 'busy'::text not null,
  away_number text,
  team_id bigint,
  remote_allowed boolean default false not null,
  accept_by_key boolean default true not null,
  calling_number_allowed boolean default false not null,
  constraint agents_pkey PRIMARY KEY (staff_id),
  constraint agents_away_check CHECK (((when_away = 'busy'::text) OR (away_number IS NOT NULL))),
  constraint agents_away_number_check CHECK ((away_number ~ '^\+?[0-9]{1,20}$'::text)),
  constraint agents_caller_id_check CHECK ((caller_id ~ '^\+?[0-9]{1,20}$'::text)),
  constraint agents_check CHECK (((NOT hotdesk) OR (typology = 'external'::text))),
  constraint agents_kind_check CHECK ((kind = 'agent'::text)),
  constraint agents_language_check CHECK ((language = ANY (ARRAY['en'::text, 'it'::text, 'es'::text, 'fr'::text]))),
  constraint agents_typology_check CHECK ((typology = ANY (ARRAY['external'::text, 'remote'::text]))),
  constraint agents_when_away_check CHECK ((when_away = ANY (ARRAY['busy'::text, 'number'::text]))),
  constraint agents_staff_id_kind_fkey FOREIGN KEY (staff_id, kind) REFERENCES staff(id, kind),
  constraint agents_team_id_fkey FOREIGN KEY (team_id) REFERENCES teams(id)
);
CREATE INDEX agents_team ON public.agents USING btree (team_id) WHERE (team_id IS NOT NULL);

create table alarms (
  id bigint generated always as identity not null,
  subject text not null,
  kind text not null,
  words text not null,
  times integer not null,
  raised_at timestamp with time zone not null,
  last_at timestamp with time zone not null,
  acknowledged_at timestamp with time zone,
  acknowledged_by bigint,
  constraint alarms_pkey PRIMARY KEY (id),
  constraint alarms_check CHECK (((acknowledged_at IS NULL) = (acknowledged_by IS NULL))),
  constraint alarms_acknowledged_by_fkey FOREIGN KEY (acknowledged_by) REFERENCES staff(id)
);
CREATE UNIQUE INDEX alarms_open ON public.alarms USING btree (subject) WHERE (acknowledged_at IS NULL);

create table audit (
  id bigint generated always as identity not null,
  at timestamp with time zone default now() not null,
  actor_id bigint,
  action text not null,
  subject text not null,
  facts jsonb default '{}'::jsonb not null,
  constraint audit_pkey PRIMARY KEY (id),
  constraint audit_actor_id_fkey FOREIGN KEY (actor_id) REFERENCES staff(id)
);
CREATE INDEX audit_at ON public.audit USING btree (at);
CREATE INDEX audit_dispositions ON public.audit USING btree (subject, at) WHERE (action = 'call.dispose'::text);
CREATE INDEX audit_items ON public.audit USING btree (subject, at) WHERE (subject ~~ 'item %'::text);

create table balance_runs (
  day date not null,
  checked_at timestamp with time zone not null,
  compared bigint not null,
  off bigint not null,
  checks jsonb not null,
  constraint balance_runs_pkey PRIMARY KEY (day)
);

create table calendars (
  id bigint generated always as identity not null,
  name text not null,
  time_zone text,
  week jsonb not null,
  exceptions jsonb default '[]'::jsonb not null,
  created_at timestamp with time zone default now() not null,
  deleted_at timestamp with time zone,
  constraint calendars_pkey PRIMARY KEY (id),
  constraint calendars_name_check CHECK (((length(name) >= 1) AND (length(name) <= 60))),
  constraint calendars_time_zone_check CHECK ((length(time_zone) <= 64))
);
CREATE UNIQUE INDEX calendars_name_key ON public.calendars USING btree (lower(name)) WHERE (deleted_at IS NULL);

create table call_limits (
  id bigint generated always as identity not null,
  of text not null,
  staff_id bigint,
  route_id bigint,
  destinations text[],
  calls_at_once integer,
  minutes_per_day integer,
  calendar_id bigint,
  any_time boolean default false not null,
  created_at timestamp with time zone default now() not null,
  constraint call_limits_pkey PRIMARY KEY (id),
  constraint call_limits_calls_at_once_check CHECK (((calls_at_once >= 0) AND (calls_at_once <= 1000))),
  constraint call_limits_check CHECK (((of = ANY (ARRAY['telephone'::text, 'agent'::text])) = (staff_id IS NOT NULL))),
  constraint call_limits_check1 CHECK (((of = 'route'::text) = (route_id IS NOT NULL))),
  constraint call_limits_check2 CHECK ((NOT (any_time AND (calendar_id IS NOT NULL)))),
  constraint call_limits_minutes_per_day_check CHECK (((minutes_per_day >= 0) AND (minutes_per_day <= 100000))),
  constraint call_limits_of_check CHECK ((of = ANY (ARRAY['everybody'::text, 'telephone'::text, 'agent'::text, 'route'::text]))),
  constraint call_limits_calendar_id_fkey FOREIGN KEY (calendar_id) REFERENCES calendars(id),
  constraint call_limits_route_id_fkey FOREIGN KEY (route_id) REFERENCES outbound_routes(id) ON DELETE CASCADE,
  constraint call_limits_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff(id)
);
CREATE UNIQUE INDEX call_limits_everybody_key ON public.call_limits USING btree (of) WHERE (of = 'everybody'::text);
CREATE UNIQUE INDEX call_limits_route_key ON public.call_limits USING btree (route_id) WHERE (route_id IS NOT NULL);
CREATE UNIQUE INDEX call_limits_staff_key ON public.call_limits USING btree (staff_id) WHERE (staff_id IS NOT NULL);

create table call_months (
  month date not null,
  first_at timestamp with time zone,
  last_at timestamp with time zone,
  calls_archived_at timestamp with time zone,
  journal_archived_at timestamp with time zone,
  constraint call_months_pkey PRIMARY KEY (month),
  constraint call_months_check CHECK (((first_at IS NULL) = (last_at IS NULL))),
  constraint call_months_month_check CHECK ((month = date_trunc('month'::text, (month)::timestamp with time zone)))
);

create table callback_calls (
  item_id bigint not null,
  call_id text,
  placed_at timestamp with time zone not null,
  taker_id bigint,
  tries integer default 0 not null,
  due_at timestamp with time zone not null,
  constraint callback_calls_pkey PRIMARY KEY (item_id),
  constraint callback_calls_check CHECK (((call_id IS NOT NULL) OR (taker_id IS NULL))),
  constraint callback_calls_tries_check CHECK ((tries >= 0)),
  constraint callback_calls_item_id_fkey FOREIGN KEY (item_id) REFERENCES items(id),
  constraint callback_calls_taker_id_fkey FOREIGN KEY (taker_id) REFERENCES staff(id)
);
CREATE UNIQUE INDEX callback_calls_call ON public.callback_calls USING btree (call_id);

create table calls (
  linked_id text not null,
  call_at timestamp with time zone not null,
  node text not null,
  type text not null,
  started_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  end_reason text,
  constraint calls_pkey PRIMARY KEY (linked_id, call_at),
  constraint calls_type_check CHECK ((type = ANY (ARRAY['inbound'::text, 'outbound'::text, 'internal'::text])))
) partition by RANGE (call_at);
CREATE INDEX calls_open ON ONLY public.calls USING btree (started_at) WHERE (ended_at IS NULL);

create table contact_lists (
  id bigint generated always as identity not null,
  name text not null,
  created_at timestamp with time zone default now() not null,
  deleted_at timestamp with time zone,
  constraint contact_lists_pkey PRIMARY KEY (id),
  constraint contact_lists_name_check CHECK (((length(name) >= 1) AND (length(name) <= 80)))
);
CREATE UNIQUE INDEX contact_lists_name_key ON public.contact_lists USING btree (lower(name)) WHERE (deleted_at IS NULL);

create table contact_numbers (
  contact_id bigint not null,
  number text not null,
  canonical text not null,
  constraint contact_numbers_pkey PRIMARY KEY (contact_id, canonical),
  constraint contact_numbers_number_check CHECK (((length(number) >= 1) AND (length(number) <= 40))),
  constraint contact_numbers_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES contacts(id) ON DELETE CASCADE
);
CREATE INDEX contact_numbers_canonical ON public.contact_numbers USING btree (canonical);
CREATE INDEX contact_numbers_tail ON public.contact_numbers USING btree (tail_of_number(canonical));

create table contacts (
  id bigint generated always as identity not null,
  list_id bigint not null,
  full_name text not null,
  company text,
  email text,
  note text,
  created_at timestamp with time zone default now() not null,
  updated_at timestamp with time zone default now() not null,
  deleted_at timestamp with time zone,
  constraint contacts_pkey PRIMARY KEY (id),
  constraint contacts_company_check CHECK ((length(company) <= 120)),
  constraint contacts_email_check CHECK ((length(email) <= 254)),
  constraint contacts_full_name_check CHECK (((length(full_name) >= 1) AND (length(full_name) <= 120))),
  constraint contacts_note_check CHECK ((length(note) <= 4000)),
  constraint contacts_list_id_fkey FOREIGN KEY (list_id) REFERENCES contact_lists(id)
);

create table data_queries (
  id bigint generated always as identity not null,
  name text not null,
  secret_id bigint not null,
  sql text not null,
  timeout_seconds integer not null,
  constraint data_queries_pkey PRIMARY KEY (id),
  constraint data_queries_name_check CHECK (((length(name) >= 1) AND (length(name) <= 80))),
  constraint data_queries_timeout_seconds_check CHECK (((timeout_seconds >= 1) AND (timeout_seconds <= 30))),
  constraint data_queries_secret_id_fkey FOREIGN KEY (secret_id) REFERENCES house_secrets(id)
);
CREATE UNIQUE INDEX data_queries_name_key ON public.data_queries USING btree (lower(name));

create table deliveries (
  id bigint generated always as identity not null,
  owner_id bigint not null,
  report text not null,
  asked jsonb not null,
  period text not null,
  format text not null,
  rhythm text not null,
  hour smallint not null,
  weekday smallint not null,
  month_day smallint not null,
  recipients text[] not null,
  subject text not null,
  enabled boolean not null,
  due_at timestamp with time zone,
  try_at timestamp with time zone,
  failures integer default 0 not null,
  created_at timestamp with time zone default now() not null,
  deleted_at timestamp with time zone,
  constraint deliveries_pkey PRIMARY KEY (id),
  constraint deliveries_check CHECK (((try_at IS NULL) = (due_at IS NULL))),
  constraint deliveries_format_check CHECK ((format = ANY (ARRAY['csv'::text, 'xlsx'::text]))),
  constraint deliveries_hour_check CHECK (((hour >= 0) AND (hour <= 23))),
  constraint deliveries_month_day_check CHECK (((month_day >= 1) AND (month_day <= 28))),
  constraint deliveries_recipients_check CHECK (((cardinality(recipients) >= 1) AND (cardinality(recipients) <= 20))),
  constraint deliveries_rhythm_check CHECK ((rhythm = ANY (ARRAY['daily'::text, 'weekly'::text, 'monthly'::text]))),
  constraint deliveries_subject_check CHECK (((length(subject) >= 1) AND (length(subject) <= 120))),
  constraint deliveries_weekday_check CHECK (((weekday >= 1) AND (weekday <= 7))),
  constraint deliveries_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES staff(id)
);
CREATE INDEX deliveries_try ON public.deliveries USING btree (try_at) WHERE ((deleted_at IS NULL) AND (try_at IS NOT NULL));

create table delivery_attempts (
  id bigint generated always as identity not null,
  delivery_id bigint not null,
  due_at timestamp with time zone not null,
  at timestamp with time zone not null,
  outcome text not null,
  words text,
  constraint delivery_attempts_pkey PRIMARY KEY (id),
  constraint delivery_attempts_check CHECK (((words IS NULL) = (outcome = 'sent'::text))),
  constraint delivery_attempts_outcome_check CHECK ((outcome = ANY (ARRAY['sent'::text, 'failed'::text]))),
  constraint delivery_attempts_delivery_id_fkey FOREIGN KEY (delivery_id) REFERENCES deliveries(id)
);
CREATE INDEX delivery_attempts_delivery ON public.delivery_attempts USING btree (delivery_id, id DESC);

create table desktop_losses (
  id bigint generated always as identity not null,
  session_id bigint not null,
  lost_at timestamp with time zone not null,
  back_at timestamp with time zone,
  constraint desktop_losses_pkey PRIMARY KEY (id),
  constraint desktop_losses_check CHECK ((back_at >= lost_at)),
  constraint desktop_losses_session_id_fkey FOREIGN KEY (session_id) REFERENCES sessions(id)
);
CREATE UNIQUE INDEX desktop_losses_open ON public.desktop_losses USING btree (session_id) WHERE (back_at IS NULL);
CREATE INDEX desktop_losses_session ON public.desktop_losses USING btree (session_id);

create table dispositions (
  id bigint generated always as identity not null,
  name text not null,
  parent_id bigint,
  level smallint not null,
  created_at timestamp with time zone default now() not null,
  deleted_at timestamp with time zone,
  constraint dispositions_pkey PRIMARY KEY (id),
  constraint dispositions_check CHECK (((parent_id IS NULL) = (level = 1))),
  constraint dispositions_level_check CHECK (((level >= 1) AND (level <= 3))),
  constraint dispositions_name_check CHECK (((length(name) >= 1) AND (length(name) <= 60))),
  constraint dispositions_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES dispositions(id)
);
CREATE UNIQUE INDEX dispositions_name_key ON public.dispositions USING btree (COALESCE(parent_id, (0)::bigint), lower(name)) WHERE (deleted_at IS NULL);

create table house_secrets (
  id bigint generated always as identity not null,
  name text not null,
  purpose text not null,
  secret_sealed text not null,
  hosts text[] default '{}'::text[] not null,
  leads_to text default ''::text not null,
  constraint house_secrets_pkey PRIMARY KEY (id),
  constraint house_secrets_name_check CHECK ((name ~ '^[a-z][A-Za-z0-9_]{0,30}$'::text)),
  constraint house_secrets_purpose_check CHECK ((purpose = ANY (ARRAY['header'::text, 'database'::text])))
);
CREATE UNIQUE INDEX house_secrets_name_key ON public.house_secrets USING btree (name);

create table inbound_routes (
  id bigint generated always as identity not null,
  number text not null,
  actions jsonb not null,
  created_at timestamp with time zone default now() not null,
  record_percent integer,
  constraint inbound_routes_pkey PRIMARY KEY (id),
  constraint inbound_routes_number_check CHECK ((number ~ '^\+?[0-9]{1,20}$'::text)),
  constraint inbound_routes_record_percent_check CHECK (((record_percent >= 0) AND (record_percent <= 100)))
);
CREATE UNIQUE INDEX inbound_routes_number_key ON public.inbound_routes USING btree (number);

create table item_attempts (
  id bigint generated always as identity not null,
  item_id bigint not null,
  at timestamp with time zone not null,
  by_id bigint,
  number text not null,
  constraint item_attempts_pkey PRIMARY KEY (id),
  constraint item_attempts_by_id_fkey FOREIGN KEY (by_id) REFERENCES staff(id),
  constraint item_attempts_item_id_fkey FOREIGN KEY (item_id) REFERENCES items(id)
);
CREATE INDEX item_attempts_item ON public.item_attempts USING btree (item_id, at);

create table items (
  id bigint generated always as identity not null,
  kind text not null,
  since timestamp with time zone not null,
  queue_id bigint,
  owner_id bigint,
  linked_id text not null,
  caller text not null,
  number text not null,
  canonical text not null,
  wanted_at timestamp with time zone,
  state text default 'open'::text not null,
  taken_by bigint,
  taken_at timestamp with time zone,
  done_by bigint,
  done_at timestamp with time zone,
  disposition text[],
  contact_id bigint,
  note text,
  constraint items_pkey PRIMARY KEY (id),
  constraint items_caller_check CHECK ((length(caller) <= 80)),
  constraint items_canonical_check CHECK ((length(canonical) <= 80)),
  constraint items_check CHECK (((queue_id IS NOT NULL) OR (owner_id IS NOT NULL))),
  constraint items_check1 CHECK ((((state = 'taken'::text) = (taken_by IS NOT NULL)) AND ((taken_by IS NULL) = (taken_at IS NULL)))),
  constraint items_check2 CHECK ((((state = 'done'::text) = (done_at IS NOT NULL)) AND ((done_at IS NOT NULL) OR (done_by IS NULL)))),
  constraint items_check3 CHECK ((((cardinality(disposition) >= 1) AND (cardinality(disposition) <= 3)) AND ((state = 'done'::text) OR (disposition IS NULL)))),
  constraint items_kind_check CHECK ((kind = ANY (ARRAY['voicemail'::text, 'callback'::text]))),
  constraint items_note_check CHECK ((length(note) <= 4000)),
  constraint items_number_check CHECK ((length(number) <= 80)),
  constraint items_state_check CHECK ((state = ANY (ARRAY['open'::text, 'taken'::text, 'done'::text]))),
  constraint items_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES contacts(id),
  constraint items_done_by_fkey FOREIGN KEY (done_by) REFERENCES staff(id),
  constraint items_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES staff(id),
  constraint items_queue_id_fkey FOREIGN KEY (queue_id) REFERENCES queues(id),
  constraint items_taken_by_fkey FOREIGN KEY (taken_by) REFERENCES staff(id)
);
CREATE UNIQUE INDEX items_callback_once ON public.items USING btree (canonical, COALESCE(queue_id, (0)::bigint), COALESCE(owner_id, (0)::bigint)) WHERE ((kind = 'callback'::text) AND (state <> 'done'::text));
CREATE INDEX items_done ON public.items USING btree (done_by, since DESC, id DESC) WHERE (done_by IS NOT NULL);
CREATE INDEX items_linked ON public.items USING btree (linked_id);
CREATE INDEX items_owner ON public.items USING btree (owner_id, since DESC, id DESC) WHERE (owner_id IS NOT NULL);
CREATE INDEX items_queue ON public.items USING btree (queue_id, since DESC, id DESC);
CREATE INDEX items_since ON public.items USING btree (since DESC, id DESC);
CREATE INDEX items_taken ON public.items USING btree (taken_by) WHERE (taken_by IS NOT NULL);
CREATE INDEX items_waiting ON public.items USING btree (since, id) WHERE (state <> 'done'::text);

create table journal_checkpoints (
  node text not null,
  file_id text not null,
  next_byte bigint not null,
  read_at timestamp with time zone default now() not null,
  constraint journal_checkpoints_pkey PRIMARY KEY (node, file_id)
);

create table journal_damage (
  node text not null,
  file_id text not null,
  byte bigint not null,
  text text not null,
  why text not null,
  seen_at timestamp with time zone default now() not null,
  constraint journal_damage_pkey PRIMARY KEY (node, file_id, byte)
);

create table journal_lines (
  node text not null,
  file_id text not null,
  byte bigint not null,
  linked_id text not null,
  call_at timestamp with time zone not null,
  at timestamp with time zone not null,
  line jsonb not null,
  constraint journal_lines_pkey PRIMARY KEY (node, file_id, byte, call_at)
) partition by RANGE (call_at);
CREATE INDEX journal_lines_linked ON ONLY public.journal_lines USING btree (linked_id);

create table leases (
  id bigint generated always as identity not null,
  session_id bigint not null,
  agent_id bigint not null,
  telephone_id bigint not null,
  started_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  end_reason text,
  number text,
  constraint leases_pkey PRIMARY KEY (id),
  constraint leases_agent_id_tstzrange_excl EXCLUDE USING gist (agent_id WITH =, tstzrange(started_at, ended_at) WITH &&),
  constraint leases_telephone_id_tstzrange_excl EXCLUDE USING gist (telephone_id WITH =, tstzrange(started_at, ended_at) WITH &&),
  constraint leases_check CHECK (((ended_at IS NULL) = (end_reason IS NULL))),
  constraint leases_check1 CHECK ((ended_at >= started_at)),
  constraint leases_number_check CHECK ((number ~ '^\+?[0-9]{1,20}$'::text)),
  constraint leases_agent_id_fkey FOREIGN KEY (agent_id) REFERENCES agents(staff_id),
  constraint leases_session_id_fkey FOREIGN KEY (session_id) REFERENCES sessions(id),
  constraint leases_telephone_id_fkey FOREIGN KEY (telephone_id) REFERENCES telephones(staff_id)
);
CREATE UNIQUE INDEX leases_open_agent ON public.leases USING btree (agent_id) WHERE (ended_at IS NULL);
CREATE UNIQUE INDEX leases_open_telephone ON public.leases USING btree (telephone_id) WHERE (ended_at IS NULL);
CREATE INDEX leases_session ON public.leases USING btree (session_id);
CREATE INDEX leases_started ON public.leases USING btree (started_at DESC, id DESC);
CREATE INDEX leases_telephone ON public.leases USING btree (telephone_id, started_at);
CREATE INDEX leases_unclean ON public.leases USING btree (telephone_id, ended_at DESC) WHERE (end_reason = ANY (ARRAY['disconnected'::text, 'taken-over'::text, 'released'::text]));

create table leg_dispositions (
  leg_id text not null,
  agent_id bigint not null,
  level1 text not null,
  level2 text,
  level3 text,
  contact_id bigint,
  note text,
  disposed_at timestamp with time zone not null,
  disposed_by bigint not null,
  constraint leg_dispositions_pkey PRIMARY KEY (leg_id),
  constraint leg_dispositions_note_check CHECK ((length(note) <= 4000)),
  constraint leg_dispositions_agent_id_fkey FOREIGN KEY (agent_id) REFERENCES agents(staff_id),
  constraint leg_dispositions_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES contacts(id),
  constraint leg_dispositions_disposed_by_fkey FOREIGN KEY (disposed_by) REFERENCES staff(id)
);

create table legs (
  leg_id text not null,
  linked_id text not null,
  call_at timestamp with time zone not null,
  telephone_id bigint,
  endpoint text not null,
  direction text not null,
  queue_id bigint,
  rang_at timestamp with time zone not null,
  answered_at timestamp with time zone,
  ended_at timestamp with time zone,
  constraint legs_pkey PRIMARY KEY (leg_id, call_at),
  constraint legs_direction_check CHECK ((direction = ANY (ARRAY['to-telephone'::text, 'from-telephone'::text]))),
  constraint legs_linked_id_call_at_fkey FOREIGN KEY (linked_id, call_at) REFERENCES calls(linked_id, call_at) ON DELETE CASCADE,
  constraint legs_queue_id_fkey FOREIGN KEY (queue_id) REFERENCES queues(id),
  constraint legs_telephone_id_fkey FOREIGN KEY (telephone_id) REFERENCES telephones(staff_id)
) partition by RANGE (call_at);
CREATE INDEX legs_linked ON ONLY public.legs USING btree (linked_id);
CREATE INDEX legs_telephone ON ONLY public.legs USING btree (telephone_id, rang_at);

create table mail_settings (
  one boolean default true not null,
  host text not null,
  port integer not null,
  security text not null,
  sender text not null,
  username text,
  password_sealed text,
  constraint mail_settings_pkey PRIMARY KEY (one),
  constraint mail_settings_one_check CHECK (one),
  constraint mail_settings_port_check CHECK (((port >= 1) AND (port <= 65535))),
  constraint mail_settings_security_check CHECK ((security = ANY (ARRAY['none'::text, 'starttls'::text, 'tls'::text])))
);

create table moved_channels (
  channel_id text not null,
  linked_id text not null,
  call_at timestamp with time zone not null,
  moved_at timestamp with time zone not null,
  constraint moved_channels_pkey PRIMARY KEY (linked_id, channel_id),
  constraint moved_channels_linked_id_call_at_fkey FOREIGN KEY (linked_id, call_at) REFERENCES calls(linked_id, call_at) ON DELETE CASCADE
);
CREATE INDEX moved_channels_channel ON public.moved_channels USING btree (channel_id);

create table outbound_routes (
  id bigint generated always as identity not null,
  name text not null,
  pattern text not null,
  trunk_id bigint not null,
  strip_digits integer default 0 not null,
  prefix text,
  caller_id text,
  created_at timestamp with time zone default now() not null,
  record_percent integer default 0 not null,
  backup_trunk_ids bigint[] default '{}'::bigint[] not null,
  team_ids bigint[] default '{}'::bigint[] not null,
  agent_ids bigint[] default '{}'::bigint[] not null,
  telephone_ids bigint[] default '{}'::bigint[] not null,
  constraint outbound_routes_pkey PRIMARY KEY (id),
  constraint outbound_routes_caller_id_check CHECK ((caller_id ~ '^\+?[0-9]{1,20}$'::text)),
  constraint outbound_routes_name_check CHECK (((length(name) >= 1) AND (length(name) <= 60))),
  constraint outbound_routes_pattern_check CHECK ((pattern ~ '^\+?[0-9XZN]+\.?$'::text)),
  constraint outbound_routes_prefix_check CHECK ((length(prefix) <= 60)),
  constraint outbound_routes_record_percent_check CHECK (((record_percent >= 0) AND (record_percent <= 100))),
  constraint outbound_routes_strip_digits_check CHECK (((strip_digits >= 0) AND (strip_digits <= 20))),
  constraint outbound_routes_trunk_id_fkey FOREIGN KEY (trunk_id) REFERENCES trunks(id)
);
CREATE UNIQUE INDEX outbound_routes_name_key ON public.outbound_routes USING btree (lower(name));
CREATE UNIQUE INDEX outbound_routes_pattern_key ON public.outbound_routes USING btree (pattern);

create table pause_causes (
  id bigint generated always as identity not null,
  session_id bigint not null,
  cause text not null,
  reason text,
  started_at timestamp with time zone not null,
  due_at timestamp with time zone,
  ended_at timestamp with time zone,
  asked_at timestamp with time zone,
  by_id bigint,
  longest_at timestamp with time zone,
  extended_at timestamp with time zone,
  cut_short boolean default false not null,
  constraint pause_causes_pkey PRIMARY KEY (id),
  constraint pause_causes_session_id_cause_tstzrange_excl EXCLUDE USING gist (session_id WITH =, cause WITH =, tstzrange(started_at, ended_at) WITH &&) DEFERRABLE INITIALLY DEFERRED,
  constraint pause_causes_cause_check CHECK ((cause = ANY (ARRAY['break'::text, 'wrap-up'::text, 'phone-lost'::text, 'supervisor'::text, 'capacity'::text, 'login-in-pause'::text]))),
  constraint pause_causes_check CHECK ((ended_at >= started_at)),
  constraint pause_causes_check1 CHECK (((NOT cut_short) OR (ended_at IS NOT NULL))),
  constraint pause_causes_check2 CHECK (((asked_at IS NULL) OR ((cause = 'break'::text) AND (asked_at <= started_at)))),
  constraint pause_causes_check3 CHECK (((by_id IS NULL) OR (cause = 'supervisor'::text))),
  constraint pause_causes_check4 CHECK (((longest_at IS NULL) OR ((cause = 'wrap-up'::text) AND (longest_at >= due_at)))),
  constraint pause_causes_check5 CHECK (((extended_at IS NULL) OR (cause = 'wrap-up'::text))),
  constraint pause_causes_by_id_fkey FOREIGN KEY (by_id) REFERENCES staff(id),
  constraint pause_causes_session_id_fkey FOREIGN KEY (session_id) REFERENCES sessions(id)
);
CREATE UNIQUE INDEX pause_causes_open ON public.pause_causes USING btree (session_id, cause) WHERE (ended_at IS NULL);
CREATE INDEX pause_causes_session ON public.pause_causes USING btree (session_id);
CREATE INDEX pause_causes_started ON public.pause_causes USING btree (started_at DESC, id DESC);

create table pause_reasons (
  id bigint generated always as identity not null,
  name text not null,
  created_at timestamp with time zone default now() not null,
  deleted_at timestamp with time zone,
  max_minutes integer,
  digit smallint,
  constraint pause_reasons_pkey PRIMARY KEY (id),
  constraint pause_reasons_digit_check CHECK (((digit >= 0) AND (digit <= 9))),
  constraint pause_reasons_max_minutes_check CHECK (((max_minutes >= 1) AND (max_minutes <= 1440))),
  constraint pause_reasons_name_check CHECK (((length(name) >= 1) AND (length(name) <= 60)))
);
CREATE UNIQUE INDEX pause_reasons_digit_key ON public.pause_reasons USING btree (digit) WHERE (deleted_at IS NULL);
CREATE UNIQUE INDEX pause_reasons_name_key ON public.pause_reasons USING btree (lower(name)) WHERE (deleted_at IS NULL);

create table phone_watches (
  lease_id bigint not null,
  state text not null,
  why text,
  lost_since timestamp with time zone,
  due_at timestamp with time zone,
  flaps integer not null,
  flapped_at timestamp with time zone,
  failed_calls integer not null,
  missed_calls integer not null,
  silent_since timestamp with time zone,
  constraint phone_watches_pkey PRIMARY KEY (lease_id),
  constraint phone_watches_check CHECK (((state = 'there'::text) = (lost_since IS NULL))),
  constraint phone_watches_check1 CHECK (((lost_since IS NULL) = (why IS NULL))),
  constraint phone_watches_check2 CHECK (((due_at IS NOT NULL) = (state = ANY (ARRAY['doubtful'::text, 'returning'::text])))),
  constraint phone_watches_state_check CHECK ((state = ANY (ARRAY['there'::text, 'doubtful'::text, 'lost'::text, 'returning'::text]))),
  constraint phone_watches_why_check CHECK ((why = ANY (ARRAY['not-registered'::text, 'unreachable'::text, 'failed-calls'::text]))),
  constraint phone_watches_lease_id_fkey FOREIGN KEY (lease_id) REFERENCES leases(id)
);

create table pin_attempts (
  number text not null,
  failures integer not null,
  last_at timestamp with time zone not null,
  locked_until timestamp with time zone,
  constraint pin_attempts_pkey PRIMARY KEY (number),
  constraint pin_attempts_failures_check CHECK ((failures >= 0)),
  constraint pin_attempts_number_check CHECK ((number ~ '^[0-9]{1,20}$'::text))
);

create table project_exits (
  project_id bigint not null,
  hour timestamp with time zone not null,
  block text not null,
  exit text not null,
  taken bigint not null,
  constraint project_exits_pkey PRIMARY KEY (project_id, hour, block, exit),
  constraint project_exits_project_id_fkey FOREIGN KEY (project_id) REFERENCES projects(id)
);

create table project_runs (
  id bigint generated always as identity not null,
  project_id bigint not null,
  version integer,
  channel_id text not null,
  linked_id text not null,
  caller text not null,
  dialled text not null,
  started_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  ending text,
  block text,
  steps jsonb default '[]'::jsonb not null,
  variables jsonb default '{}'::jsonb not null,
  trial boolean default false not null,
  constraint project_runs_pkey PRIMARY KEY (id),
  constraint project_runs_check CHECK (((ended_at IS NULL) = (ending IS NULL))),
  constraint project_runs_project_id_fkey FOREIGN KEY (project_id) REFERENCES projects(id)
);
CREATE INDEX project_runs_channel ON public.project_runs USING btree (channel_id);
CREATE INDEX project_runs_linked ON public.project_runs USING btree (linked_id);
CREATE INDEX project_runs_project ON public.project_runs USING btree (project_id, started_at DESC, id DESC);
CREATE INDEX project_runs_started ON public.project_runs USING btree (started_at);

create table project_versions (
  project_id bigint not null,
  version integer not null,
  flow jsonb not null,
  revision integer not null,
  note text default ''::text not null,
  published_at timestamp with time zone not null,
  published_by bigint,
  constraint project_versions_pkey PRIMARY KEY (project_id, version),
  constraint project_versions_note_check CHECK ((length(note) <= 500)),
  constraint project_versions_project_id_fkey FOREIGN KEY (project_id) REFERENCES projects(id),
  constraint project_versions_published_by_fkey FOREIGN KEY (published_by) REFERENCES staff(id)
);

create table projects (
  id bigint generated always as identity not null,
  name text not null,
  description text default ''::text not null,
  draft jsonb not null,
  revision integer default 1 not null,
  published integer,
  changed_at timestamp with time zone not null,
  changed_by bigint,
  created_at timestamp with time zone default now() not null,
  deleted_at timestamp with time zone,
  constraint projects_pkey PRIMARY KEY (id),
  constraint projects_description_check CHECK ((length(description) <= 500)),
  constraint projects_name_check CHECK (((length(name) >= 1) AND (length(name) <= 80))),
  constraint projects_changed_by_fkey FOREIGN KEY (changed_by) REFERENCES staff(id),
  constraint projects_id_published_fkey FOREIGN KEY (id, published) REFERENCES project_versions(project_id, version)
);
CREATE UNIQUE INDEX projects_name_key ON public.projects USING btree (lower(name)) WHERE (deleted_at IS NULL);

create table prompt_voices (
  prompt_id bigint not null,
  language text not null,
  source text not null,
  text text,
  file_name text,
  length_ms bigint not null,
  wide bytea not null,
  narrow bytea not null,
  sha256 bytea not null,
  made_at timestamp with time zone not null,
  made_by bigint,
  constraint prompt_voices_pkey PRIMARY KEY (prompt_id, language),
  constraint prompt_voices_file_name_check CHECK ((length(file_name) <= 200)),
  constraint prompt_voices_language_check CHECK ((language = ANY (ARRAY['en'::text, 'it'::text, 'es'::text, 'fr'::text]))),
  constraint prompt_voices_length_ms_check CHECK ((length_ms > 0)),
  constraint prompt_voices_sha256_check CHECK ((length(sha256) = 32)),
  constraint prompt_voices_source_check CHECK ((source = ANY (ARRAY['file'::text, 'text'::text, 'telephone'::text]))),
  constraint prompt_voices_text_check CHECK (((length(text) >= 1) AND (length(text) <= 1000))),
  constraint prompt_voices_made_by_fkey FOREIGN KEY (made_by) REFERENCES staff(id),
  constraint prompt_voices_prompt_id_fkey FOREIGN KEY (prompt_id) REFERENCES prompts(id) ON DELETE CASCADE
);
CREATE INDEX prompt_voices_sha256 ON public.prompt_voices USING btree (sha256);

create table prompts (
  id bigint generated always as identity not null,
  name text not null,
  created_at timestamp with time zone default now() not null,
  constraint prompts_pkey PRIMARY KEY (id),
  constraint prompts_name_check CHECK (((length(name) >= 1) AND (length(name) <= 80)))
);
CREATE UNIQUE INDEX prompts_name_key ON public.prompts USING btree (lower(name));

create table queue_agents (
  queue_id bigint not null,
  agent_id bigint not null,
  constraint queue_agents_pkey PRIMARY KEY (queue_id, agent_id),
  constraint queue_agents_agent_id_fkey FOREIGN KEY (agent_id) REFERENCES agents(staff_id),
  constraint queue_agents_queue_id_fkey FOREIGN KEY (queue_id) REFERENCES queues(id)
);
CREATE INDEX queue_agents_agent ON public.queue_agents USING btree (agent_id);

create table queue_slots (
  slot timestamp with time zone not null,
  queue_id bigint not null,
  entered bigint not null,
  answered bigint not null,
  abandoned bigint not null,
  timeout bigint not null,
  other bigint not null,
  wait_answered_ms bigint not null,
  wait_abandoned_ms bigint not null,
  answered_waits integer[] not null,
  abandoned_waits integer[] not null,
  constraint queue_slots_pkey PRIMARY KEY (slot, queue_id)
);

create table queue_visits (
  id text not null,
  linked_id text not null,
  call_at timestamp with time zone not null,
  queue_id bigint,
  entered_at timestamp with time zone not null,
  left_at timestamp with time zone,
  outcome text,
  asked_back boolean default false not null,
  constraint queue_visits_pkey PRIMARY KEY (id, call_at),
  constraint queue_visits_outcome_check CHECK ((outcome = ANY (ARRAY['answered'::text, 'abandoned'::text, 'timeout'::text, 'other'::text]))),
  constraint queue_visits_linked_id_call_at_fkey FOREIGN KEY (linked_id, call_at) REFERENCES calls(linked_id, call_at) ON DELETE CASCADE,
  constraint queue_visits_queue_id_fkey FOREIGN KEY (queue_id) REFERENCES queues(id)
) partition by RANGE (call_at);
CREATE INDEX queue_visits_linked ON ONLY public.queue_visits USING btree (linked_id);
CREATE INDEX queue_visits_queue ON ONLY public.queue_visits USING btree (queue_id, entered_at);

create table queues (
  id bigint generated always as identity not null,
  name text not null,
  strategy text not null,
  ring_seconds integer not null,
  wrap_up_seconds integer not null,
  mandatory_disposition boolean not null,
  max_wait_seconds integer not null,
  created_at timestamp with time zone default now() not null,
  deleted_at timestamp with time zone,
  record_percent integer default 0 not null,
  recording_days integer,
  callbacks text default 'by-hand'::text not null,
  callback_attempts integer default 3 not null,
  callback_minutes integer default 30 not null,
  callback_calendar_id bigint,
  announce_position text default 'no'::text not null,
  announce_limit integer default 5 not null,
  announce_wait boolean default false not null,
  announce_thanks boolean default false not null,
  announce_seconds integer default 60 not null,
  announce_least_seconds integer default 15 not null,
  periodic_prompt_id bigint,
  periodic_first_seconds integer default 30 not null,
  periodic_seconds integer default 60 not null,
  music_prompt_id bigint,
  announce_to_agent boolean default false not null,
  phone_disposition text default 'off'::text not null,
  constraint queues_pkey PRIMARY KEY (id),
  constraint queues_announce_least_seconds_check CHECK (((announce_least_seconds >= 5) AND (announce_least_seconds <= 3600))),
  constraint queues_announce_limit_check CHECK (((announce_limit >= 1) AND (announce_limit <= 100))),
  constraint queues_announce_position_check CHECK ((announce_position = ANY (ARRAY['no'::text, 'yes'::text, 'limit'::text, 'more'::text]))),
  constraint queues_announce_seconds_check CHECK (((announce_seconds >= 15) AND (announce_seconds <= 3600))),
  constraint queues_callback_attempts_check CHECK (((callback_attempts >= 1) AND (callback_attempts <= 10))),
  constraint queues_callback_minutes_check CHECK (((callback_minutes >= 1) AND (callback_minutes <= 1440))),
  constraint queues_callbacks_check CHECK ((callbacks = ANY (ARRAY['by-hand'::text, 'by-itself'::text]))),
  constraint queues_max_wait_seconds_check CHECK (((max_wait_seconds >= 5) AND (max_wait_seconds <= 86400))),
  constraint queues_name_check CHECK (((length(name) >= 1) AND (length(name) <= 80))),
  constraint queues_periodic_first_seconds_check CHECK (((periodic_first_seconds >= 1) AND (periodic_first_seconds <= 3600))),
  constraint queues_periodic_seconds_check CHECK (((periodic_seconds >= 10) AND (periodic_seconds <= 3600))),
  constraint queues_phone_disposition_check CHECK ((phone_disposition = ANY (ARRAY['ask'::text, 'offer'::text, 'off'::text]))),
  constraint queues_record_percent_check CHECK (((record_percent >= 0) AND (record_percent <= 100))),
  constraint queues_recording_days_check CHECK (((recording_days >= 1) AND (recording_days <= 3650))),
  constraint queues_ring_seconds_check CHECK (((ring_seconds >= 5) AND (ring_seconds <= 300))),
  constraint queues_wrap_up_seconds_check CHECK (((wrap_up_seconds >= 0) AND (wrap_up_seconds <= 3600))),
  constraint queues_callback_calendar_id_fkey FOREIGN KEY (callback_calendar_id) REFERENCES calendars(id),
  constraint queues_music_prompt_id_fkey FOREIGN KEY (music_prompt_id) REFERENCES prompts(id),
  constraint queues_periodic_prompt_id_fkey FOREIGN KEY (periodic_prompt_id) REFERENCES prompts(id)
);
CREATE UNIQUE INDEX queues_name_key ON public.queues USING btree (lower(name)) WHERE (deleted_at IS NULL);

create table recording_comments (
  id bigint generated always as identity not null,
  recording_id bigint not null,
  author_id bigint not null,
  at timestamp with time zone not null,
  place_ms bigint,
  text text not null,
  constraint recording_comments_pkey PRIMARY KEY (id),
  constraint recording_comments_place_ms_check CHECK ((place_ms >= 0)),
  constraint recording_comments_text_check CHECK (((length(text) >= 1) AND (length(text) <= 2000))),
  constraint recording_comments_author_id_fkey FOREIGN KEY (author_id) REFERENCES staff(id),
  constraint recording_comments_recording_id_fkey FOREIGN KEY (recording_id) REFERENCES recordings(id)
);
CREATE INDEX recording_comments_recording ON public.recording_comments USING btree (recording_id);

create table recording_pauses (
  id bigint generated always as identity not null,
  source text not null,
  leg_id text not null,
  paused_at timestamp with time zone not null,
  paused_by bigint not null,
  resumed_at timestamp with time zone,
  resumed_by bigint,
  constraint recording_pauses_pkey PRIMARY KEY (id),
  constraint recording_pauses_check CHECK ((resumed_at >= paused_at)),
  constraint recording_pauses_paused_by_fkey FOREIGN KEY (paused_by) REFERENCES staff(id),
  constraint recording_pauses_resumed_by_fkey FOREIGN KEY (resumed_by) REFERENCES staff(id)
);
CREATE UNIQUE INDEX recording_pauses_open ON public.recording_pauses USING btree (source) WHERE (resumed_at IS NULL);
CREATE INDEX recording_pauses_source ON public.recording_pauses USING btree (source);

create table recording_ratings (
  recording_id bigint not null,
  author_id bigint not null,
  rating integer not null,
  at timestamp with time zone not null,
  constraint recording_ratings_pkey PRIMARY KEY (recording_id, author_id),
  constraint recording_ratings_rating_check CHECK (((rating >= 1) AND (rating <= 5))),
  constraint recording_ratings_author_id_fkey FOREIGN KEY (author_id) REFERENCES staff(id),
  constraint recording_ratings_recording_id_fkey FOREIGN KEY (recording_id) REFERENCES recordings(id)
);

create table recordings (
  id bigint generated always as identity not null,
  source text not null,
  linked_id text not null,
  channel_id text not null,
  queue_id bigint,
  started_at timestamp with time zone not null,
  ended_at timestamp with time zone not null,
  length_ms bigint not null,
  parts jsonb not null,
  peaks bytea not null,
  format text not null,
  bytes bigint not null,
  file text not null,
  sha256 bytea not null,
  key_id text not null,
  state text default 'kept'::text not null,
  removed_at timestamp with time zone,
  removed_by bigint,
  constraint recordings_pkey PRIMARY KEY (id),
  constraint recordings_bytes_check CHECK ((bytes >= 0)),
  constraint recordings_check CHECK (((removed_at IS NULL) = (state = ANY (ARRAY['kept'::text, 'damaged'::text])))),
  constraint recordings_format_check CHECK ((format = ANY (ARRAY['mp3'::text, 'wav'::text]))),
  constraint recordings_length_ms_check CHECK ((length_ms >= 0)),
  constraint recordings_state_check CHECK ((state = ANY (ARRAY['kept'::text, 'damaged'::text, 'removing'::text, 'removed'::text]))),
  constraint recordings_queue_id_fkey FOREIGN KEY (queue_id) REFERENCES queues(id),
  constraint recordings_removed_by_fkey FOREIGN KEY (removed_by) REFERENCES staff(id)
);
CREATE INDEX recordings_channel ON public.recordings USING btree (channel_id);
CREATE INDEX recordings_kept ON public.recordings USING btree (started_at) WHERE (state = ANY (ARRAY['kept'::text, 'damaged'::text]));
CREATE INDEX recordings_linked ON public.recordings USING btree (linked_id);
CREATE INDEX recordings_queue ON public.recordings USING btree (queue_id, started_at DESC, id DESC);
CREATE INDEX recordings_removing ON public.recordings USING btree (id) WHERE (state = 'removing'::text);
CREATE UNIQUE INDEX recordings_source_key ON public.recordings USING btree (source);
CREATE INDEX recordings_started ON public.recordings USING btree (started_at DESC, id DESC);

create table repairs (
  id bigint generated always as identity not null,
  at timestamp with time zone not null,
  round text not null,
  comparer text not null,
  difference text not null,
  words text not null,
  agent_id bigint,
  refused text,
  constraint repairs_pkey PRIMARY KEY (id),
  constraint repairs_round_check CHECK ((round = ANY (ARRAY['start'::text, 'link'::text, 'regular'::text]))),
  constraint repairs_agent_id_fkey FOREIGN KEY (agent_id) REFERENCES agents(staff_id)
);
CREATE INDEX repairs_at ON public.repairs USING btree (at DESC, id DESC);
CREATE INDEX repairs_difference ON public.repairs USING btree (difference, at);

create table report_calls (
  id text not null,
  leg_id text,
  linked_id text not null,
  call_at timestamp with time zone not null,
  type text not null,
  source text not null,
  destination text not null,
  caller_id text not null,
  started_at timestamp with time zone not null,
  rang_at timestamp with time zone,
  answered_at timestamp with time zone,
  ended_at timestamp with time zone,
  duration_ms bigint,
  billable_ms bigint,
  hold_ms bigint,
  disposition text not null,
  telephone_id bigint,
  owner_agent_id bigint,
  seated_agent_id bigint,
  disposed_agent_id bigint,
  chosen text[],
  user_id bigint,
  queue_id bigint,
  account_code text,
  prefix text,
  ended_by text,
  constraint report_calls_pkey PRIMARY KEY (id, call_at),
  constraint report_calls_disposition_check CHECK ((disposition = ANY (ARRAY['ANSWERED'::text, 'NO ANSWER'::text, 'BUSY'::text, 'FAILED'::text]))),
  constraint report_calls_type_check CHECK ((type = ANY (ARRAY['inbound'::text, 'outbound'::text, 'internal'::text]))),
  constraint report_calls_disposed_agent_id_fkey FOREIGN KEY (disposed_agent_id) REFERENCES agents(staff_id),
  constraint report_calls_linked_id_call_at_fkey FOREIGN KEY (linked_id, call_at) REFERENCES calls(linked_id, call_at) ON DELETE CASCADE,
  constraint report_calls_owner_agent_id_fkey FOREIGN KEY (owner_agent_id) REFERENCES agents(staff_id),
  constraint report_calls_queue_id_fkey FOREIGN KEY (queue_id) REFERENCES queues(id),
  constraint report_calls_seated_agent_id_fkey FOREIGN KEY (seated_agent_id) REFERENCES agents(staff_id),
  constraint report_calls_telephone_id_fkey FOREIGN KEY (telephone_id) REFERENCES telephones(staff_id),
  constraint report_calls_user_id_fkey FOREIGN KEY (user_id) REFERENCES staff(id)
) partition by RANGE (call_at);
CREATE INDEX report_calls_billable ON ONLY public.report_calls USING btree (COALESCE(billable_ms, ('-1'::integer)::bigint), id);
CREATE INDEX report_calls_called ON ONLY public.report_calls USING btree (tail_of_number(destination), started_at) WHERE (type = 'outbound'::text);
CREATE INDEX report_calls_caller ON ONLY public.report_calls USING btree (tail_of_number(source), started_at) WHERE (type = 'inbound'::text);
CREATE INDEX report_calls_chosen ON ONLY public.report_calls USING gin (chosen) WHERE (chosen IS NOT NULL);
CREATE INDEX report_calls_duration ON ONLY public.report_calls USING btree (COALESCE(duration_ms, ('-1'::integer)::bigint), id);
CREATE INDEX report_calls_leg ON ONLY public.report_calls USING btree (leg_id) WHERE (leg_id IS NOT NULL);
CREATE INDEX report_calls_linked ON ONLY public.report_calls USING btree (linked_id);
CREATE INDEX report_calls_numbers ON ONLY public.report_calls USING gin (source gin_trgm_ops, destination gin_trgm_ops);
CREATE INDEX report_calls_queue ON ONLY public.report_calls USING btree (queue_id, started_at DESC, id DESC);
CREATE INDEX report_calls_result ON ONLY public.report_calls USING btree (disposition, started_at DESC, id DESC);
CREATE INDEX report_calls_seated ON ONLY public.report_calls USING btree (seated_agent_id, started_at DESC, id DESC);
CREATE INDEX report_calls_source ON ONLY public.report_calls USING btree (source, started_at);
CREATE INDEX report_calls_started ON ONLY public.report_calls USING btree (started_at DESC, id DESC);
CREATE INDEX report_calls_telephone ON ONLY public.report_calls USING btree (telephone_id, started_at DESC, id DESC);
CREATE INDEX report_calls_to_dispose ON ONLY public.report_calls USING btree (seated_agent_id, started_at) WHERE ((disposed_agent_id IS NULL) AND (answered_at IS NOT NULL));
CREATE INDEX report_calls_type ON ONLY public.report_calls USING btree (type, started_at DESC, id DESC);
CREATE INDEX report_calls_user ON ONLY public.report_calls USING btree (user_id, started_at DESC, id DESC);

create table report_layouts (
  staff_id bigint not null,
  report text not null,
  columns text[] not null,
  constraint report_layouts_pkey PRIMARY KEY (staff_id, report),
  constraint report_layouts_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff(id)
);

create table report_slots (
  slot timestamp with time zone not null,
  queue_id bigint not null,
  agent_id bigint not null,
  ring_ms bigint not null,
  talk_ms bigint not null,
  hold_ms bigint not null,
  duration_ms bigint not null,
  rows integer not null,
  answered integer not null,
  disposed integer not null,
  type text not null,
  constraint report_slots_pkey PRIMARY KEY (slot, queue_id, agent_id, type)
);

create table saved_filters (
  id bigint generated always as identity not null,
  owner_id bigint not null,
  report text not null,
  name text not null,
  asked jsonb not null,
  shared boolean not null,
  created_at timestamp with time zone default now() not null,
  constraint saved_filters_pkey PRIMARY KEY (id),
  constraint saved_filters_name_check CHECK (((length(name) >= 1) AND (length(name) <= 60))),
  constraint saved_filters_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES staff(id)
);
CREATE UNIQUE INDEX saved_filters_name_key ON public.saved_filters USING btree (owner_id, report, lower(name));
CREATE INDEX saved_filters_shared ON public.saved_filters USING btree (report) WHERE shared;

create table schema_migrations (
  number integer not null,
  name text not null,
  checksum text not null,
  ran_at timestamp with time zone default now() not null,
  constraint schema_migrations_pkey PRIMARY KEY (number)
);

create table session_endings (
  session_id bigint not null,
  event text not null,
  asked_by bigint,
  asked_at timestamp with time zone not null,
  constraint session_endings_pkey PRIMARY KEY (session_id),
  constraint session_endings_asked_by_fkey FOREIGN KEY (asked_by) REFERENCES staff(id),
  constraint session_endings_session_id_fkey FOREIGN KEY (session_id) REFERENCES sessions(id)
);

create table sessions (
  id bigint generated always as identity not null,
  agent_id bigint not null,
  started_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  end_reason text,
  desktop_seen_at timestamp with time zone,
  unattended_since timestamp with time zone,
  break_reason text,
  break_asked_at timestamp with time zone,
  ended_by bigint,
  by_telephone boolean default false not null,
  constraint sessions_pkey PRIMARY KEY (id),
  constraint sessions_agent_id_tstzrange_excl EXCLUDE USING gist (agent_id WITH =, tstzrange(started_at, ended_at) WITH &&),
  constraint sessions_check CHECK (((ended_at IS NULL) = (end_reason IS NULL))),
  constraint sessions_check1 CHECK ((ended_at >= started_at)),
  constraint sessions_check2 CHECK (((break_reason IS NULL) = (break_asked_at IS NULL))),
  constraint sessions_check3 CHECK (((break_asked_at IS NULL) OR (ended_at IS NULL))),
  constraint sessions_agent_id_fkey FOREIGN KEY (agent_id) REFERENCES agents(staff_id),
  constraint sessions_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES staff(id)
);
CREATE INDEX sessions_agent ON public.sessions USING btree (agent_id, started_at);
CREATE UNIQUE INDEX sessions_open ON public.sessions USING btree (agent_id) WHERE (ended_at IS NULL);
CREATE INDEX sessions_started ON public.sessions USING btree (started_at DESC, id DESC);

create table settings (
  key text not null,
  value jsonb not null,
  constraint settings_pkey PRIMARY KEY (key)
);

create table sign_ins (
  token_hash bytea not null,
  staff_id bigint not null,
  created_at timestamp with time zone default now() not null,
  last_seen_at timestamp with time zone default now() not null,
  expires_at timestamp with time zone not null,
  constraint sign_ins_pkey PRIMARY KEY (token_hash),
  constraint sign_ins_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff(id)
);
CREATE INDEX sign_ins_staff ON public.sign_ins USING btree (staff_id);

create table sms_gateway (
  one boolean default true not null,
  request jsonb not null,
  constraint sms_gateway_pkey PRIMARY KEY (one),
  constraint sms_gateway_one_check CHECK (one)
);

create table staff (
  id bigint generated always as identity not null,
  kind text not null,
  full_name text not null,
  username text not null,
  internal text,
  enabled boolean default true not null,
  created_at timestamp with time zone default now() not null,
  updated_at timestamp with time zone default now() not null,
  deleted_at timestamp with time zone,
  constraint staff_pkey PRIMARY KEY (id),
  constraint staff_id_kind_key UNIQUE (id, kind),
  constraint staff_full_name_check CHECK (((length(full_name) >= 1) AND (length(full_name) <= 120))),
  constraint staff_internal_check CHECK ((internal ~ '^[0-9]{2,8}$'::text)),
  constraint staff_kind_check CHECK ((kind = ANY (ARRAY['admin'::text, 'supervisor'::text, 'agent'::text, 'telephone'::text]))),
  constraint staff_username_check CHECK (((length(username) >= 1) AND (length(username) <= 64)))
);
CREATE UNIQUE INDEX staff_internal_key ON public.staff USING btree (internal) WHERE ((deleted_at IS NULL) AND (internal IS NOT NULL));
CREATE UNIQUE INDEX staff_username_key ON public.staff USING btree (lower(username)) WHERE (deleted_at IS NULL);

create table survey_answers (
  id bigint generated always as identity not null,
  project_id bigint not null,
  block text not null,
  linked_id text not null,
  question text not null,
  answer text not null,
  label text not null,
  mark smallint,
  at timestamp with time zone not null,
  constraint survey_answers_pkey PRIMARY KEY (id),
  constraint survey_answers_answer_check CHECK ((length(answer) = 1)),
  constraint survey_answers_label_check CHECK ((length(label) <= 200)),
  constraint survey_answers_mark_check CHECK (((mark >= 0) AND (mark <= 9))),
  constraint survey_answers_question_check CHECK (((length(question) >= 1) AND (length(question) <= 400))),
  constraint survey_answers_project_id_fkey FOREIGN KEY (project_id) REFERENCES projects(id)
);
CREATE INDEX survey_answers_at ON public.survey_answers USING btree (at);

create table takeover_requests (
  id bigint generated always as identity not null,
  telephone_id bigint not null,
  holder_id bigint not null,
  holder_session_id bigint not null,
  asker_id bigint not null,
  asker_watched boolean not null,
  asked_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  answer text not null,
  forced_by bigint,
  closed_at timestamp with time zone,
  seen_at timestamp with time zone,
  why text,
  changed_by bigint,
  given_to bigint,
  constraint takeover_requests_pkey PRIMARY KEY (id),
  constraint takeover_requests_answer_check CHECK ((answer = ANY (ARRAY['waiting'::text, 'when-call-ends'::text, 'given'::text, 'kept'::text, 'expired'::text]))),
  constraint takeover_requests_check CHECK ((holder_id <> asker_id)),
  constraint takeover_requests_check1 CHECK (((closed_at IS NULL) = (answer = ANY (ARRAY['waiting'::text, 'when-call-ends'::text])))),
  constraint takeover_requests_check2 CHECK (((why IS NULL) OR (answer = 'expired'::text))),
  constraint takeover_requests_check3 CHECK (((NOT (why IS DISTINCT FROM 'given-to-another'::text)) = ((changed_by IS NOT NULL) AND (given_to IS NOT NULL)))),
  constraint takeover_requests_why_check CHECK ((why = ANY (ARRAY['no-answer'::text, 'withdrawn'::text, 'away'::text, 'not-possible'::text, 'given-to-another'::text]))),
  constraint takeover_requests_asker_id_fkey FOREIGN KEY (asker_id) REFERENCES agents(staff_id),
  constraint takeover_requests_changed_by_fkey FOREIGN KEY (changed_by) REFERENCES staff(id),
  constraint takeover_requests_forced_by_fkey FOREIGN KEY (forced_by) REFERENCES staff(id),
  constraint takeover_requests_given_to_fkey FOREIGN KEY (given_to) REFERENCES agents(staff_id),
  constraint takeover_requests_holder_id_fkey FOREIGN KEY (holder_id) REFERENCES agents(staff_id),
  constraint takeover_requests_holder_session_id_fkey FOREIGN KEY (holder_session_id) REFERENCES sessions(id),
  constraint takeover_requests_telephone_id_fkey FOREIGN KEY (telephone_id) REFERENCES telephones(staff_id)
);
CREATE INDEX takeover_requests_asker ON public.takeover_requests USING btree (asker_id, id);
CREATE UNIQUE INDEX takeover_requests_open_asker ON public.takeover_requests USING btree (asker_id) WHERE (closed_at IS NULL);
CREATE UNIQUE INDEX takeover_requests_open_telephone ON public.takeover_requests USING btree (telephone_id) WHERE (closed_at IS NULL);

create table teams (
  id bigint generated always as identity not null,
  name text not null,
  max_on_break integer,
  created_at timestamp with time zone default now() not null,
  deleted_at timestamp with time zone,
  constraint teams_pkey PRIMARY KEY (id),
  constraint teams_max_on_break_check CHECK (((max_on_break >= 1) AND (max_on_break <= 999))),
  constraint teams_name_check CHECK (((length(name) >= 1) AND (length(name) <= 80)))
);
CREATE UNIQUE INDEX teams_name_key ON public.teams USING btree (lower(name)) WHERE (deleted_at IS NULL);

create table telephone_tests (
  id bigint generated always as identity not null,
  telephone_id bigint not null,
  started_by bigint not null,
  started_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  outcome text,
  steps jsonb not null,
  constraint telephone_tests_pkey PRIMARY KEY (id),
  constraint telephone_tests_check CHECK (((ended_at IS NULL) = (outcome IS NULL))),
  constraint telephone_tests_check1 CHECK ((ended_at >= started_at)),
  constraint telephone_tests_outcome_check CHECK ((outcome = ANY (ARRAY['passed'::text, 'failed'::text, 'broken-off'::text]))),
  constraint telephone_tests_started_by_fkey FOREIGN KEY (started_by) REFERENCES staff(id),
  constraint telephone_tests_telephone_id_fkey FOREIGN KEY (telephone_id) REFERENCES telephones(staff_id)
);
CREATE INDEX telephone_tests_newest ON public.telephone_tests USING btree (telephone_id, id DESC);
CREATE UNIQUE INDEX telephone_tests_open ON public.telephone_tests USING btree (telephone_id) WHERE (ended_at IS NULL);

create table telephones (
  staff_id bigint not null,
  kind text default 'telephone'::text not null,
  place text,
  owner_agent_id bigint,
  ha1_md5 text not null,
  ha1_sha256 text not null,
  model text,
  line text default 'sip'::text not null,
  constraint telephones_pkey PRIMARY KEY (staff_id),
  constraint telephones_check CHECK (((line = 'sip'::text) OR ((ha1_md5 = ''::text) AND (ha1_sha256 = ''::text) AND (place IS NULL) AND (model IS NULL)))),
  constraint telephones_kind_check CHECK ((kind = 'telephone'::text)),
  constraint telephones_line_check CHECK ((line = ANY (ARRAY['sip'::text, 'remote'::text]))),
  constraint telephones_model_check CHECK (((length(model) >= 1) AND (length(model) <= 40))),
  constraint telephones_place_check CHECK ((length(place) <= 80)),
  constraint telephones_owner_agent_id_fkey FOREIGN KEY (owner_agent_id) REFERENCES agents(staff_id),
  constraint telephones_staff_id_kind_fkey FOREIGN KEY (staff_id, kind) REFERENCES staff(id, kind)
);
CREATE INDEX telephones_owner ON public.telephones USING btree (owner_agent_id) WHERE (owner_agent_id IS NOT NULL);
CREATE UNIQUE INDEX telephones_remote_owner ON public.telephones USING btree (owner_agent_id) WHERE ((line = 'remote'::text) AND (owner_agent_id IS NOT NULL));

create table trunks (
  id bigint generated always as identity not null,
  name text not null,
  host text not null,
  port integer default 5060 not null,
  match text[] default '{}'::text[] not null,
  username text,
  password_sealed text,
  created_at timestamp with time zone default now() not null,
  deleted_at timestamp with time zone,
  constraint trunks_pkey PRIMARY KEY (id),
  constraint trunks_name_check CHECK (((length(name) >= 1) AND (length(name) <= 60))),
  constraint trunks_port_check CHECK (((port >= 1) AND (port <= 65535)))
);
CREATE UNIQUE INDEX trunks_name_key ON public.trunks USING btree (lower(name)) WHERE (deleted_at IS NULL);

create table voicemails (
  item_id bigint not null,
  source text not null,
  length_ms bigint not null,
  peaks bytea not null,
  format text not null,
  bytes bigint not null,
  file text not null,
  sha256 bytea not null,
  key_id text not null,
  made_at timestamp with time zone not null,
  heard_by bigint,
  heard_at timestamp with time zone,
  state text default 'kept'::text not null,
  removed_at timestamp with time zone,
  removed_by bigint,
  constraint voicemails_pkey PRIMARY KEY (item_id),
  constraint voicemails_bytes_check CHECK ((bytes >= 0)),
  constraint voicemails_check CHECK (((heard_at IS NULL) = (heard_by IS NULL))),
  constraint voicemails_check1 CHECK (((removed_at IS NULL) = (state = ANY (ARRAY['kept'::text, 'damaged'::text])))),
  constraint voicemails_format_check CHECK ((format = ANY (ARRAY['mp3'::text, 'wav'::text]))),
  constraint voicemails_length_ms_check CHECK ((length_ms >= 0)),
  constraint voicemails_state_check CHECK ((state = ANY (ARRAY['kept'::text, 'damaged'::text, 'removing'::text, 'removed'::text]))),
  constraint voicemails_heard_by_fkey FOREIGN KEY (heard_by) REFERENCES staff(id),
  constraint voicemails_item_id_fkey FOREIGN KEY (item_id) REFERENCES items(id),
  constraint voicemails_removed_by_fkey FOREIGN KEY (removed_by) REFERENCES staff(id)
);
CREATE INDEX voicemails_kept ON public.voicemails USING btree (made_at) WHERE (state = ANY (ARRAY['kept'::text, 'damaged'::text]));
CREATE INDEX voicemails_removing ON public.voicemails USING btree (item_id) WHERE (state = 'removing'::text);
CREATE UNIQUE INDEX voicemails_source_key ON public.voicemails USING btree (source);

CREATE OR REPLACE FUNCTION public.add_counts(one integer[], other integer[])
 RETURNS integer[]
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  select array_agg(a + b order by place) from unnest(one, other) with ordinality as both_of (a, b, place)
$function$;

CREATE OR REPLACE FUNCTION public.agent_of(user_id bigint, telephone_id bigint, seated_agent_id bigint)
 RETURNS bigint
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  select case when user_id = telephone_id then seated_agent_id else coalesce(user_id, seated_agent_id) end
$function$;

CREATE OR REPLACE FUNCTION public.call_at(linked_id text)
 RETURNS timestamp with time zone
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  select to_timestamp(case when second between 946684800 and 4102444799 then second else 0 end)
  from (select substring(linked_id from '(?:^|-)([0-9]{9,10})\.[0-9]+$')::bigint as second) as named
$function$;

CREATE OR REPLACE FUNCTION public.changed_rows(operation text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE
AS $function$
  select case operation when 'INSERT' then 'select 1 as sign, * from new_rows'
                        when 'DELETE' then 'select -1 as sign, * from old_rows'
                        else 'select 1 as sign, * from new_rows union all select -1, * from old_rows' end
$function$;

CREATE OR REPLACE FUNCTION public.counts_of(outcome text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE
AS $function$
  select string_agg(format('coalesce(sum(sign) filter (where outcome = %L and bucket = %s), 0)::int', outcome, place), ', ' order by place)
  from generate_series(1, 13) as place
$function$;

CREATE OR REPLACE FUNCTION public.keep_queue_slots()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare
  emptied timestamptz[];
begin
  execute format($sums$
    with change as (
      select slot_of(entered_at) as slot, coalesce(queue_id, 0) as queue_id, sign, outcome,
        ms_between(entered_at, left_at) as wait_ms, wait_bucket(ms_between(entered_at, left_at)) as bucket
      from (%s) as changed
    ), kept as (
      insert into queue_slots as s
      select slot, queue_id, sum(sign), coalesce(sum(sign) filter (where outcome = 'answered'), 0),
        coalesce(sum(sign) filter (where outcome = 'abandoned'), 0), coalesce(sum(sign) filter (where outcome = 'timeout'), 0),
        coalesce(sum(sign) filter (where outcome = 'other'), 0),
        coalesce(sum(sign * wait_ms) filter (where outcome = 'answered'), 0),
        coalesce(sum(sign * wait_ms) filter (where outcome = 'abandoned'), 0),
        array[%s], array[%s]
      from change group by slot, queue_id order by slot, queue_id
      on conflict (slot, queue_id) do update set
        entered = s.entered + excluded.entered, answered = s.answered + excluded.answered,
        abandoned = s.abandoned + excluded.abandoned, timeout = s.timeout + excluded.timeout,
        other = s.other + excluded.other, wait_answered_ms = s.wait_answered_ms + excluded.wait_answered_ms,
        wait_abandoned_ms = s.wait_abandoned_ms + excluded.wait_abandoned_ms,
        answered_waits = add_counts(s.answered_waits, excluded.answered_waits),
        abandoned_waits = add_counts(s.abandoned_waits, excluded.abandoned_waits)
      returning slot, entered
    )
    select array_agg(distinct slot) from kept where entered = 0$sums$,
    changed_rows(tg_op), counts_of('answered'), counts_of('abandoned')) into emptied;
  if emptied is not null then delete from queue_slots where slot = any(emptied) and entered = 0; end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.keep_report_slots()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare
  emptied timestamptz[];
begin
  execute format($sums$
    with change as (
      select slot_of(started_at) as slot, coalesce(queue_id, 0) as queue_id,
        coalesce(agent_of(user_id, telephone_id, seated_agent_id), 0) as agent_id,
        sum(sign * coalesce(ms_between(rang_at, coalesce(answered_at, ended_at)), 0)) as ring_ms,
        sum(sign * coalesce(billable_ms, 0)) as talk_ms, sum(sign * coalesce(hold_ms, 0)) as hold_ms,
        sum(sign * coalesce(duration_ms, 0)) as duration_ms, sum(sign) as rows,
        sum(sign * (answered_at is not null)::int) as answered,
        sum(sign * (disposed_agent_id is not null)::int) as disposed, type
      from (%s) as changed group by 1, 2, 3, type
    ), kept as (
      insert into report_slots as s
      select * from change
      where (ring_ms, talk_ms, hold_ms, duration_ms, rows, answered, disposed) <> (0, 0, 0, 0, 0, 0, 0)
      order by slot, queue_id, agent_id, type
      on conflict (slot, queue_id, agent_id, type) do update set
        ring_ms = s.ring_ms + excluded.ring_ms, talk_ms = s.talk_ms + excluded.talk_ms,
        hold_ms = s.hold_ms + excluded.hold_ms, duration_ms = s.duration_ms + excluded.duration_ms,
        rows = s.rows + excluded.rows, answered = s.answered + excluded.answered,
        disposed = s.disposed + excluded.disposed
      returning slot, rows
    )
    select array_agg(distinct slot) from kept where rows = 0$sums$, changed_rows(tg_op)) into emptied;
  if emptied is not null then delete from report_slots where slot = any(emptied) and rows = 0; end if;
  if tg_op <> 'DELETE' then
    -- By whole days, so that the month is seldom written.
    update call_months set first_at = least(first_at, date_trunc('day', first, 'UTC')),
                           last_at = greatest(last_at, date_trunc('day', last, 'UTC') + interval '1 day')
    from (select date_trunc('month', call_at at time zone 'UTC')::date as month, min(started_at) as first, max(started_at) as last
          from new_rows group by 1) as reached
    where reached.month = call_months.month and (first_at is null or first < first_at or last >= last_at);
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.make_call_month(wanted date)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
declare
  whole text;
  part text;
begin
  if exists (select from call_months where month = wanted) then return; end if;
  perform pg_advisory_xact_lock(hashtext('perch.months'));
  if exists (select from call_months where month = wanted) then return; end if;
  foreach whole in array array['calls', 'legs', 'queue_visits', 'report_calls', 'journal_lines'] loop
    part := whole || to_char(wanted, '_YYYY_MM');
    execute format('create table %I (like %I including defaults including constraints)', part, whole);
    execute format('alter table %I attach partition %I for values from (%L) to (%L)', whole, part,
      wanted || ' 00:00+00', (wanted + interval '1 month')::date || ' 00:00+00');
  end loop;
  insert into call_months (month) values (wanted);
end $function$;

CREATE OR REPLACE FUNCTION public.ms_between(since timestamp with time zone, until timestamp with time zone)
 RETURNS bigint
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  select (extract(epoch from until - since) * 1000)::bigint
$function$;

CREATE OR REPLACE FUNCTION public.pause_causes_inside()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare
  outside bigint;
begin
  select pause_causes.id into outside
    from pause_causes join sessions on sessions.id = pause_causes.session_id
    where sessions.id = case tg_table_name when 'sessions' then (to_jsonb(new) ->> 'id')::bigint
                                           else (to_jsonb(new) ->> 'session_id')::bigint end
      and (pause_causes.started_at < sessions.started_at
        or coalesce(pause_causes.ended_at, 'infinity') > coalesce(sessions.ended_at, 'infinity'))
    limit 1;
  if outside is not null then
    raise exception 'pause cause % lies outside its session', outside
      using errcode = 'check_violation', constraint = 'pause_causes_inside';
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.slot_of(instant timestamp with time zone)
 RETURNS timestamp with time zone
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  select date_bin('15 minutes', instant, timestamptz '1970-01-01 00:00+00')
$function$;

CREATE OR REPLACE FUNCTION public.tail_of_number(number text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  select right(regexp_replace(number, '[^0-9]', '', 'g'), 9)
$function$;

CREATE OR REPLACE FUNCTION public.wait_bucket(ms bigint)
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  select 1 + width_bucket(ms - 1, array[5000, 10000, 15000, 20000, 30000, 45000, 60000, 90000, 120000, 180000, 300000, 600000]::bigint[])
$function$;

CREATE CONSTRAINT TRIGGER pause_causes_inside AFTER INSERT OR UPDATE ON public.pause_causes DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION pause_causes_inside();
CREATE TRIGGER queue_slots_delete AFTER DELETE ON public.queue_visits REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_queue_slots();
CREATE TRIGGER queue_slots_insert AFTER INSERT ON public.queue_visits REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_queue_slots();
CREATE TRIGGER queue_slots_update AFTER UPDATE ON public.queue_visits REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_queue_slots();
CREATE TRIGGER report_slots_delete AFTER DELETE ON public.report_calls REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_report_slots();
CREATE TRIGGER report_slots_insert AFTER INSERT ON public.report_calls REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_report_slots();
CREATE TRIGGER report_slots_update AFTER UPDATE ON public.report_calls REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_report_slots();
CREATE CONSTRAINT TRIGGER sessions_around AFTER UPDATE OF started_at, ended_at ON public.sessions DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION pause_causes_inside();
