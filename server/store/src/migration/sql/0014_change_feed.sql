-- What changed of which case, for programs that follow along. A row is written in the transaction of the change, without a number: on PostgreSQL a
-- number drawn there would show gaps that fill later. A job numbers what is committed; readers see numbered rows only.
create table feed (
  n {serial} primary key,
  seq {int} unique,
  numbered_at {int},
  kind {text} not null,
  case_id {uuid} not null,
  version {int} not null,
  verb {text} not null,
  area_before {text},
  area_after {text},
  units_before {text} not null,
  units_after {text} not null,
  discreet {bool} not null
) {strict};
create index feed_waiting on feed (n) where seq is null;
-- One mark for each run of a bulk door.
create unique index feed_rebuilds on feed (case_id) where kind = 'rebuild';

-- The one row that whoever numbers or trims holds: the newest number, the newest that was trimmed away, and how many rows went unread.
create table feed_head (
  id {int} primary key,
  seq {int} not null,
  trimmed {int} not null,
  lost {int} not null
) {strict};
insert into feed_head (id, seq, trimmed, lost) values (1, 0, 0, 0);

-- Who reads, and up to where; written in the transaction of what the reading does.
create table feed_consumers (
  name {text} primary key,
  position {int} not null,
  read_at {int} not null
) {strict};
