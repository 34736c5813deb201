-- How often the result of a job was taken.
alter table jobs add column taken {int} not null default 0;
