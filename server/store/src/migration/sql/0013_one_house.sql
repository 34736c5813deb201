-- One house: what hangs on every kind of case stands in one set of tables, told apart by the case's id; `case_kind` ('T' ticket, 'A' approval)
-- stands where a statement has to know before it has read the case. What is there is carried over.

-- Open tasks of every kind of case, and what stands beside them (added signers, delegates, corrections). A row disappears when it is done.
drop index tasks_centre;
drop index tasks_role;
drop index tasks_unit;
drop index tasks_path;
alter table tasks rename to ticket_tasks;
create table tasks (
  case_id {uuid} not null,
  task_no {int} not null,
  part {int} not null,
  case_kind {text} not null,
  kind {text} not null,
  element {text} not null,
  active {bool} not null,
  assignment_id {uuid},
  assignee {uuid},
  assignee_name {text},
  barred {uuid},
  role {text},
  unit {text},
  unit_path {text},
  region {text},
  city {text},
  verbs {text} not null,
  asked_by {uuid},
  asked_by_name {text},
  note {text},
  decision {text},
  opened_at {int} not null,
  due_at {int},
  due_key {int} not null,
  warn_at {int},
  provisional {bool} not null,
  primary key (case_id, task_no, part)
) {strict};
--[sqlite
insert into tasks (case_id, task_no, part, case_kind, kind, element, active, assignment_id, role, unit, unit_path, region, city, verbs, opened_at, due_at, due_key, warn_at, provisional)
  select ticket_id, task_no, 0, 'T', 'M', element, 1, assignment_id, role, unit, unit_path, region, city, verbs, opened_at, due_at, due_key, warn_at, provisional from ticket_tasks;
--]
--[postgres
insert into tasks (case_id, task_no, part, case_kind, kind, element, active, assignment_id, role, unit, unit_path, region, city, verbs, opened_at, due_at, due_key, warn_at, provisional)
  select ticket_id, task_no, 0, 'T', 'M', element, true, assignment_id, role, unit, unit_path, region, city, verbs, opened_at, due_at, due_key, warn_at, provisional from ticket_tasks;
--]
insert into tasks (case_id, task_no, part, case_kind, kind, element, active, assignee, assignee_name, barred, role, unit, unit_path, region, city, verbs, asked_by, asked_by_name, note, decision, opened_at, due_at, due_key, warn_at, provisional)
  select approval_id, task_no, part, 'A', kind, element, active, assignee, assignee_name, barred, role, unit, unit_path, region, city, '', asked_by, asked_by_name, note, decision, opened_at, due_at, due_key, warn_at, provisional from approval_tasks;
drop table ticket_tasks;
drop table approval_tasks;
-- To-dos are read from these alone, so what they ask for stands in them. Each walk is of one kind, in the order of the time left.
create index tasks_mine on tasks (assignee, case_kind, due_key, case_id, task_no, part, barred) where active and assignee is not null;
create index tasks_unit on tasks (case_kind, unit, role, due_key, case_id, task_no, part, barred) where active and assignee is null and unit is not null;
create index tasks_centre on tasks (case_kind, role, city, due_key, case_id, task_no, part, barred, region) where active and assignee is null and unit is null;
-- Of every place at once: a province's people.
create index tasks_role on tasks (case_kind, role, due_key, case_id, task_no, part) where active and assignee is null;
-- Of a subtree, sorted without looking them up.
create index tasks_path on tasks (case_kind, unit_path, role, due_key, case_id, task_no, part) where active and assignee is null and unit_path is not null;

-- People of whom one may take a task.
create table task_candidates (
  user_id {uuid} not null,
  case_id {uuid} not null,
  task_no {int} not null,
  primary key (user_id, case_id, task_no)
) {clustered};
insert into task_candidates (user_id, case_id, task_no) select user_id, approval_id, task_no from approval_candidates;
drop table approval_candidates;
create index task_candidates_of on task_candidates (case_id, task_no);

-- History events, gapless per case from 1; grows only. States are words of the case's kind; absent where they were not kept.
--[sqlite
drop trigger events_grow_update;
drop trigger events_grow_delete;
alter table events rename to ticket_events;
create table events (
  case_id {uuid} not null,
  seq {int} not null,
  verb {text} not null,
  at {int} not null,
  by_user {uuid},
  by_name {text},
  unit {text},
  assignment_id {uuid},
  element {text},
  task_no {int},
  from_state {text},
  to_state {text},
  note {text},
  facts {text},
  primary key (case_id, seq)
) {clustered};
insert into events (case_id, seq, verb, at, by_user, by_name, unit, assignment_id, from_state, to_state, note, facts)
  select ticket_id, seq, verb, at, by_user, by_name, unit, assignment_id, from_state, to_state, note, facts from ticket_events order by ticket_id, seq;
drop table ticket_events;
--]
--[postgres
alter table events rename column ticket_id to case_id;
alter table events add column element text collate "C", add column task_no bigint;
alter table events alter column to_state drop not null;
--]
insert into events (case_id, seq, verb, at, by_user, by_name, unit, element, task_no, note, facts)
  select approval_id, seq, verb, at, by_user, by_name, unit, element, task_no, note, facts from approval_events;
