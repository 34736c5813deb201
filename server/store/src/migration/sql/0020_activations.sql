-- From when new tickets of an area or a kind start on a version of their process, beside the versions that hold for all of them.
create table activations (
  id {uuid} primary key,
  definition {text} not null,
  version {int} not null,
  -- Division code; absent: everywhere.
  area {text},
  -- Kind of the request; absent: every kind.
  kind {text},
  active_from {int} not null,
  by_user {uuid},
  by_name {text},
  withdrawn_at {int}
) {strict};
create index activations_definition on activations (definition, active_from);

-- Cases of every kind are moved between versions.
alter table migrated_cases rename column approval_id to case_id;
alter table migrated_cases rename column version_after to stand_after;

-- Running tickets of a version are walked in order.
drop index instances_definition;
create index instances_definition on instances (definition, definition_version, ticket_id);
