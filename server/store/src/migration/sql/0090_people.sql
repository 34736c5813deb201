-- Whoever composed a role that tells who sees a ticket could read who looked at personal data: that is a right of its own now.
insert into role_permissions (role, permission, scope)
select g.role, 'personal.looks', g.scope
from role_permissions g join roles r on r.code = g.role
where g.permission = 'ticket.readers' and r.origin <> 'shipped';

-- When the people in an approval were erased.
alter table approvals add column erased_at {int};
-- Ended approvals in which people still stand, for the job that erases by the clock.
create index approvals_to_erase on approvals (ended_at, id) where ended_at is not null and erased_at is null;
