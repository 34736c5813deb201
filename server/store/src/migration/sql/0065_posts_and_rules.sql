-- Quarterly reviews answer about each post. The old table is kept for the release before, which reads it.

-- A frozen post has run out, for the release before as well; until when it was given is kept beside it.
alter table posts add column frozen_at {int};
alter table posts add column frozen_until {int};

create table account_review_posts (
  review_id {uuid} not null,
  user_id {uuid} not null,
  -- Of the post; this and what follows as it was when the review was made.
  no {int} not null,
  username {text} not null,
  name {text} not null,
  role {text} not null,
  scope {text},
  valid_until {int},
  seen_at {int},
  answer {text},
  ends_at {int},
  answered_at {int},
  answered_by {uuid},
  answered_by_name {text},
  primary key (review_id, user_id, no)
) {clustered};

insert into account_review_posts (review_id, user_id, no, username, name, role, scope, valid_until, seen_at, answer, answered_at, answered_by, answered_by_name)
select r.review_id, r.user_id, p.no, r.username, r.name, p.role, p.scope, p.valid_until, u.seen_at, r.answer, r.answered_at, r.answered_by, r.answered_by_name
from account_review_rows r
join account_reviews v on v.id = r.review_id
join users u on u.id = r.user_id
join posts p on p.user_id = r.user_id
where p.given_at <= v.made_at and (p.ended_at is null or p.ended_at > v.made_at);

-- Published revisions that people are asked to read, and who has read them.
create table rule_notices (
  id {uuid} primary key,
  list {text} not null,
  area {text} not null,
  number {int} not null,
  valid_from {int},
  asked_at {int} not null,
  note {text} not null,
  asked_by {uuid},
  asked_by_name {text} not null
) {strict};
create unique index rule_notices_revision on rule_notices (list, area, number);

create table rule_reads (
  user_id {uuid} not null,
  notice_id {uuid} not null,
  -- As they were when it was asked.
  username {text} not null,
  name {text} not null,
  unit {text} not null,
  -- When he is told, and told again; nothing once it is read, or nobody waits any more.
  remind_at {int},
  read_at {int},
  primary key (user_id, notice_id)
) {clustered};
create index rule_reads_notice on rule_reads (notice_id, username);
create index rule_reads_remind on rule_reads (remind_at) where remind_at is not null;
