-- What ties a database to its keys and its data folder, and what became of it: which keys seal it, from which backups it was restored.
-- New tables, and columns of `audit_checkpoints` that the previous release does not write.

-- The keys that this database needs. A fingerprint is a digest of the key; it opens nothing.
create table sealing_keys (
  kind {text} not null check (kind in ('data', 'lookup', 'audit')),
  id {text} not null,
  fingerprint {bytes} not null,
  recorded_at {int} not null,
  primary key (kind, id)
) {clustered};

-- Restores from a backup: the audit's chain went on from `seq` then. Checkpoints behind it that were signed before are explained by the row,
-- which is signed with the audit's key itself.
create table restores (
  id {uuid} primary key,
  at {int} not null,
  made_at {int} not null,
  seq {int} not null,
  link {bytes} not null,
  key_id {text} not null,
  signature {bytes} not null
) {strict};

-- The checkpoint before, signed along: one that was taken out leaves a gap that can be seen.
alter table audit_checkpoints add column before_seq {int};
alter table audit_checkpoints add column before_signature {bytes};

--[sqlite
create trigger restores_grow_update before update on restores begin select raise(abort, 'restores only grow'); end;
create trigger restores_grow_delete before delete on restores begin select raise(abort, 'restores only grow'); end;
--]
--[postgres
create trigger restores_grow before update or delete on restores for each row execute function only_grows();
--]
