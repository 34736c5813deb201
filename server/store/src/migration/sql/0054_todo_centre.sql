-- Acts on many tickets at once (批量办理): who asked for what, and what became of each ticket. Nothing of it names a citizen.
create table bulk_acts (
  id {uuid} primary key,
  user_id {uuid} not null,
  act {text} not null,
  made_at {int} not null
) {clustered};
create index bulk_acts_made on bulk_acts (made_at);
create table bulk_items (
  bulk_id {uuid} not null,
  item_no {int} not null,
  ticket_id {uuid} not null,
  assignment_id {uuid},
  ticket_no {text},
  version {int} not null,
  outcome {text} not null,
  -- Code and facts as JSON.
  fault {text},
  primary key (bulk_id, item_no)
) {clustered};

-- What somebody has to do with a case beside its tasks: did something (D, at the last act), follows it (F), was named in a note (C).
create table case_marks (
  user_id {uuid} not null,
  mark {text} not null,
  case_id {uuid} not null,
  case_kind {text} not null,
  marked_at {int} not null,
  is_open {bool} not null,
  primary key (user_id, mark, case_id)
) {clustered};
insert into case_marks (user_id, mark, case_id, case_kind, marked_at, is_open)
  select e.by_user, 'D', e.case_id, 'T', max(e.at), t.is_open from events e join tickets t on t.id = e.case_id
  where e.by_user is not null group by e.by_user, e.case_id, t.is_open;
insert into case_marks (user_id, mark, case_id, case_kind, marked_at, is_open)
  select e.by_user, 'D', e.case_id, 'A', max(e.at), a.status in ('RN', 'CO', 'SU') from events e join approvals a on a.id = e.case_id
  where e.by_user is not null group by e.by_user, e.case_id, a.status;
insert into case_marks (user_id, mark, case_id, case_kind, marked_at, is_open)
  select p.user_id, 'C', p.case_id, 'A', a.updated_at, a.status in ('RN', 'CO', 'SU') from case_people p join approvals a on a.id = p.case_id
  where p.part = 'R';
create index case_marks_all on case_marks (user_id, mark, marked_at, case_id);
create index case_marks_open on case_marks (user_id, mark, marked_at, case_id) where is_open;
create index case_marks_case on case_marks (case_id);

-- What people of the house typed into a form and have not sent: one a person and form, sealed.
create table typed_forms (
  user_id {uuid} not null,
  address {text} not null,
  saved_at {int} not null,
  key_id {text} not null,
  sealed {bytes} not null,
  primary key (user_id, address)
) {clustered};
create index typed_forms_saved on typed_forms (saved_at);
