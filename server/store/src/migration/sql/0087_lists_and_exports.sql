-- From now on an export of more than a thousand rows waits for a second person where nothing else is set. An office that works already and never
-- set it goes on as it did, until an administrator sets a bound.
insert into settings (key, value)
select 'exports.approval_rows', '0' from users where not exists (select 1 from settings s where s.key = 'exports.approval_rows') limit 1;

-- The columns that somebody sees in the list of tickets where its address names none: codes with commas, in their order.
create table list_columns (
  user_id {uuid} primary key,
  shown {text} not null
) {clustered};
