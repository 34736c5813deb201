-- What is searched of a ticket: numbers of people masked, addresses as far as the road, answer, lead unit and numbers as well, in terms that begin inside
-- words and cross punctuation. Rows of before are made anew by a job of the server, from the first ticket on.
delete from search_rebuild;
insert into search_rebuild (id) select 1 where exists (select 1 from tickets);
