-- Rights and policies of the tables, given by their owner once the roles are there (`roles.sql`); run after every migration, it repeats rights
-- and leaves policies that are there. The owner itself is bound by no policy, but for what it runs as `minsheng_person`.
select pg_advisory_xact_lock(7235419);

do $$
declare
  one record;
begin
  if not pg_has_role(current_user, 'minsheng_person',
       case when current_setting('server_version_num')::int >= 160000 then 'set' else 'member' end) then
    begin
      execute format('grant minsheng_person to %I', current_user);
    exception when insufficient_privilege or unique_violation then
      null; -- Reads of people then run without the net where this login serves; `doctor` says so.
    end;
  end if;
  execute format('grant usage on schema %I to minsheng_serve, minsheng_report, minsheng_person', current_schema());
  -- Partitions are reached through their table alone, where the policy is.
  for one in
    select c.relname as name from pg_class c
     where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
  loop
    execute format('grant select on %I to minsheng_serve', one.name);
    continue when one.name = 'seaql_migrations';
    if one.name in ('audit', 'audit_chain', 'audit_checkpoints', 'events', 'clock_entries') then
      execute format('grant insert on %I to minsheng_serve', one.name);
      execute format('revoke update, delete, truncate on %I from minsheng_serve', one.name);
    else
      execute format('grant insert, update, delete on %I to minsheng_serve', one.name);
    end if;
    if one.name in ('audit', 'audit_alarms', 'audit_chain', 'audit_checkpoints', 'audit_pending', 'audit_questions', 'audit_reports', 'citizen_codes',
                    'citizen_sessions', 'drafts', 'factors', 'idempotency_keys', 'identities', 'incoming_messages', 'known_devices', 'leases',
                    'outbox', 'passkey_challenges', 'passkeys', 'provider_flows', 'provider_sessions', 'reads', 'recovery_codes', 'reset_links',
                    'sealing_keys', 'session_keys', 'sessions', 'users', 'wrong_tries') then
      execute format('revoke all on %I from minsheng_person', one.name);
    else
      execute format('grant select on %I to minsheng_person', one.name);
    end if;
  end loop;
  -- Of a row of the audit only what an erasure takes away may change, and a trigger looks at how.
  grant update (erasable) on audit to minsheng_serve;
  execute format('grant usage, select on all sequences in schema %I to minsheng_serve', current_schema());
end
$$;

-- What reports are made of: numbers, codes and times, nothing that names or tells of a person.
grant select (id, ticket_no, cycle_no, kind, channel, category, region, city, street, urgency, subject_type, state, is_open, accepted_at, updated_at,
  first_dispatched_at, replied_at, reviewed_at, closed_at, due_at, limit_rule, limit_value, limit_unit, lead_unit, lead_due_at, lead_replied_at,
  urge_count, first_satisfaction, latest_satisfaction, solved, decline_reason, exempt_reason, source_system, occurred_at) on tickets to minsheng_report;
grant select (id, ticket_id, cycle_no, role, unit, unit_path, status, dispatched_at, due_at) on assignments to minsheng_report;
grant select on calendar_days, calendar_years, categories, divisions, figures, frozen_figures, quality_counts, quality_months, ticket_units, units to minsheng_report;

-- Whether whoever asks reaches a ticket: the policy of the tickets answers. A function, so that no plan reads all tickets for it.
create or replace function minsheng_reaches(wanted uuid) returns boolean language plpgsql stable cost 50 as $$
begin
  return exists (select 1 from tickets t where t.id = wanted);
end
$$;

-- The months of a partitioned table, which only its owner makes (`migration/months.rs`): a month is laid beside the others, a rest without rows is
-- taken out. Nothing else can be asked of it.
create or replace function minsheng_lay(parent text, name text, lower_bound uuid, upper_bound uuid) returns void
  language plpgsql security definer as $$
