-- That citizens act for organisations: asked for, decided by the office of a city, and over with their last day, which is told from `ends_at`.
create table mandates (
  id {uuid} primary key,
  -- Of an account that may be closed by now.
  citizen_id {uuid} not null,
  -- Six digits of the city whose office decides.
  city {text} not null,
  acts_as {text} not null,
  -- By which the mandates of one organisation are found.
  credit_hmac {bytes} not null,
  key_id {text} not null,
  -- Organisation, credit code, the citizen's name, number and date of the letter.
  sealed {bytes} not null,
  asked_at {int} not null,
  state {text} not null,
  version {int} not null,
  ends_at {int} not null,
  decided_at {int},
  decided_by {uuid},
  decided_by_name {text},
  ended_at {int},
  -- Absent where the citizen ended it.
  ended_by_name {text},
  reason {text}
) {strict};
create index mandates_citizen on mandates (citizen_id, asked_at, id);
create index mandates_city on mandates (city, state, asked_at, id);
create index mandates_organisation on mandates (credit_hmac);

-- Under which a ticket was filed for an organisation.
alter table tickets add column mandate_id {uuid};
create index tickets_mandate on tickets (mandate_id, id) where mandate_id is not null;
