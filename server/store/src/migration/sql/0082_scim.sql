-- Accounts that an identity management looks after by SCIM. The id is that of the account, and before there is one that of the request for it.
create table provisioned (
  id {uuid} primary key,
  -- Sign-in name of the program's account.
  program {text} not null,
  -- What the identity management calls the person.
  external_id {text},
  made_at {int} not null,
  -- Since when the identity management knows nobody of this id any more.
  gone_at {int}
) {clustered};
create unique index provisioned_external on provisioned (program, external_id);

-- Accounts that changed and of which no platform was told yet; written with what changed.
create table platform_marks (
  user_id {uuid} primary key,
  at {int} not null
) {clustered};

-- What a platform is to be told of an account, or was told: the state of the account is read when it is sent.
create table platform_pushes (
  id {uuid} primary key,
  platform {text} not null,
  user_id {uuid} not null,
  state {text} not null,
  made_at {int} not null,
  tries {int} not null,
  -- When it is tried next; nothing where it has come to its end.
  next_at {int},
  done_at {int},
  -- The receipt: what the platform answered last.
  said {text} not null
) {clustered};
create index platform_pushes_next on platform_pushes (next_at);
create index platform_pushes_at on platform_pushes (made_at, id);
create index platform_pushes_user on platform_pushes (platform, user_id, state);

-- Where a platform differs from our accounts, as the last look found it.
create table platform_drifts (
  platform {text} not null,
  username {text} not null,
  kind {text} not null,
  found_at {int} not null,
  primary key (platform, username)
) {clustered};

-- The last look at each platform.
create table platform_looks (
  platform {text} primary key,
  at {int} not null,
  -- How many users it has there.
  users {int} not null,
  -- Why the look came to nothing, else empty.
  said {text} not null
) {clustered};
