-- A dispatch that waits for a second person, or was refused by one (派单审核), JSON. Short-lived: it goes when the ticket leaves the gate.
alter table tickets add column proposal {text};

-- When who of a unit does its part (排程); an empty day where nothing is planned. The list of a unit: unplanned parts first, then by day.
alter table assignments add column planned_for {uuid};
alter table assignments add column planned_name {text};
alter table assignments add column planned_day {text} not null default '';
alter table assignments add column planned_part {text};
alter table assignments add column planned_hours {int};
alter table assignments add column planned_note {text};
create index assignments_planned on assignments (unit, planned_day, id) where ended_at is null;

-- Links between tickets (关联): each once, at the ticket whose verb made it, found from both sides.
create table ticket_links (
  ticket_id {uuid} not null,
  n {int} not null,
  ticket_no {text} not null,
  other_id {uuid} not null,
  other_no {text} not null,
  kind {text} not null,
  note {text},
  at {int} not null,
  by_user {uuid},
  by_name {text},
  ended_at {int},
  ended_by {uuid},
  ended_by_name {text},
  end_reason {text},
  primary key (ticket_id, n)
) {clustered};
create index ticket_links_other on ticket_links (other_id);
