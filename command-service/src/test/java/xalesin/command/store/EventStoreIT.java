package xalesin.command.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import xalesin.embedded.Database;
import xalesin.embedded.TestServers;

class EventStoreIT {
  private static final Instant NOW = Instant.parse("2026-11-22T09:30:00.123456Z");
  private static final Database DATABASE = TestServers.freshDatabase("event_store");
  private static final EventStore STORE = EventStore.open(config().withSlot(""));

  @AfterAll
  static void stop() {
    STORE.close();
  }

  private static StoreConfig config() {
    return StoreConfig.of(DATABASE.jdbcUrl(), DATABASE.user(), DATABASE.password());
  }

  private static NewEvent event(StreamKey stream, long version, @Nullable String traceparent) {
    return new NewEvent(
        stream,
        version,
        UUID.randomUUID(),
        "T",
        1,
        "{\"v\":%d}".formatted(version),
        NOW,
        "ann",
        "c",
        null,
        traceparent,
        "192.0.2.7");
  }

  private static Changes events(NewEvent... events) {
    return new Changes(List.of(events), Map.of(), Map.of(), Map.of(), List.of());
  }

  private static Changes claims(Map<ClaimKey, String> released, Map<ClaimKey, String> claimed) {
    return new Changes(List.of(), released, claimed, Map.of(), List.of());
  }

  private static SortedSet<String> tenantsOf(Changes changes) {
    SortedSet<String> tenants = new TreeSet<>();
    changes.events().forEach(event -> tenants.add(event.stream().tenant()));
    changes.claimed().keySet().forEach(claim -> tenants.add(claim.tenant()));
    changes.released().keySet().forEach(claim -> tenants.add(claim.tenant()));
    changes.answers().forEach(first -> tenants.add(first.key().tenant()));
    return tenants;
  }

  private static Session begin(String... tenants) {
    return STORE.begin(new TreeSet<>(List.of(tenants)));
  }

  private static void write(Changes changes) {
    try (Session session = STORE.begin(tenantsOf(changes))) {
      session.write(changes);
      session.commit();
    }
  }

  private static List<Long> versions(StreamKey stream, long after) {
    List<Long> versions = new ArrayList<>();
    try (Session session = begin(stream.tenant())) {
      session.tails(
          List.of(stream), new long[] {after}, (_, version, _, _, _) -> versions.add(version));
    }
    return versions;
  }

  private static List<String> query(String sql) throws SQLException {
    try (Connection connection = DATABASE.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      List<String> values = new ArrayList<>();
      while (row.next()) {
        values.add(row.getString(1));
      }
      return values;
    }
  }

  @Test
  void what_is_committed_is_read_from_any_version_on() throws SQLException {
    StreamKey stream = new StreamKey("reads", "s/1");
    write(events(event(stream, 1, null), event(stream, 2, "00-trace"), event(stream, 3, null)));
    assertThat(versions(stream, 0)).containsExactly(1L, 2L, 3L);
    assertThat(versions(stream, 2)).containsExactly(3L);
    assertThat(versions(stream, 3)).isEmpty();
    assertThat(versions(new StreamKey("reads-2", "s/1"), 0)).isEmpty();
    assertThat(
            query(
                """
                select concat_ws('|', recorded_at at time zone 'UTC', traceparent, data)
                from xalesin.events where tenant = 'reads' and version = 2
                """))
        .containsExactly("2026-11-22 09:30:00.123456|00-trace|{\"v\":2}");
  }

  @Test
  void what_is_not_committed_is_not_there() {
    StreamKey stream = new StreamKey("rolled-back", "s/1");
    try (Session session = begin("rolled-back")) {
      session.write(events(event(stream, 1, null)));
    }
    assertThat(versions(stream, 0)).isEmpty();
  }

  @Test
  void a_version_is_taken_once_and_the_loser_leaves_nothing() {
    StreamKey stream = new StreamKey("conflict", "s/1");
    StreamKey other = new StreamKey("conflict", "s/2");
    write(events(event(stream, 1, null)));
    assertThatThrownBy(() -> write(events(event(other, 1, null), event(stream, 1, null))))
        .isInstanceOf(StoreException.Conflict.class);
    assertThat(versions(other, 0)).isEmpty();
  }

