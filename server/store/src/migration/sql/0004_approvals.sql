-- Approvals: cases of any deployed definition but the ticket's, with their tasks, timers, calls of services, incidents and migrations.
-- New tables, and columns of `definitions` that the previous release does not read.

-- From when new cases start on a version, and from when none does any more; the ticket's definition always runs on its newest one.
alter table definitions add column name {text};
alter table definitions add column active_from {int};
alter table definitions add column withdrawn_at {int};
alter table definitions add column deployed_by {text};
update definitions set active_from = deployed_at;

-- How many tickets run on which version.
create index instances_definition on instances (definition, definition_version);

-- Decision tables that business-rule tasks ask; a version never changes.
create table decisions (
  key {text} not null,
  version {int} not null,
  xml {text} not null,
  digest {bytes} not null,
  deployed_at {int} not null,
  primary key (key, version)
) {strict};

-- Approvals. Sealed: the engine's state and what was filled in. Pins name the version of every process that may be called; steps, what is open.
create table approvals (
--[sqlite
  rid integer primary key,
--]
  id {uuid} not null unique,
  approval_no {text} not null unique,
  version {int} not null,
  definition {text} not null,
  definition_version {int} not null,
  pins {text},
  title {text} not null,
  status {text} not null,
  outcome {text},
  steps {text} not null,
  started_at {int} not null,
  started_by {uuid} not null,
  started_by_name {text} not null,
  unit {text} not null,
  unit_path {text} not null,
  region {text} not null,
  city {text} not null,
  paused_at {int},
  paused_for {text},
  ended_at {int},
  updated_at {int} not null,
  last_seq {int} not null,
  key_id {text} not null,
  sealed {bytes} not null
) {strict};
create index approvals_definition on approvals (definition, definition_version, status, id);
create index approvals_city on approvals (city, id);
create index approvals_path on approvals (unit_path, id);
create index approvals_all on approvals (status, id);

-- Where cases stand: how many tokens of each at which element.
create table approval_places (
  definition {text} not null,
  definition_version {int} not null,
  element {text} not null,
  approval_id {uuid} not null,
  tokens {int} not null,
  primary key (definition, definition_version, element, approval_id)
) {clustered};

-- The last number drawn per area, definition and day.
create table approval_counters (
  region {text} not null,
  definition {text} not null,
  day {text} not null,
  last {int} not null,
  primary key (region, definition, day)
) {clustered};

-- Who has to do with an approval: started it, had a task in it, or reads along. Drives the lists of persons and is their right to see it.
create table approval_people (
  user_id {uuid} not null,
  part {text} not null,
  approval_id {uuid} not null,
  name {text} not null,
  primary key (user_id, part, approval_id)
) {clustered};
create index approval_people_of on approval_people (approval_id, part);

-- Open tasks and what stands beside them (added signers, delegates, corrections). A row disappears when it is done.
create table approval_tasks (
  approval_id {uuid} not null,
  task_no {int} not null,
  part {int} not null,
  kind {text} not null,
  element {text} not null,
  active {bool} not null,
  assignee {uuid},
  assignee_name {text},
  role {text},
  unit {text},
  unit_path {text},
  region {text},
  city {text},
  asked_by {uuid},
  asked_by_name {text},
  note {text},
  decision {text},
  opened_at {int} not null,
  due_at {int},
  due_key {int} not null,
  warn_at {int},
  provisional {bool} not null,
  primary key (approval_id, task_no, part)
) {strict};
create index approval_tasks_mine on approval_tasks (assignee, due_key, approval_id, task_no, part) where active and assignee is not null;
create index approval_tasks_unit on approval_tasks (unit, role, due_key, approval_id, task_no, part) where active and assignee is null and unit is not null;
create index approval_tasks_role on approval_tasks (role, city, due_key, approval_id, task_no, part) where active and assignee is null and unit is null;
create index approval_tasks_element on approval_tasks (element, approval_id);

-- People of whom one may take a task.
create table approval_candidates (
  user_id {uuid} not null,
  approval_id {uuid} not null,
  task_no {int} not null,
  primary key (user_id, approval_id, task_no)
) {clustered};
create index approval_candidates_of on approval_candidates (approval_id, task_no);

-- Papers that were missing when an approval was accepted.
create table approval_papers (
  approval_id {uuid} not null,
  n {int} not null,
  name {text} not null,
  asked_at {int} not null,
  due_at {int},
  supplied_at {int},
  note {text},
  primary key (approval_id, n)
) {clustered};

-- Timers that run. Without a time they are held: the case is paused, or an incident says why.
create table approval_timers (
  approval_id {uuid} not null,
  timer_no {int} not null,
  element {text} not null,
  due_at {int},
  held_at {int},
  primary key (approval_id, timer_no)
) {clustered};
create index approval_timers_due on approval_timers (due_at, approval_id, timer_no) where due_at is not null;

-- Services that are being called. `claimed_until` keeps two servers from calling one twice at a time.
create table approval_calls (
  approval_id {uuid} not null,
  task_no {int} not null,
  element {text} not null,
  service {text} not null,
  tries {int} not null,
  next_try_at {int},
  claimed_until {int} not null,
  primary key (approval_id, task_no)
) {clustered};
create index approval_calls_due on approval_calls (next_try_at, approval_id, task_no) where next_try_at is not null;

-- What stopped a case, in the engine's words, until its owner settles it.
create table approval_incidents (
  approval_id {uuid} not null,
  n {int} not null,
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
  primary key (approval_id, n)
) {clustered};
create index approval_incidents_open on approval_incidents (definition, opened_at, approval_id, n) where settled_at is null;

-- History, gapless per approval from 1; grows only.
create table approval_events (
  approval_id {uuid} not null,
  seq {int} not null,
  verb {text} not null,
  at {int} not null,
  by_user {uuid},
  by_name {text},
  unit {text},
  element {text},
  task_no {int},
  note {text},
  facts {text},
  primary key (approval_id, seq)
) {clustered};

-- Migrations of running cases, and what each case was before.
create table migrations (
  id {uuid} primary key,
  definition {text} not null,
  from_version {int} not null,
  to_version {int} not null,
  at {int} not null,
  by_user {uuid},
  by_name {text},
  mapping {text} not null,
  moved {int} not null,
  undone_at {int}
) {strict};
create index migrations_definition on migrations (definition, at);
create table migrated_cases (
  migration_id {uuid} not null,
  approval_id {uuid} not null,
  version_after {int} not null,
  definition_version {int} not null,
  pins {text},
  key_id {text} not null,
  sealed {bytes} not null,
  primary key (migration_id, approval_id)
) {clustered};
