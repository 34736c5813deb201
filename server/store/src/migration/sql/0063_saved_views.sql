-- Views of the ticket list that somebody keeps: conditions, order and columns as an address has them, for himself or shared.
create table saved_views (
  id {uuid} primary key,
  owner {uuid} not null,
  owner_name {text} not null,
  -- Unit and area of the owner when it was made, with whom it may be shared.
  unit {text},
  region {text},
  made_at {int} not null,
  name {text} not null,
  query {text} not null,
  -- N: nobody, U: the unit, A: the area.
  shared {text} not null,
  version {int} not null,
  changed_at {int} not null
) {clustered};
create index saved_views_owner on saved_views (owner, name, id);
create index saved_views_unit on saved_views (unit, name, id) where shared = 'U';
create index saved_views_area on saved_views (region, name, id) where shared = 'A';
