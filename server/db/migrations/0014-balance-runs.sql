-- Each day's books once held against each other, so that every day is, however often Perch starts.
create table balance_runs (
  day         date primary key,
  checked_at  timestamptz not null,
  compared    bigint not null,
  -- How many things did not balance.
  off         bigint not null,
  -- Every check with the first things that are off, as the contract's BalanceCheckView.
  checks      jsonb not null
);
