-- The audit is searched by request. A place in the text instead of its JSON: a row that was tampered with is found by verifying, and stops nothing here.
--[sqlite
create index audit_request on audit (substr(facts, instr(facts, '"request":"') + 11, 32), n) where instr(facts, '"request":"') > 0;
--]
--[postgres
create index audit_request on audit ((substr(facts, strpos(facts, '"request":"') + 11, 32)), n) where strpos(facts, '"request":"') > 0;
--]
-- Alarms that wait, by whom they are about.
create index audit_alarms_about on audit_alarms (who) where dismissed_at is null;

-- How much each person looked at: one row a person, ten minutes and kind of look, which only grows in its time.
create table reads (
  person {uuid} not null,
  -- Number of the ten minutes since 1970.
  stretch {int} not null,
  -- own, outside, discreet, people
  kind {text} not null,
  -- Sign-in name.
  who {text} not null,
  counted {int} not null,
  primary key (person, stretch, kind)
) {clustered};
create index reads_lately on reads (stretch, kind);

-- Questions to the audit that an auditor keeps, for himself or for all auditors.
create table audit_questions (
  id {uuid} primary key,
  owner {uuid} not null,
  owner_name {text} not null,
  name {text} not null,
  -- What stands behind the question mark of the page's address.
  query {text} not null,
  shared {bool} not null,
  made_at {int} not null
) {clustered};
create index audit_questions_owner on audit_questions (owner, name, id);
create index audit_questions_shared on audit_questions (shared, name, id);
