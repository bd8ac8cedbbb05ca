-- Why a request for a telephone came to nothing, for the words in which who asked is told. Null on those of before.
alter table takeover_requests
  add column why text check (why in ('no-answer', 'withdrawn', 'away', 'not-possible', 'given-to-another')),
  -- The supervisor who gave the telephone to another, and to whom.
  add column changed_by bigint references staff (id),
  add column given_to bigint references agents (staff_id),
  add check (why is null or answer = 'expired'),
  add check ((why is not distinct from 'given-to-another') = (changed_by is not null and given_to is not null));
