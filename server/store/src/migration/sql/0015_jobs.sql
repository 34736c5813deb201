-- Long work that is done in steps: each step writes where it stands, so that whoever comes next goes on there.
create table jobs (
  id {uuid} primary key,
  kind {text} not null,
  -- What may be there once, as the check of a night.
  once {text} unique,
  owner {uuid},
  owner_name {text} not null,
  -- What is to be done, as JSON; no personal data.
  scope {text} not null,
  state {text} not null,
  cursor {text},
  done {int} not null,
  total {int},
  -- What it came to, as JSON; no personal data.
  report {text},
  holder {text},
  held_until {int} not null,
  steps {int} not null,
  made_at {int} not null,
  ended_at {int}
) {strict};
create index jobs_open on jobs (made_at, id) where ended_at is null;
create index jobs_kind on jobs (kind, made_at);
