-- A dispatch that waits for a second person, or was refused by one (派单审核), JSON. Short-lived: it goes when the ticket leaves the gate.
alter table tickets add column proposal {text};
