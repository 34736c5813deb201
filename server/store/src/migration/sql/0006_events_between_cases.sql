-- Messages and signals between approvals, and definitions that start by themselves.

-- What running cases listen to.
create table approval_listeners (
  approval_id {uuid} not null,
  kind {text} not null,
  name {text} not null,
  primary key (approval_id, kind, name)
) {clustered};
create index approval_listeners_named on approval_listeners (kind, name, approval_id);

-- Events under way. A row without a receiver is handed out to those who listen; then one row for each of them. A row is taken away in the
-- transaction that delivers. Sealed: what is sent along.
create table approval_deliveries (
  id {uuid} not null primary key,
  sent_at {int} not null,
  kind {text} not null,
  name {text} not null,
  sent_by {uuid},
  initiator {uuid},
  hops {int} not null,
  approval_id {uuid},
  definition {text},
  definition_version {int},
  element {text},
  key_id {text} not null,
  sealed {bytes} not null
) {strict};
create index approval_deliveries_order on approval_deliveries (sent_at, id);

-- Timers at which new cases start. The initiator is who activated the version.
create table process_timers (
  definition {text} not null,
  definition_version {int} not null,
  element {text} not null,
  kind {text} not null,
  spec {text} not null,
  due_at {int} not null,
  initiator {uuid} not null,
  primary key (definition, definition_version, element)
) {clustered};
create index process_timers_due on process_timers (due_at);

-- The case whose message or signal started this one.
alter table approvals add column caused_by {uuid};
create index approvals_caused_by on approvals (caused_by) where caused_by is not null;
