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
