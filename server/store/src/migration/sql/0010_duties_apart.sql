-- Nobody decides on what he filed himself: who must not do a task stands with it. Rows of before: tasks that nobody has taken yet keep out
-- whoever filed the case; what is somebody's already stays with them.
alter table approval_tasks add column barred {uuid};
update approval_tasks set barred = (select a.started_by from approvals a where a.id = approval_tasks.approval_id) where assignee is null and kind = 'M';

-- To-dos are read from these alone, so what they ask for stands in them.
drop index approval_tasks_mine;
create index approval_tasks_mine on approval_tasks (assignee, due_key, approval_id, task_no, part, barred) where active and assignee is not null;
drop index approval_tasks_unit;
create index approval_tasks_unit on approval_tasks (unit, role, due_key, approval_id, task_no, part, barred) where active and assignee is null and unit is not null;
drop index approval_tasks_role;
create index approval_tasks_role on approval_tasks (role, city, due_key, approval_id, task_no, part, barred, region) where active and assignee is null and unit is null;

-- Whether a person filed it, or a clock began it in the name of whoever activated the version.
--[sqlite
alter table approvals add column filed integer not null default 1;
--]
--[postgres
alter table approvals add column filed boolean not null default true;
--]
