-- Bytes of files, kept once however many references there are. The bytes lie outside, sealed with a key of their own that is wrapped here:
-- without the key they are nothing.
create table blobs (
  id {uuid} primary key,
  -- Digest of the clear bytes; absent once they are destroyed.
  sha256 {bytes},
  size {int} not null,
  kind {text} not null,
  state {text} not null,
  -- Key of the object, its length there and its digest, so that it can be proven without opening it.
  path {text} not null,
  sealed_size {int} not null,
  sealed_sha256 {bytes} not null,
  -- The wrapped key and the key that wraps it; absent once the bytes are destroyed.
  key_id {text},
  sealed_key {bytes},
  created_at {int} not null,
  scanned_at {int},
  -- What the virus check found.
  finding {text},
  -- When the virus check is tried next, and how often it was tried in vain.
  scan_at {int},
  tries {int} not null
) {strict};
create unique index blobs_path on blobs (path);
create index blobs_scan on blobs (scan_at, id) where state = 'quarantined';

-- Where files hang.
create table file_references (
  id {uuid} primary key,
  blob {uuid} not null,
  case_kind {text} not null,
  case_id {uuid} not null,
  place {text} not null,
  -- The assignment whose reply it belongs to.
  assignment {uuid},
  -- The material that it is, and which version of it.
  slot {text},
  version {int} not null,
  -- The name that it came with, sealed: it may say anything of anybody.
  key_id {text} not null,
  name {bytes} not null,
  by_user {uuid},
  by_name {text} not null,
  at {int} not null
) {strict};
create index file_references_case on file_references (case_id, case_kind, at, id);
create index file_references_blob on file_references (blob);
create unique index file_references_slot on file_references (case_id, slot, version) where slot is not null;

-- Files on their way. Their bytes are staged below the data folder under a key that is destroyed with the row.
create table uploads (
  id {uuid} primary key,
  owner {uuid} not null,
  owner_name {text} not null,
  -- Where it is to hang, as JSON.
  hook {text} not null,
  size {int} not null,
  -- Bytes that are on the disk and acknowledged.
  received {int} not null,
  key_id {text} not null,
  -- Name and staging key, sealed.
  inside {bytes} not null,
  -- The reference that it became.
  file {uuid},
  made_at {int} not null,
  expires_at {int} not null
) {strict};
create index uploads_expire on uploads (expires_at);
create index uploads_owner on uploads (owner) where file is null;
