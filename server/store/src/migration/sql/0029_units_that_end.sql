-- A unit that ended names who took over.
alter table units add column successor {text};
