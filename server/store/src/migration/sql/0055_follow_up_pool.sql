-- The follow-up pool: a row a ticket that waits for its call, with by when, what was tried, and who has taken it for a while so that nobody else calls.
create table follow_up_pool (
  ticket_id {uuid} primary key,
  cycle_no {int} not null,
  due_at {int} not null,
  tries {int} not null,
  last_try_at {int},
  -- The time that the citizen asked for.
  appointed_at {int},
  held_by {uuid},
  held_name {text},
  held_until {int}
) {clustered};
create index follow_up_pool_due on follow_up_pool (due_at, ticket_id);
create index follow_up_pool_appointed on follow_up_pool (appointed_at, ticket_id) where appointed_at is not null;
create index follow_up_pool_held on follow_up_pool (held_by, held_until) where held_by is not null;

-- What came of a call, and when it is to be made again; a call that was noted later has the time at which it was made.
alter table follow_ups add column outcome {text};
alter table follow_ups add column appointed_at {int};
alter table follow_ups add column done_at {int};

-- Questionnaires by text message: an address that is good once and for a while, of which only the hash is kept.
create table questionnaires (
  id {uuid} primary key,
  ticket_id {uuid} not null,
  cycle_no {int} not null,
  token_hash {bytes} not null,
  made_at {int} not null,
  ends_at {int} not null,
  used_at {int}
) {strict};
create unique index questionnaires_token on questionnaires (token_hash);
create index questionnaires_ticket on questionnaires (ticket_id, made_at);

-- Tickets that wait already are taken over as they stand.
insert into follow_up_pool (ticket_id, cycle_no, due_at, tries, last_try_at)
select t.id, t.cycle_no, coalesce((select min(k.due_at) from tasks k where k.case_id = t.id and k.active and k.verbs like '%follow-up%'), 9223372036854775807),
 (select count(*) from follow_ups f where f.ticket_id = t.id and f.cycle_no = t.cycle_no and f.channel <> '3'),
 (select max(f.at) from follow_ups f where f.ticket_id = t.id and f.cycle_no = t.cycle_no)
from tickets t where t.is_open and t.state = 'TV';
