-- Messages that came in by text message or mail (来信): kept before they are acknowledged, sealed, each once by the provider's number.
create table incoming_messages (
  id {uuid} primary key,
  way {text} not null,
  -- The provider's number of a text message, the id of a mail.
  provider_no {text} not null,
  -- Of the number or address that it came from.
  sender_hmac {bytes} not null,
  -- Division whose desk it waits at.
  area {text} not null,
  received_at {int} not null,
  kept_at {int} not null,
  -- The text was longer than is kept.
  is_cut {bool} not null,
  -- N new, Q set aside, L linked, R registered, A answered a questionnaire, D dismissed.
  state {text} not null,
  -- Why it was set aside.
  why {text},
  ticket_id {uuid},
  -- Of what it became; of a new one the number that stands in its text.
  ticket_no {text},
  settled_at {int},
  settled_by {uuid},
  settled_name {text},
  -- Why it was dismissed.
  reason {text},
  words {text},
  key_id {text} not null,
  sealed {bytes} not null
) {strict};
create unique index incoming_messages_no on incoming_messages (way, provider_no);
create index incoming_messages_state on incoming_messages (state, id);
create index incoming_messages_sender on incoming_messages (sender_hmac, kept_at);
create index incoming_messages_ticket on incoming_messages (ticket_id, id) where ticket_id is not null;

-- The leaders' list of red tickets: one a person and day; the row of nobody, which is all zeros, says that everybody has it.
create table red_lists (
  person {uuid} not null,
  -- In +08:00, yyyy-mm-dd.
  day {text} not null,
  at {int} not null,
  tickets {int} not null,
  primary key (person, day)
) {clustered};
create index ladder_clocks_deadline on ladder_clocks (due_at);
