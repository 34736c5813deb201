-- PostgreSQL: every row of the search index also carries the day of acceptance as a lexeme, `#d` and the days since 1970 in UTC.
-- A search then reads the newest days first and stops when the page is full, instead of collecting every hit of the whole table.
-- A trigger writes it, so that the previous release's rows have it too. SQLite reads its index in the order of acceptance already.
--[postgres
create function ticket_search_day() returns trigger language plpgsql as $$
begin
  -- The first 48 bits of the id are the milliseconds of acceptance.
  new.grams := new.grams || array_to_tsvector(array[
    '#d' || (('x' || left(replace(new.ticket_id::text, '-', ''), 12))::bit(48)::bigint / 86400000)::text]);
  return new;
end $$;
create trigger ticket_search_day before insert or update on ticket_search for each row execute function ticket_search_day();
update ticket_search set grams = grams;
--]
--[sqlite
select 1;
--]
