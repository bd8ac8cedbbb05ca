-- Ways through projects are kept for a time, and looked up by their age.
create index project_runs_started on project_runs (started_at);
