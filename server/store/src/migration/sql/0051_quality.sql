-- What the rules of quality find: a rule that a case breaks, and what became of it. None is deleted with its case's history.
create table quality_findings (
  id {uuid} primary key,
  rule {text} not null,
  rule_version {int} not null,
  case_kind {text} not null,
  case_id {uuid} not null,
  -- Division of the case, and the unit that sees to it; without one the centre of the place.
  region {text} not null,
  unit {text},
  unit_path {text},
  severity {text} not null,
  state {text} not null,
  -- Codes and numbers as JSON; nothing personal.
  facts {text},
  first_seen {int} not null,
  last_seen {int} not null,
  due_at {int} not null,
  -- Who asked to dismiss it, and why.
  asked_by {uuid},
  asked_by_name {text},
  reason {text},
  -- Who saw to it; nobody where the next look no longer found it.
  closed_at {int},
  closed_by {uuid},
  closed_by_name {text},
  note {text}
) {clustered};
create unique index quality_findings_open on quality_findings (case_id, rule) where closed_at is null;
create index quality_findings_dismissed on quality_findings (case_id, rule) where state = 'dismissed';
create index quality_findings_due on quality_findings (due_at, id) where closed_at is null;
create index quality_findings_closed on quality_findings (closed_at, id) where closed_at is not null;

-- Tickets of each division and leading unit (an empty code: the centre), counted when the rules looked last; scores are reckoned with them.
create table quality_counts (
  region {text} not null,
  unit {text} not null,
  unit_path {text} not null,
  tickets {int} not null,
  counted_at {int} not null,
  primary key (region, unit)
) {clustered};

-- The last replies of whoever wrote one, for replies that are all alike.
create index assignments_replied_by on assignments (replied_by, replied_at) where replied_by is not null;
