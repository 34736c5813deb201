-- The keys that sign access tokens, side by side: the newest signs, those before it only check until they end.
create table session_keys (
  id {uuid} primary key,
  kid {text} not null unique,
  public {bytes} not null,
  -- The private key, sealed; absent of keys that only check.
  key_id {text},
  sealed {bytes},
  made_at {int} not null,
  -- Absent: no end is set.
  ends_at {int}
) {strict};
