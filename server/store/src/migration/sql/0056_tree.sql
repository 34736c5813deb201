-- Assignments in a tree: the one from which it was given on; and the one person of the unit who is responsible.
alter table assignments add column parent_id {uuid};
alter table assignments add column responsible {uuid};
alter table assignments add column responsible_name {text};
-- Who signed goes on being responsible.
update assignments set responsible = signed_by,
  responsible_name = (select u.name from users u where u.id = assignments.signed_by)
  where ended_at is null and signed_by is not null;
create index assignments_responsible on assignments (responsible, ticket_id) where responsible is not null and ended_at is null;
