-- Questions for figures that somebody keeps under a name, for himself or shared: what is asked, and the days that move with today.
create table saved_pivots (
  id {uuid} primary key,
  owner {uuid} not null,
  owner_name {text} not null,
  -- Unit and area of the owner when it was made, with whom it may be shared.
  unit {text},
  region {text},
  made_at {int} not null,
  name {text} not null,
  -- As it stands in an address; its days are those of the span.
  query {text} not null,
  span {text} not null,
  -- N: nobody, U: the unit, A: the area.
  shared {text} not null
) {clustered};
create index saved_pivots_owner on saved_pivots (owner, name, id);
create index saved_pivots_unit on saved_pivots (unit, name, id) where shared = 'U';
create index saved_pivots_area on saved_pivots (region, name, id) where shared = 'A';
-- What somebody has on the own page of figures.
create table board_tiles (
  id {uuid} primary key,
  owner {uuid} not null,
  -- P: a pivot, V: a view of the ticket list.
  kind {text} not null,
  subject {uuid} not null,
  made_at {int} not null,
  -- The smaller, the further in front.
  place {int} not null
) {clustered};
create index board_tiles_owner on board_tiles (owner, place, id);
-- Of a report that was counted in the scope of several posts, each part: R an area (digits), U a unit with those below (path), N a unit (code).
create table report_parts (
  report {text} not null,
  letter {text} not null,
  place {text} not null,
  primary key (report, letter, place)
) {clustered};
-- What the office's rules about figures found: one row a rule, place and last day, until somebody says what it is.
create table figure_warnings (
  id {uuid} primary key,
  rule {text} not null,
  -- Values of its dimensions, as they are kept.
  place {text} not null,
  -- yyyy-mm-dd
  from_day {text} not null,
  to_day {text} not null,
  -- Whose reports reach it: a division.
  region {text} not null,
  -- What rule and place are called, in both languages.
  name {text} not null,
  title_zh {text} not null,
  title_en {text} not null,
  measure {text} not null,
  test {text} not null,
  threshold {int} not null,
  numerator {int} not null,
  denominator {int} not null,
  -- Sum of the spans before, and how many they are.
  before_sum {int} not null,
  before_spans {int} not null,
  -- The list behind the number.
  address {text} not null,
  found_at {int} not null,
  answered_at {int},
  answered_by {uuid},
  answered_name {text},
  word {text}
) {clustered};
create unique index figure_warnings_once on figure_warnings (rule, place, to_day);
create index figure_warnings_open on figure_warnings (id) where answered_at is null;
create index figure_warnings_answered on figure_warnings (id) where answered_at is not null;
