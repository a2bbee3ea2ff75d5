package xalesin.cdc;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Collections;
import org.junit.jupiter.api.Test;

/** Going on where the last one ended, or refusing to. */
class ContinuingIT {
  private static final Duration NEVER = Duration.ofHours(1);
  private static final Duration CONFIRM = Duration.ofMillis(200);

  @Test
  void what_the_slot_sends_again_is_dropped() throws Exception {
    try (Road road = Road.open("again")) {
      CdcService service = road.start(neverConfirming(road.config));
      Road.awaitState(service, CdcState.ACTIVE);
      for (int cut = 0; cut < 3; cut++) {
        road.append("a", "b", "a");
        // More than a batch: it goes into an open Kafka transaction, which has to be taken back.
        road.append(Collections.nCopies(3_000, "c").toArray(String[]::new));
        road.append("a");
        road.awaitPublished(road.rows());
        road.cutTheStream();
      }
      road.append("b");
      road.assertExactlyOnce();
    }
  }

  @Test
  void what_was_recorded_before_a_column_came_is_published_without_it() throws Exception {
    try (Road road = Road.open("older")) {
      road.startActive().close();
      road.execute("alter table xalesin.events drop column client_address");
      road.execute(
          """
          insert into xalesin.events (tenant, stream, version, id, type, schema_version, data,
            recorded_at, actor, correlation_id)
          values ('a', '%s', 1, gen_random_uuid(), 'StockReceived', 2, '{}', now(), 'ada', 'c-1')"""
              .formatted(Road.streamOf("a")));
      road.execute("alter table xalesin.events add column client_address text");
      road.append("a");
      road.startActive();
      road.assertExactlyOnce();
    }
  }

  @Test
  void a_second_service_waits_and_takes_over_when_the_first_ends() throws Exception {
    try (Road road = Road.open("standby")) {
      CdcService first = road.startActive();
      CdcService second = road.start();
      Road.awaitState(second, CdcState.STANDBY);
      road.append("a");
      road.awaitPublished(1);
      first.close();
      assertThat(first.health().state()).isEqualTo(CdcState.STOPPED);
      Road.awaitState(second, CdcState.ACTIVE);
      road.append("a", "b");
      road.assertExactlyOnce();
    }
  }

  @Test
  void a_service_that_stood_still_within_a_batch_cannot_publish_it_afterwards() throws Exception {
    GateClock clock = new GateClock();
    try (Road road = Road.open("overtaken")) {
      try {
        // No heartbeat, so that it holds these events; and it may take its time to leave, so that
        // nothing but the fence stops it.
        CdcService old = road.start(with(road.config, CONFIRM, NEVER, NEVER), clock);
        Road.awaitState(old, CdcState.ACTIVE);
        clock.arm();
        road.append("a", "b");
        clock.awaitHeld();
        CdcService next = road.start();
        Road.awaitState(next, CdcState.STANDBY);
        road.endTheLease();
        Road.awaitState(next, CdcState.ACTIVE);
        road.append("a");
        road.awaitPublished(3);
        clock.release();
        Road.awaitState(old, CdcState.STANDBY);
        road.append("b");
        road.assertExactlyOnce();
      } finally {
        clock.release();
      }
    }
  }

  @Test
  void it_is_ready_once_all_is_published_that_was_committed_before_it_began() throws Exception {
    GateClock clock = new GateClock();
    try (Road road = Road.open("behind")) {
      try {
        publishSomethingAndStop(road);
        road.append("a", "b", "c");
        road.append("a");
        clock.arm();
        CdcService service = road.start(road.config, clock);
        clock.awaitHeld();
        Road.awaitState(service, CdcState.CATCHING_UP);
        assertThat(service.health().ready()).isFalse();
        assertThat(service.health().reason()).contains(" of ");
        clock.release();
        await().atMost(Road.PATIENCE).until(() -> service.health().ready());
        assertThat(road.published()).hasSize((int) road.rows());
      } finally {
        clock.release();
      }
    }
  }

