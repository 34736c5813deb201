-- Who was told something once: senders of messages that were answered by themselves, and people who know of an overtime alarm.
create table incoming_receipts (
  sender_hmac {bytes} not null,
  -- In +08:00, yyyy-mm-dd.
  day {text} not null,
  at {int} not null,
  primary key (sender_hmac, day)
) {clustered};
create index incoming_receipts_at on incoming_receipts (at);

create table alarms_told (
  person {uuid} not null,
  -- Kind, ticket and task; or the day of the morning's notice, yyyy-mm-dd in +08:00.
  what {text} not null,
  at {int} not null,
  primary key (person, what)
) {clustered};
create index alarms_told_at on alarms_told (at);
