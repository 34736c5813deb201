-- How often the result of a job was taken; whether a job waits for a second person, and who that was.
alter table jobs add column taken {int} not null default 0;
alter table jobs add column awaits {bool} not null default {false};
alter table jobs add column approved_by {text};

-- Standing approvals: whose exports of so many rows, with these own columns and for this purpose, need no further word until an instant.
create table export_grants (
  -- The job with which it was given.
  job_id {uuid} primary key,
  asker {uuid} not null,
  asker_name {text} not null,
  region {text} not null,
  purpose {text} not null,
  own_columns {text} not null,
  most_rows {int} not null,
  given_by {text} not null,
  given_at {int} not null,
  ends_at {int} not null,
  withdrawn_at {int},
  withdrawn_by {text}
);
create index export_grants_asker on export_grants (asker, ends_at);
create index export_grants_ends on export_grants (ends_at, job_id);
