-- Whose channel was handed over into another call: what is recorded on it is from then on of that call too.
create table moved_channels (
  channel_id  text not null,
  -- The call into which it came.
  linked_id   text not null,
  call_at     timestamptz not null,
  moved_at    timestamptz not null,
  primary key (linked_id, channel_id),
  foreign key (linked_id, call_at) references calls (linked_id, call_at) on delete cascade
);
create index moved_channels_channel on moved_channels (channel_id);
create index recordings_channel on recordings (channel_id);
