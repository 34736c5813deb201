-- Where making the search rows anew stands; no row when nothing is to do. The tokeniser folds what looks the same, and knows the last
-- six digits of a ticket number: rows of before are made anew by a job of the server.
create table search_rebuild (
  id {int} not null primary key,
  upto {uuid}
) {strict};
insert into search_rebuild (id) select 1 where exists (select 1 from tickets);

-- Imports that were taken back before: their numbers are free again.
delete from external_keys where ticket_id in (select id from tickets where state = 'RE');
