-- After the publication, which logical decoding looks up as of each change's own time. An empty
-- name leaves it out, for a database that nothing captures.
select pg_create_logical_replication_slot('${slot}', 'pgoutput')
where '${slot}' <> ''
  and not exists (select from pg_replication_slots where slot_name = '${slot}');
