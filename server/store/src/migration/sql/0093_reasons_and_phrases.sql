-- What a deadline is reckoned from stands in the clock ledger itself: since when and by which limit the clock runs, what an entry added, whether a
-- ticket's clock stands where one of its parts ends; and why and by whom, with the deadline of before. Entries of before know none of it.
alter table clock_entries add column began_at {int};
alter table clock_entries add column limit_value {int};
alter table clock_entries add column limit_unit {text};
alter table clock_entries add column added_days {int} not null default 0;
alter table clock_entries add column added_minutes {int} not null default 0;
alter table clock_entries add column promised_at {int};
alter table clock_entries add column tied {bool};
alter table clock_entries add column due_before {int};
alter table clock_entries add column reason {text};
alter table clock_entries add column actor {text};
alter table clock_entries add column by_name {text};

-- Words that somebody keeps to be put into replies, advice, reviews and calls, for himself or shared.
create table phrases (
  id {uuid} primary key,
  owner {uuid} not null,
  owner_name {text} not null,
  -- Unit and area of the owner when it was made, with whom it may be shared.
  unit {text},
  region {text},
  made_at {int} not null,
  name {text} not null,
  words {text} not null,
  -- A: everywhere, R: replies, C: advice, D: dispatch, V: reviews, F: follow-up calls.
  purpose {text} not null,
  -- N: nobody, U: the unit, A: the area.
  shared {text} not null,
  version {int} not null,
  changed_at {int} not null
) {clustered};
create index phrases_owner on phrases (owner, name, id);
create index phrases_unit on phrases (unit, name, id) where shared = 'U';
create index phrases_area on phrases (region, name, id) where shared = 'A';

-- Working hours of a post: the shifts in which the clocks of its tasks run. A row of the list is told by the post as well.
alter table work_hours add column post {text};
update register_rows set key = '-/' || key where list = 'hours';
update register_changes set key = '-/' || key where list = 'hours';
