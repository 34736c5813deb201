-- A bad rating of a ticket that is closed waits on a shelf of the follow-up pool until somebody has seen to it: since when, and when it was settled.
alter table ratings add column settled_at {int};
alter table follow_up_pool add column upset_at {int};
create index follow_up_pool_upset on follow_up_pool (due_at, ticket_id) where upset_at is not null;

-- When agent, citizen and a unit last spoke in one call.
alter table tickets add column three_way_at {int};
