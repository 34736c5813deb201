-- Standard reports that somebody kept: what they said, in both languages, with its digest. A row is never changed but by the one signing.
create table reports (
  -- The report, its time and a number among those of the same time.
  no {text} primary key,
  name {text} not null,
  period {text} not null,
  -- Division and category that were asked for.
  region {text},
  category {text},
  -- Whose tickets it counted: A everything, R an area (its digits in place), U a unit with those below (its path), O what nobody else has.
  reach {text} not null,
  place {text} not null,
  maker {uuid} not null,
  made_by {text} not null,
  made_at {int} not null,
  content {text} not null,
  -- SHA-256 of the content, as hexadecimal digits.
  hash {text} not null,
  signer {uuid},
  signed_by {text},
  signed_at {int}
) {clustered};
create index reports_made on reports (made_at, no);
create index reports_same on reports (name, period, made_at);
-- What is remarked on a kept report; only grows.
create table report_comments (
  id {uuid} primary key,
  report {text} not null,
  author {uuid} not null,
  author_name {text} not null,
  said_at {int} not null,
  words {text} not null
) {clustered};
create index report_comments_report on report_comments (report, id);
-- Approvals by their end, for reports about their time.
create index approvals_ended on approvals (ended_at) where ended_at is not null;
-- Reports that make themselves, in the scope that their owner has then.
create table report_schedules (
  id {uuid} primary key,
  owner {uuid} not null,
  name {text} not null,
  region {text},
  -- D: every day, W: every Monday, M: on the first of a month.
  rhythm {text} not null,
  -- Hour of Beijing's time.
  hour {int} not null,
  -- Sign-in names, as JSON.
  receivers {text},
  made_at {int} not null,
  -- A: goes on, S: suspended.
  state {text} not null,
  next_at {int} not null,
  last_no {text},
  -- Code of what the last one failed for.
  trouble {text}
) {clustered};
create index report_schedules_owner on report_schedules (owner, id);
create index report_schedules_due on report_schedules (next_at, id) where state = 'A';
