-- Teams (班组) of a unit. Who belongs to one is data, from a day to a day; none is deleted.
create table teams (
  id {uuid} primary key,
  unit {text} not null,
  name {text} not null,
  ended_at {int},
  version {int} not null,
  changed_at {int} not null,
  changed_by_name {text}
) {clustered};
create index teams_unit on teams (unit, id) where ended_at is null;

-- Who belongs to a team, and who leads it.
create table team_members (
  team {uuid} not null references teams (id),
  -- Counted from 1 in each team.
  no {int} not null,
  user_id {uuid} not null references users (id),
  -- 1: leads it.
  leads {int} not null,
  valid_from {int} not null,
  -- Absent: without end.
  valid_until {int},
  given_at {int} not null,
  given_by_name {text},
  primary key (team, no)
) {clustered};
create index team_members_user on team_members (user_id, team);
