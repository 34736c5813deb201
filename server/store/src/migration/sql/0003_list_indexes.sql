-- Indexes for lists that had to sort or to look up every row they passed over. They carry what lists filter by behind the order, so that rows
-- which do not fit are passed over in the index. Only indexes: the previous release works with them as well.
drop index tickets_city;
create index tickets_city_list on tickets (city, id, kind, channel, state, category, region);
drop index tickets_region;
create index tickets_region_list on tickets (region, id, kind, channel, state, category);
-- The whole province: one state in the order of acceptance, open tickets in the order of their deadlines.
create index tickets_state on tickets (state, id);
create index tickets_open on tickets (due_at, id) where is_open;
-- A centre's list by last change.
create index tickets_city_updated on tickets (city, updated_at, id);
