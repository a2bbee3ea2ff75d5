package xalesin.command.store;

/**
 * The statements of the event store. Sets go in and out as arrays, one statement for any number.
 */
final class Sql {
  private static final String TENANT_LOCK = "hashtextextended(tenant, 7364195)";

  /** Parameter: tenants, sorted. */
  static final String LOCK =
      "select pg_advisory_xact_lock(%s) from unnest(?::text[]) as tenant".formatted(TENANT_LOCK);

  /**
   * Parameters: tenants, streams, versions. The inner order keeps each stream's events in order and
   * makes every stream a range of the primary key.
   */
  static final String TAILS =
      """
      select wanted.place, event.version, event.type, event.schema_version, event.data
      from unnest(?::text[], ?::text[], ?::int8[])
        with ordinality as wanted (tenant, stream, version, place)
      cross join lateral (
        select * from xalesin.events
        where tenant = wanted.tenant and stream = wanted.stream and version > wanted.version
        order by version) as event
      """;

  /** Parameters: tenants, callers, keys. */
  static final String ANSWERS =
      """
      select answer.tenant, answer.caller, answer.key, answer.request_hash, answer.status,
        answer.response::text, answer.headers::text, answer.recorded_at
      from unnest(?::text[], ?::text[], ?::text[]) as wanted (tenant, caller, key)
      join xalesin.idempotency as answer using (tenant, caller, key)
      """;

  /** Parameters: tenants, kinds, values. */
  static final String OWNERS =
      """
      select claim.tenant, claim.kind, claim.value, claim.stream
      from unnest(?::text[], ?::text[], ?::text[]) as wanted (tenant, kind, value)
      join xalesin.claims as claim using (tenant, kind, value)
      """;

  /** Parameters: tenants, kinds, values, streams. */
  static final String RELEASE =
      """
      delete from xalesin.claims as claim
      using unnest(?::text[], ?::text[], ?::text[], ?::text[])
        as gone (tenant, kind, value, stream)
      where claim.tenant = gone.tenant and claim.kind = gone.kind and claim.value = gone.value
        and claim.stream = gone.stream
      """;

  /** Parameters: tenants, kinds, values, streams; sorted, so that writers wait in one order. */
  static final String CLAIM =
      """
      insert into xalesin.claims (tenant, kind, value, stream)
      select * from unnest(?::text[], ?::text[], ?::text[], ?::text[])
      on conflict do nothing
      """;

  /** Parameters: tenants, series. */
  static final String LAST_NUMBERS =
      """
      select number.tenant, number.series, number.last
      from unnest(?::text[], ?::text[]) as wanted (tenant, series)
      join xalesin.numbers as number using (tenant, series)
      """;

  /** Parameters: tenants, series, last numbers before, last numbers now; sorted. */
  static final String TAKE_NUMBERS =
      """
      insert into xalesin.numbers as number (tenant, series, last, before)
      select tenant, series, last, before
      from unnest(?::text[], ?::text[], ?::int8[], ?::int8[]) as taken (tenant, series, before, last)
      on conflict (tenant, series) do update set last = excluded.last, before = excluded.before
        where number.last = excluded.before
      """;

  /** Parameters: tenants, callers, keys, hashes, statuses, bodies, headers, microseconds. */
  static final String ANSWER =
      """
      insert into xalesin.idempotency
        (tenant, caller, key, request_hash, status, response, headers, recorded_at)
      select tenant, caller, key, decode(hash, 'hex'), status, body::json, headers::json,
        timestamptz 'epoch' + micros * interval '1 microsecond'
      from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::int4[], ?::text[], ?::text[],
        ?::int8[]) as answer (tenant, caller, key, hash, status, body, headers, micros)
      on conflict do nothing
      """;

  /**
   * Parameters: tenants to lock (sorted), then per event: tenants, streams, versions, ids, types,
   * schema versions, data, microseconds, actors, correlations, causations, traceparents, client
   * addresses. The shared lock lets an overtaken writer keep the others out for once.
   */
  static final String APPEND =
      """
      with shared as materialized (
        select count(pg_advisory_xact_lock_shared(%s)::text) from unnest(?::text[]) as tenant)
      insert into xalesin.events (tenant, stream, version, id, type, schema_version, data,
        recorded_at, actor, correlation_id, causation_id, traceparent, client_address)
      select tenant, stream, version, id::uuid, type, schema_version, data::json,
        timestamptz 'epoch' + micros * interval '1 microsecond',
        actor, correlation_id, causation_id, traceparent, client_address
      from shared cross join unnest(?::text[], ?::text[], ?::int8[], ?::text[], ?::text[],
        ?::int4[], ?::text[], ?::int8[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
        as event (tenant, stream, version, id, type, schema_version, data, micros, actor,
          correlation_id, causation_id, traceparent, client_address)
      on conflict do nothing
      """
          .formatted(TENANT_LOCK);

  private Sql() {}
}
