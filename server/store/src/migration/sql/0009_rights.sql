-- Forms belong to somebody, devices are known, and what is asked for often is counted.

-- The device (as HMAC) of a visitor who began a form; a person's form has an owner instead.
alter table drafts add column device {bytes};

-- Devices (as HMAC) that proved a subject before: an account by its password, a ticket number by its code. A stranger's wrong tries do not lock them out.
create table known_devices (
  subject {bytes} not null,
  device {bytes} not null,
  last_at {int} not null,
  primary key (subject, device)
) {clustered};
create index known_devices_age on known_devices (last_at);

-- How often something happened since the beginning of its window; the key is an HMAC.
create table tallies (
  key {bytes} primary key,
  n {int} not null,
  since {int} not null
) {clustered};
create index tallies_age on tallies (since);
