-- Lines of agents who are reached by a number outside. A line is a telephone at which nothing registers: so leases,
-- sessions, pauses, calls and reports work on it as on any telephone.
alter table agents
  -- An external agent who may be reached by a number outside as well; who is `remote` always may.
  add column remote_allowed boolean not null default false,
  -- Whoever picks up has to press a key before he gets the call, so that no mailbox does.
  add column accept_by_key boolean not null default true,
  -- He may log in with the number he calls from, in houses that allow it.
  add column calling_number_allowed boolean not null default false;

alter table telephones
  add column line text not null default 'sip' check (line in ('sip', 'remote')),
  add check (line = 'sip' or (ha1_md5 = '' and ha1_sha256 = '' and place is null and model is null));
create unique index telephones_remote_owner on telephones (owner_agent_id)
  where line = 'remote' and owner_agent_id is not null;

-- The number that is rung for as long as this lease lasts; null: the one in the agent's account.
alter table leases add column number text check (number ~ '^\+?[0-9]{1,20}$');

-- Those who have a number already.
with wanted as (
  select agents.staff_id as agent_id, agents.remote_number, staff.enabled, staff.created_at
  from agents join staff on staff.id = agents.staff_id
  where agents.typology = 'remote' and agents.remote_number is not null and staff.deleted_at is null
), made as (
  insert into staff (kind, full_name, username, enabled)
  select 'telephone', 'Mobile ' || remote_number, 'remote~' || agent_id, enabled from wanted
  returning id, username
)
insert into telephones (staff_id, owner_agent_id, ha1_md5, ha1_sha256, line)
select id, substr(username, 8)::bigint, '', '', 'remote' from made;
