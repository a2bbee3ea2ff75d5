package xalesin.cdc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import xalesin.embedded.Database;
import xalesin.embedded.TestServers;
import xalesin.schemas.RecordedEvent;
import xalesin.schemas.Topics;

/**
 * A road of a test's own on the shared servers: a database with the event table and its
 * publication, a slot, two topics. Closing it stops its services and drops the slot.
 */
final class Road implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofMinutes(3);

  private static final String SCHEMA =
      """
      create schema xalesin;
      create table xalesin.events (
        tenant text not null, stream text not null, version bigint not null check (version > 0),
        id uuid not null, type text not null, schema_version int not null, data json not null,
        recorded_at timestamptz not null, actor text not null,
        correlation_id text not null, causation_id text, traceparent text,
        client_address text,
        transaction_id xid8 not null default pg_current_xact_id(),
        primary key (tenant, stream, version));
      create publication xalesin_events for table xalesin.events with (publish = 'insert');
      """;

  final Database database;
  final CdcConfig config;
  private final List<CdcService> services = new ArrayList<>();

  private Road(Database database, CdcConfig config) {
    this.database = database;
    this.config = config;
  }

  /** With its slot, as a migration makes it. */
  static Road open(String name) throws SQLException {
    Road road = withoutSlot(name);
    road.createSlot();
    return road;
  }

  static Road withoutSlot(String name) throws SQLException {
    Database database = TestServers.freshDatabase(name);
    String slot = database.jdbcUrl().substring(database.jdbcUrl().lastIndexOf('/') + 1);
    CdcConfig.Limits d = CdcConfig.Limits.DEFAULTS;
    Topics.Spec events = Topics.events();
    Topics.Spec offsets = Topics.cdcOffsets();
    Road road =
        new Road(
            database,
            new CdcConfig(
                CdcConfig.Postgres.parse(database.jdbcUrl(), database.user(), database.password()),
                CdcConfig.Kafka.at(TestServers.kafka().bootstrapServers()),
                slot,
                CdcConfig.DEFAULT_PUBLICATION,
                new Topics.Spec(slot + ".events", events.partitions(), events.config()),
                new Topics.Spec(slot + ".offsets", offsets.partitions(), offsets.config()),
                new CdcConfig.Limits(
                    d.confirm(),
                    Duration.ofMillis(200),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(5),
                    Duration.ofMillis(500),
                    d.kafka(),
                    d.transaction(),
                    d.close(),
                    d.batchRecords())));
    road.execute(SCHEMA);
    return road;
  }

  void createSlot() throws SQLException {
    execute("select pg_create_logical_replication_slot('" + config.slot() + "', 'pgoutput')");
  }

  void dropSlot() throws SQLException {
    execute("select pg_drop_replication_slot('" + config.slot() + "')");
  }

  CdcService start() {
    return start(config);
  }

  /** With a configuration of its own. */
  CdcService start(CdcConfig config) {
    return start(config, Clock.systemUTC());
  }

  CdcService start(CdcConfig config, Clock clock) {
    CdcService service = CdcService.start(config, new SimpleMeterRegistry(), clock);
    services.add(service);
    return service;
  }

  CdcService startActive() {
    CdcService service = start();
    awaitState(service, CdcState.ACTIVE);
    return service;
  }

  static void awaitState(CdcService service, CdcState state) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(service.health().state()).isEqualTo(state));
  }

  void execute(String sql) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  String query(String sql) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  /** As if the network to Postgres broke. */
  void cutTheStream() throws SQLException {
    execute(
        "select pg_terminate_backend(active_pid) from pg_replication_slots where active and slot_name = '"
            + config.slot()
            + "'");
  }

  /** Whoever leads loses its lead, as if it had been silent for too long. */
  void endTheLease() throws SQLException {
    execute(
        """
        select pg_terminate_backend(l.pid) from pg_locks l join pg_database d on d.oid = l.database
         where l.locktype = 'advisory' and l.granted and l.classid = 6513763
           and d.datname = current_database()
        """);
  }

  boolean slotIsActive() throws SQLException {
    return "t"
        .equals(
            query(
                "select active from pg_replication_slots where slot_name = '"
                    + config.slot()
                    + "'"));
  }

  Lsn confirmed() throws SQLException {
    return Lsn.parse(
        query(
            "select confirmed_flush_lsn from pg_replication_slots where slot_name = '"
                + config.slot()
                + "'"));
  }

  /** The tenants' next events, one after another, in one transaction. */
  void append(String... tenants) throws SQLException {
    try (Connection connection = database.connect()) {
      append(connection, tenants);
    }
  }

  /**
   * The tenants' next events in one transaction. Versions count the tenant's events in commit
   * order: a lock is held from reading the last one to the commit.
   */
  static void append(Connection connection, String... tenants) throws SQLException {
    connection.setAutoCommit(false);
    try (PreparedStatement lock =
            connection.prepareStatement("select pg_advisory_xact_lock(77, hashtext(?))");
        PreparedStatement last =
            connection.prepareStatement(
                "select coalesce(max(version), 0) from xalesin.events where tenant = ?");
        PreparedStatement insert = connection.prepareStatement(INSERT)) {
      for (String tenant : java.util.Arrays.stream(tenants).distinct().sorted().toList()) {
        lock.setString(1, tenant);
        lock.execute();
      }
      Map<String, Long> versions = new LinkedHashMap<>();
      for (String tenant : tenants) {
        if (!versions.containsKey(tenant)) {
          last.setString(1, tenant);
          try (ResultSet row = last.executeQuery()) {
            row.next();
            versions.put(tenant, row.getLong(1));
          }
        }
        insert(insert, tenant, versions.merge(tenant, 1L, Long::sum));
      }
      insert.executeBatch();
      connection.commit();
    }
  }

  static final String INSERT =
      """
      insert into xalesin.events (tenant, stream, version, id, type, schema_version, data,
        recorded_at, actor, correlation_id, causation_id, traceparent, client_address)
      values (?, ?, ?, ?, 'StockReceived', 2, ?::json, clock_timestamp(), 'ada', 'c-1', ?, ?, ?)
      """;

  static void insert(PreparedStatement insert, String tenant, long version) throws SQLException {
    insert.setString(1, tenant);
    insert.setString(2, streamOf(tenant));
    insert.setLong(3, version);
    insert.setObject(4, UUID.randomUUID());
    insert.setString(5, "{\"number\": " + version + ", \"text\": \"grün ✓\"}");
    insert.setString(6, version % 2 == 0 ? null : "cause-" + version);
    insert.setString(7, version % 2 == 0 ? "00-abc-def-01" : null);
    insert.setString(8, version % 2 == 0 ? "2001:db8::7" : null);
    insert.addBatch();
  }

  static String streamOf(String tenant) {
    return "inventory-items/"
        + UUID.nameUUIDFromBytes(tenant.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  long rows() throws SQLException {
    return Long.parseLong(query("select count(*) from xalesin.events"));
  }

  /** Everything in the topic that a read_committed reader sees now, by partition and offset. */
  List<RecordedEvent> published() {
    return PublishedEvents.read(config);
  }

  List<RecordedEvent> awaitPublished(long count) {
    List<RecordedEvent> events = PublishedEvents.await(config, count, PATIENCE);
    assertThat(events).as("published events").hasSizeGreaterThanOrEqualTo((int) count);
    return events;
  }

  /** Each tenant's versions in the order of the topic. */
  static Map<String, List<Long>> versionsByTenant(List<RecordedEvent> events) {
    Map<String, List<Long>> versions = new LinkedHashMap<>();
    for (RecordedEvent event : events) {
      versions.computeIfAbsent(event.tenant(), _ -> new ArrayList<>()).add(event.version());
    }
    return versions;
  }

  /** The topic has every row of the table exactly once, each tenant's in commit order. */
  void assertExactlyOnce() throws SQLException {
    List<RecordedEvent> events = awaitPublished(rows());
    versionsByTenant(events)
        .forEach(
            (tenant, versions) -> {
              List<Long> expected = new ArrayList<>();
              for (long version = 1; version <= versions.size(); version++) {
                expected.add(version);
              }
              assertThat(versions).as("versions of %s", tenant).isEqualTo(expected);
            });
    assertThat(events).hasSize((int) rows());
  }

  @Override
  public void close() throws SQLException {
    services.forEach(CdcService::close);
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(
            () -> {
              execute(
                  "select pg_drop_replication_slot(slot_name) from pg_replication_slots where slot_name = '"
                      + config.slot()
                      + "'");
              return true;
            });
  }
}
