-- Applications are the third kind of case ('Q'): what is asked for about an assignment and decided by somebody else. Their head has what every
-- head has, and a column for each fact of a sort ('B' send-back, 'E' extension). What was asked for so far were send-backs: they are carried
-- over with a history; one that still waits goes on waiting in its ticket's process, where its task is, and one of which there is nothing left to
-- decide has lapsed.
drop index applications_ticket;
alter table applications rename to ticket_applications;
create table applications (
  id {uuid} primary key,
  application_no {text} not null,
  sort {text} not null,
  ticket_id {uuid} not null references tickets (id),
  assignment_id {uuid} not null,
  region {text} not null,
  unit {text} not null,
  asked_at {int} not null,
  asked_by {uuid},
  asked_by_name {text},
  explanation {text} not null,
  due_at {int},
  warn_at {int},
  provisional {bool} not null,
  return_reason {text},
  suggested_unit {text},
  extension_reason {text},
  days {int},
  version {int} not null,
  status {text} not null,
  updated_at {int} not null,
  last_seq {int} not null,
  process {text},
  definition_version {int} not null,
  decided_at {int},
  decided_by {uuid},
  decided_by_name {text},
  opinion {text},
  granted_days {int}
) {strict};
--[sqlite
insert into applications (id, application_no, sort, ticket_id, assignment_id, region, unit, asked_at, asked_by, explanation, provisional, return_reason, suggested_unit,
  version, status, updated_at, last_seq, definition_version, decided_at, decided_by, opinion)
  select q.id, t.ticket_no || '-' || (row_number() over (partition by q.ticket_id order by q.asked_at, q.id)), 'B', q.ticket_id, q.assignment_id, t.region, a.unit,
  q.asked_at, q.asked_by, q.explanation, 0, q.reason, q.suggested_unit, 1,
  case when q.status = 'O' and (a.ended_at is not null or not t.is_open) then 'L' else q.status end,
  coalesce(q.decided_at, case when a.ended_at is not null or not t.is_open then t.updated_at else q.asked_at end), 1, 0, q.decided_at, q.decided_by, q.opinion
  from ticket_applications q join tickets t on t.id = q.ticket_id join assignments a on a.id = q.assignment_id;
--]
--[postgres
insert into applications (id, application_no, sort, ticket_id, assignment_id, region, unit, asked_at, asked_by, explanation, provisional, return_reason, suggested_unit,
  version, status, updated_at, last_seq, definition_version, decided_at, decided_by, opinion)
  select q.id, t.ticket_no || '-' || (row_number() over (partition by q.ticket_id order by q.asked_at, q.id)), 'B', q.ticket_id, q.assignment_id, t.region, a.unit,
  q.asked_at, q.asked_by, q.explanation, false, q.reason, q.suggested_unit, 1,
  case when q.status = 'O' and (a.ended_at is not null or not t.is_open) then 'L' else q.status end,
  coalesce(q.decided_at, case when a.ended_at is not null or not t.is_open then t.updated_at else q.asked_at end), 1, 0, q.decided_at, q.decided_by, q.opinion
  from ticket_applications q join tickets t on t.id = q.ticket_id join assignments a on a.id = q.assignment_id;
--]
update applications set version = 2, last_seq = 2 where status <> 'O';
insert into events (case_id, seq, verb, at, by_user, unit, assignment_id, to_state, note)
  select id, 1, 'ask', asked_at, asked_by, unit, assignment_id, 'O', explanation from applications;
insert into events (case_id, seq, verb, at, by_user, assignment_id, from_state, to_state, note)
  select id, 2, case when status = 'L' then 'lapse' else 'decide' end, updated_at, decided_by, assignment_id, 'O', status, opinion from applications where status <> 'O';
drop table ticket_applications;
create index applications_ticket on applications (ticket_id, asked_at);
create unique index applications_no on applications (application_no);
create index applications_running on applications (definition_version) where process is not null;

-- Working days by which an assignment was extended: its deadline is that of its limit and so many more.
alter table assignments add column extended_days {int} not null default 0;

-- How much more time a unit may be given (the default profile); a place changes the row.
insert into settings (key, value) values ('ticket.extension', '{"most":2,"days":10,"sum":10}');
