-- Callers who asked to be called back: their stay in the queue is not lost.

alter table queue_visits add column asked_back boolean not null default false;
