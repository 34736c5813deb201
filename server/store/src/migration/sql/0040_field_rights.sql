-- How the holders of a role see personal fields of tickets, as field:phase:shown with blanks between; only what is not as usual.
alter table roles add column sight {text} not null default '';
