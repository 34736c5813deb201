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
