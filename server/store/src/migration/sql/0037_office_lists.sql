-- Codes of the office's tags that a ticket carries, and its answers to the office's own fields by the field's code, as JSON.
alter table tickets add column tags {text};
alter table tickets add column own {text};
