-- Who does somebody's tasks while he is away, and the quarterly reviews of who has an account.

create table stand_ins (
  id {uuid} primary key,
  -- Who is away.
  user_id {uuid} not null,
  user_name {text} not null,
  -- Who stands in.
  other_id {uuid} not null,
  other_name {text} not null,
  state {text} not null,
  version {int} not null,
  from_at {int} not null,
  until_at {int} not null,
  reason {text},
  made_at {int} not null,
  made_by {uuid},
  made_by_name {text} not null,
  answered_at {int},
  ended_at {int},
  ended_by_name {text}
) {strict};
create index stand_ins_other on stand_ins (other_id, state, until_at);
create index stand_ins_user on stand_ins (user_id, state, until_at);

-- One for each unit and quarter.
create table account_reviews (
  id {uuid} primary key,
  unit {text} not null,
  -- The quarter, as 2026Q1.
  term {text} not null,
  made_at {int} not null,
  due_at {int} not null,
  closed_at {int}
) {strict};
create unique index account_reviews_once on account_reviews (term, unit);
create index account_reviews_open on account_reviews (due_at) where closed_at is null;

create table account_review_rows (
  review_id {uuid} not null,
  user_id {uuid} not null,
  -- As they were when it was made.
  username {text} not null,
  name {text} not null,
  roles {text} not null,
  answer {text},
  answered_at {int},
  answered_by {uuid},
  answered_by_name {text},
  primary key (review_id, user_id)
) {clustered};
