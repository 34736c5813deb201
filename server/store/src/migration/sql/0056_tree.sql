-- Assignments in a tree: the one from which it was given on; and the one person of the unit who is responsible.
alter table assignments add column parent_id {uuid};
alter table assignments add column responsible {uuid};
alter table assignments add column responsible_name {text};
-- Who signed goes on being responsible.
update assignments set responsible = signed_by,
  responsible_name = (select u.name from users u where u.id = assignments.signed_by)
  where ended_at is null and signed_by is not null;
insert into case_marks (user_id, mark, case_id, case_kind, marked_at, is_open)
  select a.responsible, 'R', a.ticket_id, 'T', max(coalesce(a.signed_at, a.dispatched_at)), t.is_open from assignments a join tickets t on t.id = a.ticket_id
  where a.responsible is not null and a.ended_at is null group by a.responsible, a.ticket_id, t.is_open;
create index assignments_responsible on assignments (responsible, ticket_id) where responsible is not null and ended_at is null;
