-- A unit's tickets in the order of their last change: the time stands beside unit and ticket as well, so that a page of a unit's list is read along one
-- index instead of gathering all that the unit ever had. Triggers write it, so that whatever changes a ticket moves it in its units' lists.
alter table ticket_units add column updated_at {int} not null default 0;
update ticket_units set updated_at = coalesce((select t.updated_at from tickets t where t.id = ticket_units.ticket_id), 0);
create index ticket_units_changed on ticket_units (unit, updated_at, ticket_id, direct);
-- The units of a ticket.
create index ticket_units_ticket on ticket_units (ticket_id);
--[sqlite
create trigger ticket_units_begin after insert on ticket_units begin
  update ticket_units set updated_at = coalesce((select t.updated_at from tickets t where t.id = new.ticket_id), new.updated_at)
    where unit = new.unit and ticket_id = new.ticket_id;
end;
create trigger ticket_units_follow after update of updated_at on tickets when new.updated_at <> old.updated_at begin
  update ticket_units set updated_at = new.updated_at where ticket_id = new.id;
end;
--]
--[postgres
create function ticket_units_begin() returns trigger language plpgsql as $$
begin
  new.updated_at := coalesce((select t.updated_at from tickets t where t.id = new.ticket_id), new.updated_at);
  return new;
end $$;
create trigger ticket_units_begin before insert on ticket_units for each row execute function ticket_units_begin();
create function ticket_units_follow() returns trigger language plpgsql as $$
begin
  update ticket_units set updated_at = new.updated_at where ticket_id = new.id;
  return null;
end $$;
create trigger ticket_units_follow after update of updated_at on tickets for each row
  when (new.updated_at <> old.updated_at) execute function ticket_units_follow();
--]

-- What a finding of each severity weighed when a month's scores were frozen, as `5,2,1`; nothing in months of before: the usual weights.
alter table quality_months add column weights {text};
