-- The first schema. Tokens in braces are types per database (`template.rs`); blocks between `--[sqlite` or `--[postgres` and `--]` belong to one database.
-- Every table has a comment line; every list has an index. Times are UTC milliseconds, codes are the stored codes of `shared`.

-- Small values of the installation itself: the one-time set-up token, the data version.
create table settings (
  key {text} primary key,
  value {text} not null
) {clustered};

-- Work that only one process may do at a time: who holds it until when.
create table leases (
  name {text} primary key,
  holder {text} not null,
  until_at {int} not null
) {clustered};

-- Administrative divisions (GB/T 2260), 6 digits down to the county, 9 for streets.
create table divisions (
  code {text} primary key,
  name {text} not null,
  level {text} not null,
  parent {text}
) {clustered};
create index divisions_parent on divisions (parent, code);

-- Years whose decree of holidays is known; a missing year makes deadlines provisional.
create table calendar_years (
  year {int} primary key,
  source {text} not null
) {strict};

-- Days that differ from the plain week: off, or work at a weekend.
create table calendar_days (
  day {text} primary key,
  kind {text} not null check (kind in ('off', 'work')),
  name {text} not null,
  year {int} not null
) {clustered};

-- Working periods of a day in minutes from midnight; the newest row that is valid on a day holds.
create table work_periods (
  valid_from {text} not null,
  position {int} not null,
  from_minute {int} not null,
  to_minute {int} not null,
  primary key (valid_from, position)
) {clustered};

-- Limit table: stage, channel, kind, category, urgency, region, valid from -> limit; null means any.
create table limit_rules (
  id {int} primary key,
  profile {text} not null,
  stage {text} not null,
  channel {text},
  kind {text},
  category {text},
  urgency {text},
  region {text},
  valid_from {int} not null,
  value {int} not null,
  unit {text} not null
) {strict};

-- Category tree of three levels; codes of 2, 4 and 6 digits.
create table categories (
  code {text} primary key,
  parent {text},
  level {int} not null,
  name_zh {text} not null,
  name_en {text} not null,
  active {bool} not null
) {clustered};
create index categories_parent on categories (parent, code);

-- Process definitions; a running case stays on its version.
create table definitions (
  key {text} not null,
  version {int} not null,
  xml {text} not null,
  digest {bytes} not null,
  deployed_at {int} not null,
  primary key (key, version)
) {strict};

-- Handling units and centres; path is the chain of codes, each followed by a slash.
create table units (
  code {text} primary key,
  name {text} not null,
  parent {text},
  path {text} not null unique,
  level {text} not null,
  region {text} not null,
  active {bool} not null
) {clustered};
create index units_parent on units (parent, code);
create index units_region on units (region, level, code);

-- People who can sign in.
create table users (
  id {uuid} primary key,
  username {text} not null unique,
  name {text} not null,
  password_hash {text} not null,
  unit {text} not null references units (code),
  active {bool} not null,
  version {int} not null,
  wrong_tries {int} not null,
  locked_until {int},
  created_at {int} not null,
  updated_at {int} not null
) {clustered};
create index users_unit on users (unit, username);

-- Roles a person holds; one person may hold many.
create table user_roles (
  user_id {uuid} not null references users (id),
  role {text} not null,
  primary key (user_id, role)
) {clustered};
create index user_roles_role on user_roles (role, user_id);

-- Signed-in sessions; the refresh token is kept as a hash and changes with every use.
create table sessions (
  id {uuid} primary key,
  user_id {uuid} not null references users (id),
  refresh_hash {bytes} not null unique,
  previous_hash {bytes},
  created_at {int} not null,
  rotated_at {int} not null,
  expires_at {int} not null,
  revoked_at {int},
  ip {text},
  agent {text}
) {clustered};
create index sessions_user on sessions (user_id, expires_at);
create index sessions_previous on sessions (previous_hash) where previous_hash is not null;
create index sessions_expiry on sessions (expires_at);

-- Wrong tries per lookup pair or sign-in name (as HMAC), and until when it is locked.
create table wrong_tries (
  key {bytes} primary key,
  tries {int} not null,
  last_at {int} not null,
  locked_until {int}
) {clustered};
create index wrong_tries_age on wrong_tries (last_at);

