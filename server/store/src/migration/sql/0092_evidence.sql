-- What a unit found on site, with the officers who were there; and what proves a try to reach the citizen or what was asked for: a place, and files
-- that hang on the ticket, by their ids.
create table site_records (
  id {uuid} primary key,
  ticket_id {uuid} not null,
  assignment_id {uuid} not null,
  cycle_no {int} not null,
  at {int} not null,
  by_user {uuid},
  by_name {text},
  kind {text} not null,
  visited_at {int} not null,
  address {text},
  lon {real},
  lat {real},
  officer {text} not null,
  officer_no {text},
  second_officer {text},
  second_officer_no {text},
  found {text} not null,
  measures {text},
  files {text}
) {strict};
create index site_records_ticket on site_records (ticket_id, at);
alter table contacts add column lon {real};
alter table contacts add column lat {real};
alter table contacts add column files {text};
alter table applications add column files {text};
-- What a rung of the escalation ladder gives the centre to do about a unit's part, until it is done.
create table ladder_duties (
  assignment_id {uuid} not null,
  act {text} not null,
  case_id {uuid} not null,
  task_no {int} not null,
  rung {text} not null,
  unit {text} not null,
  due_key {int} not null,
  opened_at {int} not null,
  primary key (assignment_id, act)
) {clustered};
create index ladder_duties_listed on ladder_duties (act, due_key, case_id, task_no);
create index ladder_duties_case on ladder_duties (case_id);
