-- Whoever composed a role that tells who sees a ticket could read who looked at personal data: that is a right of its own now.
insert into role_permissions (role, permission, scope)
select g.role, 'personal.looks', g.scope
from role_permissions g join roles r on r.code = g.role
where g.permission = 'ticket.readers' and r.origin <> 'shipped';