  @Test
  void after_a_clean_stop_the_slot_knows_all_that_is_published() throws Exception {
    try (Road road = Road.open("clean")) {
      CdcService service = road.start(neverConfirming(road.config));
      Road.awaitState(service, CdcState.ACTIVE);
      road.append("a", "b");
      road.awaitPublished(2);
      service.close();
      assertThat(road.slotIsActive()).isFalse();
      assertThat(road.confirmed()).isEqualTo(service.health().published());
    }
  }

  @Test
  void a_missing_slot_is_made_when_there_is_nothing_that_it_could_miss() throws Exception {
    try (Road road = Road.withoutSlot("unmade")) {
      road.startActive();
      road.append("a", "b");
      road.assertExactlyOnce();
    }
  }

  @Test
  void a_missing_slot_is_not_made_when_there_are_events() throws Exception {
    try (Road road = Road.withoutSlot("unmakable")) {
      road.append("a");
      assertFailed(road.start(), "which a new one would not have");
    }
  }

  @Test
  void a_slot_younger_than_the_first_events_is_noticed() throws Exception {
    try (Road road = Road.withoutSlot("young")) {
      road.append("a");
      road.createSlot();
      road.append("a");
      assertFailed(road.start(), "events older than the slot");
    }
  }

  @Test
  void a_dropped_slot_is_noticed() throws Exception {
    try (Road road = Road.open("dropped")) {
      publishSomethingAndStop(road);
      road.dropSlot();
      assertFailed(road.start(), "does not exist");
    }
  }

  @Test
  void a_slot_dropped_under_a_running_service_is_noticed() throws Exception {
    try (Road road = Road.open("pulled")) {
      CdcService service = road.startActive();
      await()
          .atMost(Road.PATIENCE)
          .ignoreExceptions()
          .until(
              () -> {
                road.execute(
                    "do $$ begin perform pg_terminate_backend(active_pid, 1000) from pg_replication_slots where active and slot_name = '%1$s'; perform pg_drop_replication_slot('%1$s'); end $$"
                        .formatted(road.config.slot()));
                return true;
              });
      assertFailed(service, "does not exist");
    }
  }

  @Test
  void a_recreated_slot_is_noticed_and_both_positions_are_named() throws Exception {
    try (Road road = Road.open("recreated")) {
      Lsn published = publishSomethingAndStop(road);
      road.dropSlot();
      road.append("a");
      road.createSlot();
      CdcService service = road.start();
      assertFailed(service, "is ahead");
      assertThat(service.health().reason())
          .contains(published.toString())
          .contains(road.confirmed().toString());
    }
  }

  @Test
  void a_slot_that_somebody_advanced_is_noticed() throws Exception {
    try (Road road = Road.open("advanced")) {
      publishSomethingAndStop(road);
      road.append("a");
      road.execute(
          "select pg_replication_slot_advance('" + road.config.slot() + "', pg_current_wal_lsn())");
      assertFailed(road.start(), "is ahead");
    }
  }

  private static Lsn publishSomethingAndStop(Road road) throws Exception {
    try (CdcService service = road.startActive()) {
      road.append("a", "b");
      road.awaitPublished(2);
      service.close();
      return requireNonNull(service.health().published());
    }
  }

  private static void assertFailed(CdcService service, String why) {
    Road.awaitState(service, CdcState.FAILED);
    assertThat(service.health().ready()).isFalse();
    assertThat(service.health().reason()).contains(why);
  }

  private static CdcConfig neverConfirming(CdcConfig config) {
    return with(config, NEVER, config.limits().heartbeat(), config.limits().close());
  }

  private static CdcConfig with(
      CdcConfig config, Duration confirm, Duration heartbeat, Duration close) {
    CdcConfig.Limits l = config.limits();
    return new CdcConfig(
        config.postgres(),
        config.kafka(),
        config.slot(),
        config.publication(),
        config.events(),
        config.offsets(),
        new CdcConfig.Limits(
            confirm,
            l.check(),
            heartbeat,
            l.lease(),
            l.retry(),
            l.kafka(),
            l.transaction(),
            close,
            l.batchRecords()));
  }
}
