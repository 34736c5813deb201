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
