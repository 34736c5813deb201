-- A message for which nobody waits yet rests until somebody comes or its time is over. An event whose delivery stopped hangs on the incident of
-- the case that it stopped at. A signal may be for one area only.
alter table deliveries add column rests_since {int};
alter table deliveries add column keep_until {int};
alter table deliveries add column incident {int};
alter table deliveries add column area {text};
drop index deliveries_order;
create index deliveries_order on deliveries (sent_at, id) where rests_since is null and incident is null;
create index deliveries_resting on deliveries (name, keep_until) where rests_since is not null;
create index deliveries_stopped on deliveries (case_id, incident) where incident is not null;