-- Tickets. Text at the end of the row, so that lists and reports do not read it. The id's time part is accepted_at.
create table tickets (
--[sqlite
  rid integer primary key,
--]
  id {uuid} not null {unique_on_sqlite},
  ticket_no {text} not null,
  version {int} not null,
  cycle_no {int} not null,
  kind {text} not null,
  channel {text} not null,
  category {text},
  region {text} not null,
  city {text} not null,
  street {text},
  urgency {text} not null,
  subject_type {text} not null,
  anonymous {bool} not null,
  confidential {bool} not null,
  reply_required {bool} not null,
  state {text} not null,
  is_open {bool} not null,
  accepted_at {int} not null,
  accepted_by {uuid},
  updated_at {int} not null,
  first_dispatched_at {int},
  replied_at {int},
  reviewed_at {int},
  closed_at {int},
  due_at {int},
  warn_at {int},
  provisional {bool} not null,
  limit_rule {int},
  limit_value {int},
  limit_unit {text},
  lead_unit {text},
  lead_due_at {int},
  lead_replied_at {int},
  urge_count {int} not null,
  last_urged_on {text},
  repeat_of {text},
  first_satisfaction {text} not null,
  latest_satisfaction {text} not null,
  solved {text},
  decline_reason {text},
  decline_proposed {bool} not null,
  exempt_reason {text},
  source_system {text},
  external_no {text},
  batch_id {uuid},
  occurred_at {int},
  lon {real},
  lat {real},
  query_code_hash {bytes} not null,
  phone_hmac {bytes},
  name_hmac {bytes},
  id_number_hmac {bytes},
  citizen_key {text},
  citizen {bytes},
  title {text} not null,
  address {text},
  decline_explanation {text},
  source_words {text},
  content {text} not null,
  answer {text}
--[postgres
  , primary key (id)
) partition by range (id);
create table tickets_default partition of tickets default;
--]
--[sqlite
) strict;
--]
create index tickets_city on tickets (city, id);
create index tickets_city_state on tickets (city, state, id);
create index tickets_region on tickets (region, id);
create index tickets_street on tickets (street, id) where street is not null;
create index tickets_state_due on tickets (state, due_at, id);
create index tickets_due on tickets (due_at, id);
create index tickets_updated on tickets (updated_at, id);
create index tickets_category on tickets (category, id);
create index tickets_lead_unit on tickets (lead_unit, id) where lead_unit is not null;
create index tickets_accepted_by on tickets (accepted_by, id) where accepted_by is not null;
create index tickets_phone on tickets (phone_hmac, id) where phone_hmac is not null;
create index tickets_name on tickets (name_hmac, id) where name_hmac is not null;
create index tickets_id_number on tickets (id_number_hmac, id) where id_number_hmac is not null;
create index tickets_batch on tickets (batch_id, id) where batch_id is not null;
create index tickets_open_due on tickets (city, due_at, id) where is_open;
create index tickets_provisional on tickets (id) where provisional;
-- The reports read only these two indexes.
create index tickets_report on tickets (accepted_at, city, region, category, state, latest_satisfaction, due_at, is_open);
create index tickets_report_due on tickets (lead_due_at, city, region, category, state, lead_replied_at) where lead_due_at is not null;

-- What must be unique over all partitions: the ticket number, with the hash of number and query code for the public lookup.
create table ticket_keys (
  ticket_no {text} primary key,
  ticket_id {uuid} not null,
  query_code_hash {bytes} not null
) {clustered};

-- Numbers of other systems, with a hash of the text, so that a changed text under the same key is noticed.
create table external_keys (
  source_system {text} not null,
  external_no {text} not null,
  ticket_id {uuid} not null,
  text_hash {bytes} not null,
  primary key (source_system, external_no)
) {clustered};

-- The last sequence drawn per region, day and channel; gaps are allowed, re-use is not.
create table ticket_counters (
  region {text} not null,
  day {text} not null,
  channel {text} not null,
  last {int} not null,
  primary key (region, day, channel)
) {clustered};

-- Which tickets a unit, or a unit above it, has or had an assignment in; drives the lists of units. Direct = the unit itself.
create table ticket_units (
  unit {text} not null,
  ticket_id {uuid} not null,
  direct {bool} not null,
  primary key (unit, ticket_id)
) {clustered};

