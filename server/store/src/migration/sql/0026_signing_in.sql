-- Who chose a password, and when; until when somebody has proved to be himself; links that set a new password once.

-- 1: set by somebody else, and to be changed before anything else.
alter table users add column password_given {int} not null default 0;
-- When the present password was chosen; absent: not known.
alter table users add column password_at {int};

-- When the person of this session last proved to be himself; absent: at sign-in.
alter table sessions add column proved_at {int};

-- The link itself stands nowhere, only its HMAC.
create table reset_links (
  hash {bytes} primary key,
  user_id {uuid} not null references users (id),
  -- Absent: the machine's owner.
  made_by {uuid},
  made_at {int} not null,
  expires_at {int} not null,
  used_at {int}
) {clustered};
create index reset_links_user on reset_links (user_id);
create index reset_links_age on reset_links (expires_at);

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
