-- Indexes for those who do not see everything. A city's list carries whatever a list filters or counts by, so that its rows need not be looked
-- up, and a city's report finds all it needs there: the times of acceptance are in the ids. Only indexes: the previous release works with them
-- as well, since each one that goes is the beginning of the one that comes.
drop index tickets_city_list;
create index tickets_city_list on tickets (city, id, kind, channel, state, category, region, is_open, due_at, warn_at, closed_at, latest_satisfaction, lead_due_at, lead_replied_at);
-- A city's report of what was due, and its list by deadline with what is closed.
create index tickets_city_lead_due on tickets (city, lead_due_at, region, category, state, lead_replied_at) where lead_due_at is not null;
create index tickets_city_due on tickets (city, due_at, id);
-- Tasks of a subtree, sorted without looking them up.
drop index tasks_path;
create index tasks_path on tasks (unit_path, role, due_key, ticket_id, task_no) where unit is not null;
-- Approvals of one office.
create index approvals_unit on approvals (unit, id);
