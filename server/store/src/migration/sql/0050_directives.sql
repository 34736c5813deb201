-- Directives (督办单) are applications that the centre asks of a unit ('S'): how each stands, why and how seriously it was issued, the answer, and
-- the tickets that it is about beside its own, as they were named, and by ticket for the pages of those.
alter table applications add column directive {text};
alter table applications add column cause {text};
alter table applications add column level {text};
alter table applications add column linked {text};
alter table applications add column answer {text};
alter table applications add column answered_at {int};
alter table applications add column answered_by {uuid};
alter table applications add column answered_by_name {text};
alter table applications add column returned {int} not null default 0;
create index applications_directives on applications (asked_at, id) where sort = 'S';
create table directive_tickets (
  ticket_id {uuid} not null,
  application_id {uuid} not null,
  primary key (ticket_id, application_id)
) {clustered};