  @Test
  void a_claim_is_held_by_one_stream() {
    ClaimKey claim = new ClaimKey("claims", "sku", "CHAI");
    write(claims(Map.of(), Map.of(claim, "s/1")));
    assertThatThrownBy(() -> write(claims(Map.of(), Map.of(claim, "s/2"))))
        .isInstanceOf(StoreException.Conflict.class);
    assertThatThrownBy(() -> write(claims(Map.of(claim, "s/2"), Map.of())))
        .as("not its own")
        .isInstanceOf(StoreException.Conflict.class);
    write(claims(Map.of(claim, "s/1"), Map.of(claim, "s/2")));
    try (Session session = begin("claims")) {
      assertThat(session.owners(List.of(claim, new ClaimKey("claims", "sku", "TEA"))))
          .isEqualTo(Map.of(claim, "s/2"));
    }
  }

  @Test
  void old_answers_are_forgotten_and_young_ones_kept() {
    IdempotencyKey old = new IdempotencyKey("answers", "ann", "old");
    IdempotencyKey young = new IdempotencyKey("answers", "ann", "young");
    StoredAnswer answer = new StoredAnswer(200, "{\"a\":1}", Map.of("ETag", "\"1\""));
    byte[] hash = {0, 1, (byte) 0xff};
    write(
        new Changes(
            List.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            List.of(
                new StoredAnswer.First(old, hash, answer, Instant.now().minus(Duration.ofDays(8))),
                new StoredAnswer.First(young, hash, answer, Instant.now()))));
    assertThat(STORE.forgetAnswers(Duration.ofDays(7), 100)).isEqualTo(1);
    assertThat(STORE.forgetAnswers(Duration.ofDays(7), 100)).isZero();
    try (Session session = begin("answers")) {
      Map<IdempotencyKey, StoredAnswer.First> found = session.answers(List.of(old, young));
      assertThat(found).containsOnlyKeys(young);
      StoredAnswer.First first = Objects.requireNonNull(found.get(young));
      assertThat(first.answer()).isEqualTo(answer);
      assertThat(first.requestHash()).isEqualTo(hash);
    }
  }

  @Test
  void the_log_is_append_only_even_for_those_who_may_everything() throws SQLException {
    write(events(event(new StreamKey("append-only", "s/1"), 1, null)));
    try (Connection connection = DATABASE.connect();
        Statement statement = connection.createStatement()) {
      for (String change :
          List.of(
              "update xalesin.events set actor = 'nobody'",
              "delete from xalesin.events",
              "truncate xalesin.events")) {
        assertThatThrownBy(() -> statement.execute(change)).hasMessageContaining("append-only");
      }
    }
  }

  @Test
  void what_is_acknowledged_is_flushed() {
    try (Session session = begin()) {
      assertThat(session.setting("synchronous_commit")).isEqualTo("on");
      assertThat(session.setting("fsync")).isEqualTo("on");
    }
  }

  @Test
  void a_new_database_gets_a_publication_and_a_slot_and_keeps_them() throws SQLException {
    Database database = TestServers.freshDatabase("slot");
    StoreConfig config =
        StoreConfig.of(database.jdbcUrl(), database.user(), database.password())
            .withSlot("event_store_it");
    try {
      EventStore.open(config).close();
      EventStore.open(config).close();
      assertThat(
              query(
                  """
                  select concat_ws(' ', slot_name, plugin, slot_type, database = 'nothing')
                  from pg_replication_slots where slot_name = 'event_store_it'
                  """))
          .containsExactly("event_store_it pgoutput logical f");
      try (Connection connection = database.connect();
          Statement statement = connection.createStatement();
          ResultSet row =
              statement.executeQuery(
                  """
                  select string_agg(schemaname || '.' || tablename, ',' order by tablename)
                  from pg_publication_tables where pubname = 'xalesin_events'
                  """)) {
        row.next();
        assertThat(row.getString(1)).isEqualTo("xalesin.cdc_heartbeat,xalesin.events");
      }
    } finally {
      query("select pg_drop_replication_slot('event_store_it')::text");
    }
  }
}
