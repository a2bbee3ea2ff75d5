-- The log. Everything that a user sees is derived from this table.
create table xalesin.events (
  tenant text not null,
  stream text not null,
  version bigint not null check (version > 0),
  id uuid not null,
  type text not null,
  schema_version int not null,
  data json not null,
  recorded_at timestamptz not null,
  actor text not null,
  correlation_id text not null,
  causation_id text,
  traceparent text,
  transaction_id xid8 not null default pg_current_xact_id(),
  primary key (tenant, stream, version)
);

create function xalesin.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the event log is append-only' using errcode = 'restrict_violation';
end $$;

create trigger events_are_append_only
  before update or delete or truncate on xalesin.events
  for each statement execute function xalesin.refuse_change();

-- What only one stream of a tenant may hold, such as a SKU.
create table xalesin.claims (
  tenant text not null,
  kind text not null,
  value text not null,
  stream text not null,
  primary key (tenant, kind, value)
);

-- The first answer to each idempotency key, kept for some days.
create table xalesin.idempotency (
  tenant text not null,
  caller text not null,
  key text not null,
  request_hash bytea not null,
  status int not null,
  response json not null,
  headers json not null,
  recorded_at timestamptz not null,
  primary key (tenant, caller, key)
);

create index idempotency_by_age on xalesin.idempotency (recorded_at);
