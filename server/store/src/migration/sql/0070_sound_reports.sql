-- Scores of quality by month, city and lead unit (an empty code: the centre), as they were frozen; none is changed or deleted.
create table quality_months (
  -- yyyy-mm, by the time of acceptance.
  month {text} not null,
  -- Six digits of the city.
  region {text} not null,
  unit {text} not null,
  unit_path {text} not null,
  tickets {int} not null,
  -- Open findings by weight.
  blocks {int} not null,
  warns {int} not null,
  notes {int} not null,
  as_of {int} not null,
  primary key (month, region, unit)
) {clustered};

-- The live checks of reports as they came out last.
create table live_checks (
  name {text} not null primary key,
  state {text} not null,
  -- Codes and numbers as JSON; nothing personal.
  facts {text},
  run_at {int} not null,
  since {int} not null
) {clustered};

-- Requests for a special cut of figures: who asks, for what, who agreed; the cut stands in its row until it was taken or its day has passed.
create table data_requests (
  id {uuid} primary key,
  asked_by {uuid} not null,
  asked_by_name {text} not null,
  -- Where whoever asks works: those who see its reports decide.
  region {text} not null,
  purpose {text} not null,
  -- As a cube is asked for.
  query {text} not null,
  asked_at {int} not null,
  ends_at {int} not null,
  state {text} not null,
  decided_by {uuid},
  decided_by_name {text},
  decided_at {int},
  reason {text},
  content {text},
  -- SHA-256 of the content, as hexadecimal digits.
  digest {text},
  taken_at {int}
) {clustered};
create index data_requests_asked on data_requests (asked_by, id);
create index data_requests_ends on data_requests (ends_at) where state in ('asked', 'ready');
