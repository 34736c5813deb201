-- Until when people are asked to have read a published revision.
alter table rule_notices add column due_at {int};