-- Search: pairs of neighbouring characters with positions, so that a phrase query finds every string of two or more.
--[sqlite
create virtual table ticket_search using fts5(grams, content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 0");
--]
--[postgres
create table ticket_search (
  ticket_id uuid not null,
  chunk bigint not null,
  grams tsvector not null,
  primary key (ticket_id, chunk)
) partition by range (ticket_id);
create table ticket_search_default partition of ticket_search default;
create index ticket_search_grams on ticket_search using gin (grams);
--]

-- Assignments: one unit's share of a ticket.
create table assignments (
--[sqlite
  rid integer primary key,
--]
  id {uuid} not null unique,
  ticket_id {uuid} not null references tickets (id),
  version {int} not null,
  cycle_no {int} not null,
  slot {text} not null,
  role {text} not null,
  unit {text} not null,
  unit_path {text} not null,
  status {text} not null,
  dispatched_at {int} not null,
  dispatched_by {uuid},
  sign_due_at {int},
  due_at {int},
  warn_at {int},
  provisional {bool} not null,
  limit_rule {int},
  limit_value {int},
  limit_unit {text},
  signed_at {int},
  signed_by {uuid},
  replied_at {int},
  replied_by {uuid},
  return_count {int} not null,
  final_ruling {bool} not null,
  reply_passed {bool} not null,
  ended_at {int},
  updated_at {int} not null,
  advice {text},
  reply {text}
) {strict};
create index assignments_ticket on assignments (ticket_id, dispatched_at);
create index assignments_unit on assignments (unit, status, due_at);
create index assignments_provisional on assignments (ticket_id) where provisional;
create index assignments_path on assignments (unit_path, status, due_at);

-- Applications to send an assignment back.
create table applications (
  id {uuid} primary key,
  ticket_id {uuid} not null references tickets (id),
  assignment_id {uuid} not null,
  reason {text} not null,
  explanation {text} not null,
  suggested_unit {text},
  asked_at {int} not null,
  asked_by {uuid},
  status {text} not null,
  decided_at {int},
  decided_by {uuid},
  opinion {text}
) {strict};
create index applications_ticket on applications (ticket_id, asked_at);

-- Follow-up calls with the four questions.
create table follow_ups (
  id {uuid} primary key,
  ticket_id {uuid} not null references tickets (id),
  cycle_no {int} not null,
  at {int} not null,
  by_user {uuid},
  by_name {text},
  channel {text} not null,
  connected {bool} not null,
  staff_contacted {bool},
  report_true {bool},
  solved {text},
  satisfaction {text},
  opinion {text}
) {strict};
create index follow_ups_ticket on follow_ups (ticket_id, at);

-- Ratings; all are kept.
create table ratings (
  id {uuid} primary key,
  ticket_id {uuid} not null references tickets (id),
  cycle_no {int} not null,
  at {int} not null,
  source {text} not null,
  satisfaction {text} not null,
  solved {text},
  words {text}
) {strict};
create index ratings_ticket on ratings (ticket_id, at);

-- Running processes; a row disappears when its process ends.
create table instances (
  ticket_id {uuid} primary key references tickets (id),
  definition {text} not null,
  definition_version {int} not null,
  state {text} not null
) {strict};

-- Open tasks on somebody's list; a row disappears when the task is done.
create table tasks (
  ticket_id {uuid} not null references tickets (id),
  task_no {int} not null,
  element {text} not null,
  assignment_id {uuid},
  role {text} not null,
  unit {text},
  unit_path {text},
  region {text} not null,
  city {text} not null,
  verbs {text} not null,
  opened_at {int} not null,
  due_at {int},
  due_key {int} not null,
  warn_at {int},
  provisional {bool} not null,
  primary key (ticket_id, task_no)
) {strict};
create index tasks_centre on tasks (role, city, due_key, ticket_id, task_no) where unit is null;
create index tasks_role on tasks (role, due_key, ticket_id, task_no);
create index tasks_unit on tasks (unit, role, due_key, ticket_id, task_no) where unit is not null;
create index tasks_path on tasks (unit_path, role, due_key) where unit is not null;

-- History events, gapless per ticket from 1; grows only.
create table events (
  ticket_id {uuid} not null,
  seq {int} not null,
  verb {text} not null,
  at {int} not null,
  by_user {uuid},
  by_name {text},
  unit {text},
  assignment_id {uuid},
  from_state {text},
  to_state {text} not null,
  note {text},
  facts {text},
  primary key (ticket_id, seq)
) {clustered};

-- Clock ledger: what happened to the clocks of a ticket and its assignments; grows only.
create table clock_entries (
  n {serial} primary key,
  ticket_id {uuid} not null,
  assignment_id {uuid},
  at {int} not null,
  kind {text} not null,
  due_at {int},
  limit_rule {int},
  provisional {bool} not null
) {strict};
create index clock_entries_ticket on clock_entries (ticket_id, n);

-- Repeated requests: the same key and body get the same answer.
create table idempotency_keys (
  scope {text} not null,
  key {text} not null,
  body_hash {bytes} not null,
  status {int} not null,
  response {text} not null,
  created_at {int} not null,
  primary key (scope, key)
) {strict};
create index idempotency_keys_age on idempotency_keys (created_at);

-- Messages to citizens, sealed; delivered by a job after the commit.
create table outbox (
  id {uuid} primary key,
  ticket_id {uuid},
  channel {text} not null,
  key_id {text} not null,
  sealed {bytes} not null,
  created_at {int} not null,
  tries {int} not null,
  next_try_at {int} not null,
  delivered_at {int},
  failed_at {int}
) {strict};
create index outbox_waiting on outbox (next_try_at, id) where delivered_at is null and failed_at is null;
create index outbox_ticket on outbox (ticket_id) where ticket_id is not null;

-- Forms being filled in; photos hang on them until the form is sent.
create table drafts (
  id {uuid} primary key,
  owner {uuid},
  created_at {int} not null,
  expires_at {int} not null
) {clustered};
create index drafts_expiry on drafts (expires_at);

-- Uploaded files: either of a draft or of a ticket.
create table attachments (
  id {uuid} primary key,
  draft_id {uuid},
  ticket_id {uuid},
  name {text} not null,
  media_type {text} not null,
  size {int} not null,
  width {int} not null,
  height {int} not null,
  sha256 {bytes} not null,
  path {text} not null,
  uploaded_at {int} not null,
  uploaded_by {uuid}
) {strict};
create index attachments_ticket on attachments (ticket_id, id) where ticket_id is not null;
create index attachments_draft on attachments (draft_id, id) where draft_id is not null;

-- Runs of the two bulk doors.
create table batches (
  id {uuid} primary key,
  kind {text} not null,
  name {text} not null unique,
  source {text} not null,
  started_at {int} not null,
  finished_at {int},
  undone_at {int},
  rows_read {int} not null,
  rows_imported {int} not null,
  rows_duplicate {int} not null,
  rows_rejected {int} not null
) {strict};
create index batches_started on batches (started_at);

-- Counted figures for the public page, refreshed by a job.
create table figures (
  name {text} primary key,
  value {text} not null,
  as_of {int} not null
) {strict};

-- Audit rows, written in the verb's transaction with their own digest; grow only. Values that may be erased stand beside their salted hashes.
create table audit (
  n {serial} primary key,
  id {uuid} not null unique,
  at {int} not null,
  actor {uuid},
  actor_name {text} not null,
  action {text} not null,
  object {text} not null,
  outcome {text} not null,
  facts {text} not null,
  salt {bytes} not null,
  hashes {text} not null,
  erasable {text},
  digest {bytes} not null
) {strict};
create index audit_at on audit (at, n);
create index audit_actor on audit (actor, n) where actor is not null;
create index audit_object on audit (object, n);
create index audit_action on audit (action, n);

-- Audit rows that are committed but not yet linked into the chain.
create table audit_pending (
  n {int} primary key
) {strict};

-- The hash chain in the order of sealing; seq is gapless from 1.
create table audit_chain (
  seq {int} primary key,
  n {int} not null unique,
  link {bytes} not null
) {strict};

-- Signed positions of the chain.
create table audit_checkpoints (
  seq {int} primary key,
  link {bytes} not null,
  at {int} not null,
  key_id {text} not null,
  signature {bytes} not null
) {strict};

--[sqlite
create trigger events_grow_update before update on events begin select raise(abort, 'events only grow'); end;
create trigger events_grow_delete before delete on events begin select raise(abort, 'events only grow'); end;
create trigger clock_grow_update before update on clock_entries begin select raise(abort, 'clock_entries only grow'); end;
create trigger clock_grow_delete before delete on clock_entries begin select raise(abort, 'clock_entries only grow'); end;
create trigger audit_grow_update before update on audit when new.erasable is not null or new.n <> old.n or new.digest <> old.digest or new.hashes <> old.hashes or new.facts <> old.facts
begin select raise(abort, 'audit only grows'); end;
create trigger audit_grow_delete before delete on audit begin select raise(abort, 'audit only grows'); end;
create trigger chain_grow_update before update on audit_chain begin select raise(abort, 'audit_chain only grows'); end;
create trigger chain_grow_delete before delete on audit_chain begin select raise(abort, 'audit_chain only grows'); end;
create trigger checkpoints_grow_update before update on audit_checkpoints begin select raise(abort, 'audit_checkpoints only grow'); end;
create trigger checkpoints_grow_delete before delete on audit_checkpoints begin select raise(abort, 'audit_checkpoints only grow'); end;
--]
--[postgres
create function only_grows() returns trigger language plpgsql as $$ begin raise exception '% only grows', tg_table_name; end $$;
create trigger events_grow before update or delete on events for each row execute function only_grows();
create trigger clock_grow before update or delete on clock_entries for each row execute function only_grows();
create trigger audit_grow before delete on audit for each row execute function only_grows();
create trigger audit_grow_update before update on audit for each row
  when (new.erasable is not null or new.n <> old.n or new.digest <> old.digest or new.hashes <> old.hashes or new.facts <> old.facts)
  execute function only_grows();
create trigger chain_grow before update or delete on audit_chain for each row execute function only_grows();
create trigger checkpoints_grow before update or delete on audit_checkpoints for each row execute function only_grows();
--]
