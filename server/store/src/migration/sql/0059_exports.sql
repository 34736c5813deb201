-- How often the result of a job was taken; whether a job waits for a second person, and who that was.
alter table jobs add column taken {int} not null default 0;
alter table jobs add column awaits {bool} not null default {false};
alter table jobs add column approved_by {text};
