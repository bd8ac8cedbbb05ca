-- After a call of it, agents without a desktop are asked for the outcome by keypad: until they say it, if they like, not.
alter table queues add column phone_disposition text not null default 'off'
  check (phone_disposition in ('ask', 'offer', 'off'));
-- A session begun by telephone outlives any desktop.
alter table sessions add column by_telephone boolean not null default false;
