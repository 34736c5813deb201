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
