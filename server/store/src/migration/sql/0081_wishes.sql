-- What citizens wish about their data in a ticket, until the centre has answered: that it is corrected, or erased.
create table wishes (
  id {uuid} primary key,
  -- Of an account that may be closed by now.
  citizen_id {uuid} not null,
  ticket_id {uuid} not null,
  ticket_no {text} not null,
  -- Six digits of the city whose centre answers.
  city {text} not null,
  kind {text} not null,
  key_id {text} not null,
  -- What is wrong and what is right, or why.
  sealed {bytes} not null,
  asked_at {int} not null,
  due_at {int} not null,
  state {text} not null,
  version {int} not null,
  decided_at {int},
  decided_by {uuid},
  decided_by_name {text},
  answer {text}
) {strict};
create index wishes_citizen on wishes (citizen_id, asked_at, id);
create index wishes_city on wishes (city, state, asked_at, id);
create index wishes_state on wishes (state, asked_at, id);

-- Archived tickets in which somebody still stands, for the job that erases by the clock.
create index tickets_to_erase on tickets (closed_at, id) where state = 'AR' and citizen is not null;
