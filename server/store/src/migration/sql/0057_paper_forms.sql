-- Paper forms for the time in which the system is away (断网纸质登记): numbers that are drawn beforehand and printed, each entered once or voided.
create table paper_forms (
  paper_no {text} primary key,
  block_id {uuid} not null,
  region {text} not null,
  -- In +08:00, yyyy-mm-dd.
  day {text} not null,
  reserved_at {int} not null,
  reserved_by {uuid} not null,
  reserved_name {text},
  -- O open, E entered, V voided.
  state {text} not null,
  ticket_id {uuid},
  ticket_no {text},
  settled_at {int},
  settled_by {uuid},
  settled_name {text},
  reason {text}
) {clustered};
create index paper_forms_state on paper_forms (state, paper_no);
create index paper_forms_block on paper_forms (block_id, paper_no);

-- The last number of a place and day.
create table paper_counters (
  region {text} not null,
  day {text} not null,
  last {int} not null,
  primary key (region, day)
) {clustered};

alter table tickets add column paper_no {text};
