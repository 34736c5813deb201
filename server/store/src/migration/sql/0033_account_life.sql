-- Life of accounts: what is asked for and decided about them, and what happened to each.

-- 1: closed for a time, until somebody resumes it; a closed account without it was cancelled. An older release sees a closed account.
alter table users add column frozen {int} not null default 0;
-- When the person was last at work, to some minutes; absent: never, or not since the last release.
alter table users add column seen_at {int};

create table account_requests (
  id {uuid} primary key,
  kind {text} not null,
  state {text} not null,
  version {int} not null,
  -- Whose account; absent of one that does not exist yet.
  user_id {uuid},
  username {text} not null,
  name {text} not null,
  unit {text} not null,
  -- The posts that are asked for, as JSON.
  posts {text} not null,
  reason {text} not null,
  -- Who takes over what is open.
  heir {uuid},
  heir_name {text},
  -- Of rows that came with one file.
  batch {uuid},
  made_at {int} not null,
  made_by {uuid},
  made_by_name {text} not null,
  -- Lapses then, when nobody has decided.
  expires_at {int} not null,
  approved_at {int},
  approved_by {uuid},
  approved_by_name {text},
  granted_at {int},
  granted_by {uuid},
  granted_by_name {text},
  -- The last step, whatever it was: done, refused, withdrawn, lapsed.
  ended_at {int},
  ended_by {uuid},
  ended_by_name {text},
  answer {text}
) {strict};
create index account_requests_open on account_requests (state, made_at, id);
create index account_requests_user on account_requests (user_id, made_at);
create index account_requests_batch on account_requests (batch);

create table account_events (
  user_id {uuid} not null,
  seq {int} not null,
  kind {text} not null,
  at {int} not null,
  by_user {uuid},
  by_name {text} not null,
  request {uuid},
  reason {text},
  -- Codes and names, as JSON; absent where there are none.
  facts {text},
  primary key (user_id, seq)
) {clustered};
