-- Tickets outside the own queue that somebody opened: one row a person and ticket, of the last time, so that any window can be counted.
create table outside_looks (
  person {uuid} not null,
  ticket_id {uuid} not null,
  -- Sign-in name.
  who {text} not null,
  at {int} not null,
  primary key (person, ticket_id)
) {clustered};
-- By this the rule counts a window, and what is old goes.
create index outside_looks_lately on outside_looks (at, who);
