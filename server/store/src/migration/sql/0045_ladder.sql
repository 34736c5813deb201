-- The escalation ladder: a row a running clock, which is the ticket itself or one of its assignments. `at` is when its next rung is reached, or when
-- it is looked at anew; nothing when no rung is left. What lay before `since` is told to nobody; the largest number: before the first look.
create table ladder_clocks (
  ticket_id {uuid} not null,
  clock_id {uuid} not null,
  since {int} not null,
  due_at {int} not null,
  at {int},
  rung {text},
  reached_at {int},
  primary key (ticket_id, clock_id)
) {clustered};
create index ladder_clocks_due on ladder_clocks (at, ticket_id, clock_id) where at is not null;

-- Rungs that were reached and of which people are still to be told, many in one notice.
create table ladder_calls (
  id {uuid} not null primary key,
  ticket_id {uuid} not null,
  ticket_no {text} not null,
  region {text} not null,
  rung {text} not null,
  is_late {bool} not null,
  urgent {bool} not null,
  audience {text} not null,
  at {int} not null
) {strict};

-- A notice that gathers several tickets: their rungs with the tickets of each, as JSON.
alter table notices add column rungs {text};

-- The clocks that run already are taken over as they stand.
insert into ladder_clocks (ticket_id, clock_id, since, due_at, at)
select id, id, 9223372036854775807, due_at, 0 from tickets where is_open and due_at is not null and state <> 'SU';
insert into ladder_clocks (ticket_id, clock_id, since, due_at, at)
select a.ticket_id, a.id, 9223372036854775807, a.due_at, 0 from assignments a join tickets t on t.id = a.ticket_id
where t.is_open and t.state <> 'SU' and a.ended_at is null and a.due_at is not null;
