-- Who may what. The owner of the tables runs these migrations and nothing else. Logins get their
-- rights from two roles: xalesin_app decides and appends, xalesin_capture reads the log for cdc.
-- Roles belong to the whole server, so another database may have made them.
do $$
declare
  wanted text;
begin
  foreach wanted in array array['xalesin_app', 'xalesin_capture'] loop
    begin
      if not exists (select from pg_roles where rolname = wanted) then
        execute format('create role %I nologin', wanted);
      end if;
    exception when duplicate_object or unique_violation then
      null;
    end;
  end loop;
  -- An installation of one login for both takes the role on after connecting.
  if not pg_has_role(current_user, 'xalesin_app', 'set') then
    execute format('grant xalesin_app to %I with inherit false, set true', current_user);
  end if;
end $$;

revoke all on all tables in schema xalesin from public;
grant usage on schema xalesin to xalesin_app, xalesin_capture;
grant select, insert on xalesin.events to xalesin_app;
grant select, insert, delete on xalesin.claims to xalesin_app;
grant select, insert on xalesin.idempotency to xalesin_app;
grant select, insert, update on xalesin.numbers to xalesin_app;
-- Maintaining a table changes no row of it; cdc needs it to lock the table while it makes a slot.
grant select, maintain on xalesin.events to xalesin_capture;

-- A transaction names its tenants and sees no rows but theirs. The setting is asked for once in a
-- statement, not once in a row. Forced: the owner is not let off.
do $$
declare
  guarded text;
begin
  foreach guarded in array array['events', 'claims', 'idempotency', 'numbers'] loop
    execute format('alter table xalesin.%I enable row level security', guarded);
    execute format('alter table xalesin.%I force row level security', guarded);
    execute format(
      'create policy tenants_of_the_transaction on xalesin.%I to xalesin_app using ('
      'tenant = any ((select string_to_array(current_setting(''xalesin.tenants'', true), '','')'
      ')::text[]))', guarded);
  end loop;
end $$;

create policy capture_reads_all on xalesin.events for select to xalesin_capture using (true);

-- Old answers go whosever they are, without being seen.
create policy owner_forgets on xalesin.idempotency to current_user using (true);

create function xalesin.forget_answers(age_seconds bigint, most int) returns int
language plpgsql security definer set search_path = pg_catalog as $$
declare
  forgotten int;
begin
  delete from xalesin.idempotency where ctid in (
    select ctid from xalesin.idempotency
    where recorded_at < now() - greatest(age_seconds, 60) * interval '1 second'
    limit most for update skip locked);
  get diagnostics forgotten = row_count;
  return forgotten;
end $$;

revoke all on function xalesin.forget_answers from public;
grant execute on function xalesin.forget_answers to xalesin_app;
