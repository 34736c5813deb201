-- What ends a ticket's life. Archived tickets are sealed: digests of their parts as they were then, and one over them.
create table archives (
  ticket_id {uuid} primary key,
  sealed_at {int} not null,
  -- How the parts were written down to be digested.
  form {int} not null,
  events {int} not null,
  files {int} not null,
  -- Hexadecimal digits.
  head_digest {text} not null,
  history_digest {text} not null,
  files_digest {text} not null,
  seal {text} not null
) {clustered};
create index tickets_to_archive on tickets (closed_at, id) where state = 'CL';

-- How a ticket counts (考核认定) is ruled on an application ('N', 'U'): why, whether it revokes the one that stands, and the first opinion; and what
-- was ruled stands with the ticket.
alter table applications add column ruling_reason {text};
alter table applications add column revokes {bool} not null default {false};
alter table applications add column supported {bool};
alter table applications add column advice {text};
alter table applications add column advised_at {int};
alter table applications add column advised_by {uuid};
alter table applications add column advised_by_name {text};
alter table tickets add column not_counted {bool} not null default {false};
alter table tickets add column unreasonable {bool} not null default {false};
create index tickets_not_counted on tickets (city, id) where not_counted;
-- Rates leave out what is not counted, and are still read from indexes alone.
drop index tickets_report;
create index tickets_report on tickets (accepted_at, city, region, category, state, latest_satisfaction, due_at, is_open, not_counted);
drop index tickets_report_due;
create index tickets_report_due on tickets (lead_due_at, city, region, category, state, lead_replied_at, not_counted) where lead_due_at is not null;
drop index tickets_city_list;
create index tickets_city_list on tickets (city, id, kind, channel, state, category, region, is_open, due_at, warn_at, closed_at, latest_satisfaction, lead_due_at, lead_replied_at, not_counted);
drop index tickets_city_lead_due;
create index tickets_city_lead_due on tickets (city, lead_due_at, region, category, state, lead_replied_at, not_counted) where lead_due_at is not null;

-- What was handed over to bodies beside the office (移交), with receipts that may come later.
create table transfers (
  ticket_id {uuid} not null,
  n {int} not null,
  body {text} not null,
  body_zh {text} not null,
  body_en {text} not null,
  explanation {text} not null,
  public_words {text} not null,
  at {int} not null,
  done_at {int},
  by_user {uuid},
  by_name {text},
  goes_on {bool} not null,
  receipt {text},
  receipt_at {int},
  receipt_by {uuid},
  receipt_by_name {text},
  primary key (ticket_id, n)
) {clustered};

-- Hard cases (疑难): why one is asked for ('D'), and since when the ticket is one.
alter table applications add column difficult_reason {text};
alter table tickets add column difficult_at {int};
