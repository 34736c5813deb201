-- The roles of the database, none of which signs in: what serves, what reports, and as what a read on behalf of a person runs.
-- Run again, it changes nothing. Whoever makes roles in the cluster runs it; the tables' rights follow with the next `minsheng migrate`.
do $$
declare
  name text;
begin
  foreach name in array array['minsheng_serve', 'minsheng_report', 'minsheng_person'] loop
    if not exists (select 1 from pg_roles r where r.rolname = name) then
      begin
        execute format('create role %I nologin nosuperuser nocreatedb nocreaterole nobypassrls', name);
      exception when duplicate_object or unique_violation then
        null; -- Made by another one at the same moment.
      end;
    end if;
  end loop;
  if not pg_has_role('minsheng_serve', 'minsheng_person', 'member') then
    begin
      grant minsheng_person to minsheng_serve;
    exception when unique_violation then
      null;
    end;
  end if;
end
$$;
