-- Revisions of the lists of an office: of each list and each area that owns a part of it ('' for the base) they are counted from 1.
-- One is changed (draft, submitted), then published from an instant on; a job projects it into the live tables at that instant.
create table register_revisions (
  list {text} not null,
  area {text} not null,
  number {int} not null,
  base {int} not null,
  restored {int},
  made_at {int} not null,
  made_by {uuid},
  made_by_name {text},
  state {text} not null,
  version {int} not null,
  editors {text},
  note {text},
  valid_from {int},
  open_too {bool} not null,
  submitted_by {uuid},
  submitted_by_name {text},
  published_at {int},
  published_by {uuid},
  published_by_name {text},
  applied_at {int},
  followed_at {int},
  primary key (list, area, number)
) {clustered};
create unique index register_one_draft on register_revisions (list, area) where state in ('draft', 'submitted');
create index register_due on register_revisions (valid_from) where state = 'published' and applied_at is null;

-- Rows of the lists, each from the revision that brought it until the one that ended it; a changed row is a new one.
create table register_rows (
  list {text} not null,
  area {text} not null,
  key {text} not null,
  since {int} not null,
  ended {int},
  body {text} not null,
  words {text} not null,
  primary key (list, area, key, since)
) {clustered};

-- What a revision changes of the one before: a row as it becomes, or nothing for one that goes.
create table register_changes (
  list {text} not null,
  area {text} not null,
  number {int} not null,
  key {text} not null,
  body {text},
  words {text},
  primary key (list, area, number, key)
) {clustered};

-- A limit that was changed holds until then for tickets accepted before; what was published for open tickets too counts for clocks that start later.
alter table limit_rules add column valid_until {int};
alter table limit_rules add column open_from {int};
alter table limit_rules add column open_until {int};