begin
  if parent not in ('tickets', 'ticket_search') or name !~ ('^' || parent || '_(rest_)?[0-9a-z_]+$') then
    raise exception 'no partition is named %', name using errcode = 'invalid_parameter_value';
  end if;
  execute format('create table %I partition of %I for values from (%s) to (%s)', name, parent,
    coalesce(quote_literal(lower_bound), 'minvalue'), coalesce(quote_literal(upper_bound), 'maxvalue'));
end
$$;
create or replace function minsheng_rest_has_rows(parent text, name text) returns boolean language plpgsql stable security definer as $$
declare
  found boolean;
begin
  if parent not in ('tickets', 'ticket_search') or name !~ ('^' || parent || '_rest_[0-9a-z_]+$') then
    raise exception 'no rest is named %', name using errcode = 'invalid_parameter_value';
  end if;
  execute format('select exists (select 1 from %I)', name) into found;
  return found;
end
$$;
create or replace function minsheng_take_out(parent text, name text) returns void language plpgsql security definer as $$
begin
  execute format('lock table %I in access exclusive mode', parent);
  if minsheng_rest_has_rows(parent, name) then
    raise exception 'rows lie in %', name using errcode = 'object_not_in_prerequisite_state';
  end if;
  execute format('alter table %I detach partition %I', parent, name);
  execute format('drop table %I', name);
end
$$;

do $$
declare
  path text := format('%I, pg_temp', current_schema());
  fn text;
  name text;
begin
  foreach fn in array array['minsheng_lay(text, text, uuid, uuid)', 'minsheng_rest_has_rows(text, text)', 'minsheng_take_out(text, text)'] loop
    execute format('alter function %s set search_path to %s', fn, path);
    execute format('revoke all on function %s from public', fn);
    execute format('grant execute on function %s to minsheng_serve', fn);
  end loop;

  foreach name in array array['tickets', 'applications', 'events', 'contacts', 'transfers', 'site_records'] loop
    continue when exists (select 1 from pg_policies p where p.schemaname = current_schema() and p.tablename = name and p.policyname = 'minsheng_serve_1');
    execute format('create policy minsheng_serve_1 on %I to minsheng_serve, minsheng_report using (true) with check (true)', name);
    if name = 'tickets' then
      -- The scope of whoever reads, as `store::net` writes it into the settings of the transaction; without one, nothing.
      create policy minsheng_person_1 on tickets for select to minsheng_person using (
        (select current_setting('minsheng.all', true) = 'on')
        or accepted_by = any ((select nullif(current_setting('minsheng.people', true), '')::uuid[])::uuid[])
        or region like any ((select nullif(current_setting('minsheng.areas', true), '')::text[])::text[])
        or street like any ((select nullif(current_setting('minsheng.areas', true), '')::text[])::text[])
        or city like any ((select nullif(current_setting('minsheng.areas', true), '')::text[])::text[])
        or exists (select 1 from ticket_units u where u.ticket_id = tickets.id
             and u.unit = any ((select nullif(current_setting('minsheng.trees', true), '')::text[])::text[]) offset 0)
        or exists (select 1 from ticket_units u where u.ticket_id = tickets.id and u.direct
             and u.unit = any ((select nullif(current_setting('minsheng.units', true), '')::text[])::text[]) offset 0)
      );
    elsif name = 'events' then
      -- History of a ticket or of an application about one; of other cases nothing is read so.
      create policy minsheng_person_1 on events for select to minsheng_person using (
        (select current_setting('minsheng.all', true) = 'on') or minsheng_reaches(case_id)
        or exists (select 1 from applications q where q.id = case_id offset 0)
      );
    else
      execute format('create policy minsheng_person_1 on %I for select to minsheng_person using (
        (select current_setting(''minsheng.all'', true) = ''on'') or minsheng_reaches(ticket_id))', name);
    end if;
    execute format('alter table %I enable row level security', name);
  end loop;
end
$$;
