-- Notices to people of the house, one row a recipient; the id is that of the message in the outbox, whose time it carries.
create table notices (
  person {uuid} not null,
  id {uuid} not null,
  kind {text} not null,
  ticket_id {uuid} not null,
  ticket_no {text} not null,
  area {text} not null,
  at {int} not null,
  read_at {int},
  primary key (person, id)
) {clustered};
create index notices_unread on notices (person, id) where read_at is null;
create index notices_old on notices (at);

-- How kinds of notices reach somebody, where that is not only in the product.
create table notice_choices (
  person {uuid} not null,
  kind {text} not null,
  desk {bool} not null,
  mail {bool} not null,
  sms {bool} not null,
  primary key (person, kind)
) {clustered};

-- Where somebody's mails and text messages go, sealed.
create table notice_contacts (
  person {uuid} primary key,
  key_id {text} not null,
  sealed {bytes} not null
) {strict};
