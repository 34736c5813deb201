-- Another way to reach the citizen is found like the phone, where it is a number; names and numbers of identity documents are found in their one form,
-- however they were typed: rows of before are made anew by a job of the server.
alter table tickets add column contact_hmac {bytes};
create index tickets_contact on tickets (contact_hmac, id) where contact_hmac is not null;

-- Where making them anew stands; no row when nothing is to do.
create table person_rebuild (
  id {int} not null primary key,
  -- The newest ticket that is done.
  upto {uuid},
  done {int} not null,
  -- Tickets that there were when it began.
  total {int} not null
) {strict};
insert into person_rebuild (id, done, total) select 1, 0, (select count(*) from tickets) where exists (select 1 from tickets);
