-- Roles of the installation. Shipped ones are made of the policy at each start and never changed by hand; copies and own ones are the office's.
create table roles (
  code {text} primary key,
  origin {text} not null,
  copied_from {text},
  name {text} not null,
  name_en {text} not null,
  -- The shipped roles whose tasks its holders do, with blanks between.
  tasks {text} not null,
  -- 1: its posts sleep.
  stopped {int} not null default 0,
  version {int} not null,
  updated_at {int} not null,
  updated_by {uuid},
  updated_by_name {text}
) {clustered};

-- What a role gives, each permission in a scope.
create table role_permissions (
  role {text} not null references roles (code),
  permission {text} not null,
  scope {text} not null,
  primary key (role, permission)
) {clustered};

-- Posts: a role that somebody has at a unit, from a day to a day, some on a condition. None is deleted; one that was taken back says when and why.
create table posts (
  user_id {uuid} not null references users (id),
  -- Counted from 1 for each person.
  no {int} not null,
  role {text} not null,
  unit {text} not null,
  -- No permission of the role reaches farther; absent: as far as the role says.
  scope {text},
  valid_from {int} not null,
  valid_until {int},
  condition {text} not null,
  certificate {text},
  certificate_until {int},
  reason {text},
  given_at {int} not null,
  given_by {uuid},
  given_by_name {text},
  ended_at {int},
  ended_by {uuid},
  ended_by_name {text},
  ended_why {text},
  primary key (user_id, no)
) {clustered};
create index posts_role on posts (role, user_id) where ended_at is null;

-- Whoever has a role has it as a post at the own unit. The old table is kept for the release before, which reads it.
insert into posts (user_id, no, role, unit, valid_from, condition, given_at)
select r.user_id, row_number() over (partition by r.user_id order by r.role), r.role, u.unit, u.created_at, 'none', u.created_at
from user_roles r join users u on u.id = r.user_id;
