-- Notices are of approvals as well: whether the case of one is an approval; `ticket_id` and `ticket_no` are then its id and number.
alter table notices add column approval {bool} not null default {false};
-- Tasks of approvals by when they warn, for the job that tells of them.
create index tasks_warning on tasks (case_kind, warn_at) where active and warn_at is not null;
-- A division ends and never vanishes: tickets name it.
alter table divisions add column ended {bool} not null default {false};
alter table divisions add column successor {text};
