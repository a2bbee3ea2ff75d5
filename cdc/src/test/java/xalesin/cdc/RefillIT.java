package xalesin.cdc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import org.junit.jupiter.api.Test;
import xalesin.schemas.RecordedEvent;

/** Going on after the slot was lost: what it had not delivered comes from the table, once. */
class RefillIT {
  private static final String[] MANY = Collections.nCopies(1_500, "c").toArray(String[]::new);

  @Test
  void what_a_dropped_slot_has_not_delivered_is_published_from_the_table() throws Exception {
    try (Road road = Road.open("refilled")) {
      publishAndStop(road);
      road.dropSlot();
      // More than a Kafka transaction holds, and a stream that is not in the topic at all.
      road.append("b", "a", "a");
      road.append(MANY);
      road.append(MANY);
      road.append("new", "a");
      startRefilling(road);
      road.append("a", "new", "b");
      road.assertExactlyOnce();
      assertThat(road.published()).isNotEmpty().allSatisfy(event -> assertIsAsWritten(event));
    }
  }

  @Test
  void a_slot_that_is_ahead_is_made_anew_and_nothing_is_published_twice() throws Exception {
    try (Road road = Road.open("behind")) {
      publishAndStop(road);
      road.append("a", "b");
      road.execute(
          "select pg_replication_slot_advance('" + road.config.slot() + "', pg_current_wal_lsn())");
      startRefilling(road);
      road.append("a");
      road.assertExactlyOnce();
    }
  }

  @Test
  void nothing_is_made_anew_when_nothing_is_lost() throws Exception {
    try (Road road = Road.open("whole")) {
      publishAndStop(road);
      road.append("a", "b");
      Lsn before = road.confirmed();
      try (CdcService service = startRefilling(road)) {
        road.assertExactlyOnce();
        assertThat(service.health().published()).isGreaterThan(before);
      }
    }
  }

  @Test
  void a_topic_that_was_emptied_is_filled_anew() throws Exception {
    try (Road road = Road.withoutSlot("emptied")) {
      road.append("a", "b", "a");
      road.append("b");
      startRefilling(road);
      road.append("b");
      road.assertExactlyOnce();
    }
  }

  @Test
  void an_older_copy_of_the_database_is_not_taken_for_the_whole() throws Exception {
    try (Road road = Road.open("older")) {
      publishAndStop(road);
      road.dropSlot();
      road.execute("delete from xalesin.events where tenant = 'a' and version = 2");
      CdcService service = road.start(road.config.refill(true));
      Road.awaitState(service, CdcState.FAILED);
      assertThat(service.health().reason()).contains("an older copy");
    }
  }

  private static CdcService startRefilling(Road road) {
    CdcService service = road.start(road.config.refill(true));
    Road.awaitState(service, CdcState.ACTIVE);
    return service;
  }

  private static void publishAndStop(Road road) throws Exception {
    try (CdcService service = road.startActive()) {
      road.append("a", "b");
      road.append("a");
      road.awaitPublished(3);
      service.close();
    }
  }

  private static void assertIsAsWritten(RecordedEvent event) {
    assertThat(event.type()).isEqualTo("StockReceived");
    assertThat(event.schemaVersion()).isEqualTo(2);
    assertThat(new String(event.data(), UTF_8))
        .isEqualTo("{\"number\": " + event.version() + ", \"text\": \"grün ✓\"}");
    assertThat(event.stream()).isEqualTo(Road.streamOf(event.tenant()));
    assertThat(event.causationId())
        .isEqualTo(event.version() % 2 == 0 ? null : "cause-" + event.version());
  }
}
