package xalesin.cdc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.Collections;
import java.util.List;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import xalesin.schemas.RecordedEvent;
import xalesin.schemas.Topics;

class PublishingIT {

  @Test
  void an_event_arrives_whole_under_its_tenants_key() throws Exception {
    try (Road road = Road.open("whole")) {
      road.startActive();
      road.append("acme", "acme");

      List<RecordedEvent> events = road.awaitPublished(2);

      RecordedEvent first = events.getFirst();
      assertThat(first.id().toString())
          .isEqualTo(road.query("select id from xalesin.events where version = 1"));
      assertThat(first.tenant()).isEqualTo("acme");
      assertThat(first.stream()).isEqualTo(Road.streamOf("acme"));
      assertThat(first.version()).isEqualTo(1);
      assertThat(first.type()).isEqualTo("StockReceived");
      assertThat(first.schemaVersion()).isEqualTo(2);
      assertThat(first.recordedAt().toString())
          .isEqualTo(
              road.query(
                  "select regexp_replace(to_char(recorded_at at time zone 'utc', 'YYYY-MM-DD\"T\"HH24:MI:SS.US'), '(000)?$', '') || 'Z' from xalesin.events where version = 1"));
      assertThat(first.actor()).isEqualTo("ada");
      assertThat(first.correlationId()).isEqualTo("c-1");
      assertThat(first.causationId()).isEqualTo("cause-1");
      assertThat(first.traceparent()).isNull();
      assertThat(first.clientAddress()).isNull();
      assertThat(first.data()).asString().isEqualTo("{\"number\": 1, \"text\": \"grün ✓\"}");
      assertThat(events.get(1).traceparent()).isEqualTo("00-abc-def-01");
      assertThat(events.get(1).clientAddress()).isEqualTo("2001:db8::7");
      try (KafkaConsumer<String, byte[]> consumer = PublishedEvents.consumer(road.config)) {
        TopicPartition home =
            new TopicPartition(road.config.events().name(), Topics.partitionOf("acme"));
        assertThat(consumer.endOffsets(List.of(home))).isNotEqualTo(java.util.Map.of(home, 0L));
      }
    }
  }

  @Test
  void events_keep_the_order_of_the_table_within_a_transaction_and_of_commits_between_them()
      throws Exception {
    try (Road road = Road.open("order_of")) {
      road.startActive();
      for (int i = 0; i < 50; i++) {
        road.append("a", "b", "a", "c", "a");
        road.append("b");
      }
      road.assertExactlyOnce();
    }
  }

  @Test
  void what_was_committed_before_the_first_start_is_published_too() throws Exception {
    try (Road road = Road.open("before")) {
      road.append("a", "a", "b");
      road.startActive();
      road.assertExactlyOnce();
    }
  }

  @Test
  void a_rolled_back_transaction_leaves_no_trace() throws Exception {
    try (Road road = Road.open("rolled")) {
      road.startActive();
      try (Connection connection = road.database.connect();
          PreparedStatement insert = connection.prepareStatement(Road.INSERT)) {
        connection.setAutoCommit(false);
        Road.insert(insert, "a", 99);
        insert.executeBatch();
        connection.rollback();
      }
      road.append("a");
      assertThat(road.awaitPublished(1)).extracting(RecordedEvent::version).containsExactly(1L);
    }
  }

  @Test
  void a_transaction_larger_than_a_batch_is_seen_whole_or_not_at_all() throws Exception {
    int rows = 20_000;
    try (Road road = Road.open("large")) {
      road.startActive();
      try (KafkaConsumer<String, byte[]> consumer = PublishedEvents.consumer(road.config)) {
        consumer.seekToBeginning(consumer.assignment());
        road.append(Collections.nCopies(rows, "a").toArray(String[]::new));
        TopicPartition home =
            new TopicPartition(road.config.events().name(), Topics.partitionOf("a"));
        // The end that a read_committed reader is given jumps from nothing to everything.
        await()
            .atMost(Road.PATIENCE)
            .until(
                () -> {
                  long end = consumer.endOffsets(List.of(home)).getOrDefault(home, -1L);
                  assertThat(end).isIn(0L, rows + 1L);
                  return end > 0;
                });
      }
      road.assertExactlyOnce();
      road.append("a", "b");
      road.assertExactlyOnce();
    }
  }

  @Test
  void stopping_and_starting_again_loses_and_doubles_nothing() throws Exception {
    try (Road road = Road.open("again")) {
      for (int i = 0; i < 3; i++) {
        CdcService service = road.startActive();
        road.append("a", "b");
        road.awaitPublished(road.rows());
        road.append("a");
        service.close();
        assertThat(road.slotIsActive()).isFalse();
        road.append("b", "a");
      }
      road.startActive();
      road.assertExactlyOnce();
    }
  }

  @Test
  void an_idle_database_still_moves_the_slot() throws Exception {
    try (Road road = Road.open("idle")) {
      road.startActive();
      road.execute("create table elsewhere as select generate_series(1, 1000)");
      Lsn now = Lsn.parse(road.query("select pg_current_wal_lsn()"));
      await().atMost(Road.PATIENCE).until(() -> road.confirmed().isAfter(now));
      assertThat(road.published()).isEmpty();
    }
  }
}
