-- The audit is searched by kind of object, by failures, by address and by what is no person; and no column of a row but the erasable values can be
-- changed, which can only be erased.
--[sqlite
create index audit_kind on audit (substr(object, 1, instr(object || ':', ':') - 1), n);
create index audit_address on audit (json_extract(erasable, '$.ip'), n) where erasable is not null;
drop trigger audit_grow_update;
create trigger audit_grow_update before update on audit when new.erasable is not null or new.n <> old.n or new.id <> old.id or new.at <> old.at
  or new.actor is not old.actor or new.actor_name <> old.actor_name or new.action <> old.action or new.object <> old.object
  or new.outcome <> old.outcome or new.facts <> old.facts or new.salt <> old.salt or new.hashes <> old.hashes or new.digest <> old.digest
begin select raise(abort, 'audit only grows'); end;
--]
--[postgres
create index audit_kind on audit (split_part(object, ':', 1), n);
create index audit_address on audit ((erasable::json ->> 'ip'), n) where erasable is not null;
drop trigger audit_grow_update on audit;
create trigger audit_grow_update before update on audit for each row
  when (new.erasable is not null or new.n <> old.n or new.id <> old.id or new.at <> old.at or new.actor is distinct from old.actor
    or new.actor_name <> old.actor_name or new.action <> old.action or new.object <> old.object or new.outcome <> old.outcome
    or new.facts <> old.facts or new.salt <> old.salt or new.hashes <> old.hashes or new.digest <> old.digest)
  execute function only_grows();
--]
create index audit_failed on audit (n) where outcome <> 'ok';
create index audit_nobody on audit (actor_name, n) where actor is null;

-- What the rules about the audit found: one row a rule, person and stretch of time, until somebody dismisses it with a reason.
create table audit_alarms (
  id {uuid} primary key,
  rule {text} not null,
  -- Sign-in name.
  who {text} not null,
  -- Number of the stretch in which it was counted.
  stretch {int} not null,
  at {int} not null,
  -- Numbers of the first and the last row that were counted.
  first_row {int} not null,
  last_row {int} not null,
  counted {int} not null,
  dismissed_at {int},
  dismissed_by {uuid},
  dismissed_name {text},
  reason {text}
) {strict};
create unique index audit_alarms_once on audit_alarms (rule, who, stretch);
create index audit_alarms_open on audit_alarms (id) where dismissed_at is null;
create index audit_alarms_dismissed on audit_alarms (id) where dismissed_at is not null;

-- The month's report about the audit, as it was made and signed; none is changed or deleted.
create table audit_reports (
  -- yyyy-mm
  month {text} primary key,
  made_at {int} not null,
  -- JSON
  content {text} not null,
  key_id {text} not null,
  -- Over month and digest of the content.
  signature {bytes} not null
) {strict};
--[sqlite
create trigger audit_reports_stay_update before update on audit_reports begin select raise(abort, 'audit_reports stay'); end;
create trigger audit_reports_stay_delete before delete on audit_reports begin select raise(abort, 'audit_reports stay'); end;
--]
--[postgres
create trigger audit_reports_stay before update or delete on audit_reports for each row execute function only_grows();
--]
