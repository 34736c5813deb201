-- The months of the partitioned tables lie side by side from the first to the last, with no default partition that takes what falls between:
-- only then does PostgreSQL read one month after another and stop when a page is full. What is no month yet belongs to a partition without
-- rows, from which months are cut (`migration/months.rs`).
--[postgres
do $$
declare
  parent text;
  key_column text;
  has_rows boolean;
  unlink text[];
  link text[];
  command text;
  month timestamp;
begin
  foreach parent in array array['tickets', 'ticket_search'] loop
    key_column := case parent when 'tickets' then 'id' else 'ticket_id' end;
    unlink := null;
    link := null;
    execute format('select exists (select 1 from %I)', parent || '_default') into has_rows;
    if has_rows then
      -- A partition whose rows others point to cannot be taken out; the pointers are checked anew at the end.
      select array_agg(format('alter table %s drop constraint %I', c.conrelid::regclass, c.conname)),
             array_agg(format('alter table %s add constraint %I %s', c.conrelid::regclass, c.conname, pg_get_constraintdef(c.oid)))
        into unlink, link
        from pg_constraint c
       where c.confrelid = parent::regclass and c.contype = 'f' and c.conparentid = 0;
    end if;
    foreach command in array coalesce(unlink, '{}') loop
      execute command;
    end loop;
    execute format('alter table %I detach partition %I', parent, parent || '_default');
    -- Months begin at midnight in China, at +08:00; the first 48 bits of a key are milliseconds.
    for month in execute format(
      'select distinct date_trunc(''month'', to_timestamp((''x'' || left(replace(%I::text, ''-'', ''''), 12))::bit(48)::bigint / 1000.0) at time zone ''UTC'' + interval ''8 hours'') from %I',
      key_column, parent || '_default')
    loop
      if to_regclass(parent || to_char(month, '_YYYY_MM')) is null then
        execute format(
          'create table %I partition of %I for values from (%L) to (%L)',
          parent || to_char(month, '_YYYY_MM'), parent,
          lpad(to_hex((extract(epoch from month - interval '8 hours') * 1000)::bigint), 12, '0') || repeat('0', 20),
          lpad(to_hex((extract(epoch from month + interval '1 month' - interval '8 hours') * 1000)::bigint), 12, '0') || repeat('0', 20));
      end if;
    end loop;
    execute format('insert into %I select * from %I', parent, parent || '_default');
    execute format('drop table %I', parent || '_default');
    foreach command in array coalesce(link, '{}') loop
      execute command;
    end loop;
  end loop;
end
$$;
--]
