-- A ticket's life between dispatch and closing. Tries to reach the citizen, and by when the first must be; a ticket that is suspended or waits for a
-- promised day, since when, until when and what the citizen reads of it; what that adds to a limit; and what is asked for about it.
create table contacts (
  id {uuid} primary key,
  ticket_id {uuid} not null,
  assignment_id {uuid} not null,
  cycle_no {int} not null,
  at {int} not null,
  done_at {int},
  by_user {uuid},
  by_name {text},
  way {text} not null,
  reached {bool} not null,
  note {text}
) {strict};
create index contacts_ticket on contacts (ticket_id, at);
alter table assignments add column contact_due_at {int};
alter table assignments add column contacted_at {int};
alter table assignments add column paused_minutes {int} not null default 0;
alter table assignments add column promised_at {int};
alter table tickets add column hold {text};
alter table tickets add column held_since {int};
alter table tickets add column held_until {int};
alter table tickets add column hold_words {text};
alter table tickets add column hold_told {bool} not null default {false};
alter table tickets add column paused_minutes {int} not null default 0;
create index tickets_held on tickets (held_until) where held_until is not null;
alter table applications add column suspension_reason {text};
alter table applications add column termination_reason {text};
alter table applications add column until {int};
alter table applications add column public_words {text};