drop table approval_events;
--[sqlite
create trigger events_grow_update before update on events begin select raise(abort, 'events only grow'); end;
create trigger events_grow_delete before delete on events begin select raise(abort, 'events only grow'); end;
--]

-- Clock ledger: what happened to the clocks of a case and its assignments; grows only.
alter table clock_entries rename column ticket_id to case_id;
drop index clock_entries_ticket;
create index clock_entries_case on clock_entries (case_id, n);

-- Timers that run. Without a time they are held: the case is paused, or an incident says why.
create table timers (
  case_id {uuid} not null,
  timer_no {int} not null,
  case_kind {text} not null,
  element {text} not null,
  due_at {int},
  held_at {int},
  primary key (case_id, timer_no)
) {clustered};
insert into timers (case_id, timer_no, case_kind, element, due_at, held_at) select approval_id, timer_no, 'A', element, due_at, held_at from approval_timers;
drop table approval_timers;
create index timers_due on timers (due_at, case_id, timer_no, case_kind) where due_at is not null;

-- Services that are being called. `claimed_until` keeps two servers from calling one twice at a time.
create table calls (
  case_id {uuid} not null,
  task_no {int} not null,
  case_kind {text} not null,
  element {text} not null,
  service {text} not null,
  tries {int} not null,
  next_try_at {int},
  claimed_until {int} not null,
  primary key (case_id, task_no)
) {clustered};
insert into calls (case_id, task_no, case_kind, element, service, tries, next_try_at, claimed_until)
  select approval_id, task_no, 'A', element, service, tries, next_try_at, claimed_until from approval_calls;
drop table approval_calls;
create index calls_due on calls (next_try_at, case_id, task_no) where next_try_at is not null;

-- What running cases listen to.
create table listeners (
  case_id {uuid} not null,
  kind {text} not null,
  name {text} not null,
  case_kind {text} not null,
  primary key (case_id, kind, name)
) {clustered};
insert into listeners (case_id, kind, name, case_kind) select approval_id, kind, name, 'A' from approval_listeners;
drop table approval_listeners;
create index listeners_named on listeners (kind, name, case_id, case_kind);

-- Events under way. A row without a receiver is handed out to those who listen; then one row for each of them. A row is taken away in the
-- transaction that delivers. Sealed: what is sent along.
create table deliveries (
  id {uuid} not null primary key,
  sent_at {int} not null,
  kind {text} not null,
  name {text} not null,
  sent_by {uuid},
  initiator {uuid},
  hops {int} not null,
  case_id {uuid},
  case_kind {text},
  definition {text},
  definition_version {int},
  element {text},
  key_id {text} not null,
  sealed {bytes} not null
) {strict};
insert into deliveries (id, sent_at, kind, name, sent_by, initiator, hops, case_id, case_kind, definition, definition_version, element, key_id, sealed)
  select id, sent_at, kind, name, sent_by, initiator, hops, approval_id, case when approval_id is not null then 'A' end, definition, definition_version, element, key_id, sealed from approval_deliveries;
drop table approval_deliveries;
create index deliveries_order on deliveries (sent_at, id);

-- Who has to do with a case: started it, had a task in it, or reads along. Drives the lists of persons and is their right to see it.
create table case_people (
  user_id {uuid} not null,
  part {text} not null,
  case_id {uuid} not null,
  name {text} not null,
  primary key (user_id, part, case_id)
) {clustered};
insert into case_people (user_id, part, case_id, name) select user_id, part, approval_id, name from approval_people;
drop table approval_people;
create index case_people_of on case_people (case_id, part);

-- Where cases stand: how many tokens of each at which element.
create table places (
  definition {text} not null,
  definition_version {int} not null,
  element {text} not null,
  case_id {uuid} not null,
  tokens {int} not null,
  primary key (definition, definition_version, element, case_id)
) {clustered};
insert into places (definition, definition_version, element, case_id, tokens) select definition, definition_version, element, approval_id, tokens from approval_places;
drop table approval_places;

-- What stopped a case, in the engine's words, until its owner settles it.
create table incidents (
  case_id {uuid} not null,
  n {int} not null,
  case_kind {text} not null,
  kind {text} not null,
  definition {text} not null,
  element {text} not null,
  task_no {int},
  timer_no {int},
  words {text} not null,
  tries {int} not null,
  opened_at {int} not null,
  settled_at {int},
  settled_by {text},
  primary key (case_id, n)
) {clustered};
insert into incidents (case_id, n, case_kind, kind, definition, element, task_no, timer_no, words, tries, opened_at, settled_at, settled_by)
  select approval_id, n, 'A', kind, definition, element, task_no, timer_no, words, tries, opened_at, settled_at, settled_by from approval_incidents;
drop table approval_incidents;
create index incidents_open on incidents (definition, opened_at, case_id, n) where settled_at is null;
