-- A beat now and then moves the slot of an otherwise idle database, so that WAL can be let go.
create table xalesin.cdc_heartbeat (
  id int primary key,
  beat timestamptz not null
);

create publication ${publication}
  for table xalesin.events, xalesin.cdc_heartbeat
  with (publish = 'insert, update');
