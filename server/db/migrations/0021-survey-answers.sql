-- What callers answered to questions. Which agent an answer is about is told by the call's rows, as they stand.
create table survey_answers (
  id          bigint generated always as identity primary key,
  project_id  bigint not null references projects (id),
  block       text not null,
  linked_id   text not null,
  -- The words of then: a question that is changed is another one.
  question    text not null check (length(question) between 1 and 400),
  answer      text not null check (length(answer) = 1),
  label       text not null check (length(label) <= 200),
  -- Where answers are marks that have a mean.
  mark        smallint check (mark between 0 and 9),
  at          timestamptz not null
);
create index survey_answers_at on survey_answers (at);
