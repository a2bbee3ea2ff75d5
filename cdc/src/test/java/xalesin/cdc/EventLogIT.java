package xalesin.cdc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import xalesin.embedded.TestServers;
import xalesin.schemas.RecordedEvent;
import xalesin.schemas.Topics;

class EventLogIT {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  @Test
  void a_writer_that_was_overtaken_can_commit_nothing() {
    CdcConfig config = config("overtaken_writer");
    try (EventLog old = EventLog.open(config)) {
      old.commit(position(config, "0/1"));
      old.send(event(1));
      try (EventLog next = EventLog.open(config)) {
        assertThat(PositionReader.read(config)).contains(position(config, "0/1"));
        next.send(event(1));
        next.commit(position(config, "0/2"));
        assertThatThrownBy(() -> old.commit(position(config, "0/3")))
            .isInstanceOf(FencedException.class);
        assertThat(PositionReader.read(config)).contains(position(config, "0/2"));
        assertThat(PublishedEvents.read(config)).hasSize(1);
      }
    }
  }

  @Test
  void the_position_of_a_slot_is_found_behind_many_of_others() {
    CdcConfig mine = config("mine");
    CdcConfig other = sharing(mine, "other");
    try (EventLog log = EventLog.open(mine)) {
      log.commit(position(mine, "0/1"));
    }
    try (EventLog log = EventLog.open(other)) {
      for (int i = 0; i < 1_000; i++) {
        log.commit(position(other, "0/2"));
      }
    }
    assertThat(PositionReader.read(mine)).contains(position(mine, "0/1"));
    assertThat(PositionReader.read(other)).contains(position(other, "0/2"));
    assertThat(PositionReader.read(sharing(mine, "nobody"))).isEmpty();
  }

  @Test
  void a_topic_with_another_number_of_partitions_is_refused() {
    CdcConfig config = config("partitions");
    Topics.Spec wrong =
        new Topics.Spec(
            config.events().name(), config.events().partitions() + 1, config.events().config());
    try (Admin admin = Admin.create(EventLog.clientSettings(config))) {
      assertThatThrownBy(() -> TopicAdmin.ensure(admin, List.of(wrong), TIMEOUT))
          .isInstanceOf(TopicsDifferException.class)
          .hasMessageContaining("has 8 partitions and must have 9");
      Topics.Spec otherwise =
          new Topics.Spec(
              config.events().name(), config.events().partitions(), Map.of("retention.ms", "1"));
      assertThatThrownBy(() -> TopicAdmin.ensure(admin, List.of(otherwise), TIMEOUT))
          .isInstanceOf(TopicsDifferException.class)
          .hasMessageContaining("retention.ms=-1 and must have 1");
    }
  }

  private static CdcConfig config(String slot) {
    CdcConfig d =
        CdcConfig.of(
            new CdcConfig.Postgres("127.0.0.1", 1, "none", "none", "none"),
            CdcConfig.Kafka.at(TestServers.kafka().bootstrapServers()));
    CdcConfig config =
        new CdcConfig(
            d.postgres(),
            d.kafka(),
            slot,
            d.publication(),
            new Topics.Spec(slot + ".log", d.events().partitions(), d.events().config()),
            new Topics.Spec(slot + ".positions", d.offsets().partitions(), d.offsets().config()),
            d.limits());
    try (Admin admin = Admin.create(EventLog.clientSettings(config))) {
      TopicAdmin.ensure(admin, List.of(config.events(), config.offsets()), TIMEOUT);
    }
    return config;
  }

  private static CdcConfig sharing(CdcConfig with, String slot) {
    return new CdcConfig(
        with.postgres(),
        with.kafka(),
        slot,
        with.publication(),
        with.events(),
        with.offsets(),
        with.limits());
  }

  private static Position position(CdcConfig config, String lsn) {
    return new Position(
        Lsn.parse(lsn), new SlotIdentity("7301", 1, config.slot()), Instant.EPOCH, 1, 2);
  }

  private static RecordedEvent event(long version) {
    return new RecordedEvent(
        new UUID(1, version),
        "acme",
        Road.streamOf("acme"),
        version,
        "StockReceived",
        1,
        Instant.EPOCH,
        "ada",
        "c-1",
        null,
        null,
        null,
        "{}".getBytes(UTF_8));
  }
}
