-- From now on an export of more than a thousand rows waits for a second person where nothing else is set. An office that works already and never
-- set it goes on as it did, until an administrator sets a bound.
insert into settings (key, value)
select 'exports.approval_rows', '0' from users where not exists (select 1 from settings s where s.key = 'exports.approval_rows') limit 1;
