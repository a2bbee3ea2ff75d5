package xalesin.projection;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import xalesin.embedded.EmbeddedKafka;
import xalesin.embedded.KafkaOptions;
import xalesin.embedded.KafkaServer;
import xalesin.projection.ViewsState.Status;
import xalesin.schemas.RecordedEvent;
import xalesin.schemas.Topics;

/** On a broker of its own: the log is damaged for good. */
class GapIT {
  private static final Instant START = Instant.parse("2020-11-01T10:00:00Z");

  @TempDir private Path folder;

  @Test
  void a_gap_stops_its_partition_also_after_a_restart_and_the_others_go_on() throws Exception {
    String broken = "broken";
    String sound = tenantElsewhere(broken);
    List<RecordedEvent> events = new RandomEvents(1, broken, START).next(200);
    RecordedEvent lost = events.get(100);
    List<RecordedEvent> others = new RandomEvents(2, sound, START).next(200);
    try (KafkaServer kafka = EmbeddedKafka.start(KafkaOptions.in(folder.resolve("kafka")));
        EventLog log = new EventLog(kafka.bootstrapServers())) {
      ProjectionConfig config = Nodes.fresh(kafka.bootstrapServers(), folder.resolve("views"));
      log.write(events.subList(0, 100));
      log.write(events.subList(101, 200));
      log.write(others.subList(0, 100));
      try (ProjectionService node = Nodes.start(config)) {
        expectStopped(node, lost);
        Nodes.awaitApplied(node, others.get(99));
      }
      log.write(others.subList(100, 200));
      try (ProjectionService node = Nodes.start(config)) {
        expectStopped(node, lost);
        Nodes.awaitApplied(node, others.getLast());
        assertThat(node.views().freshness(broken).caughtUp()).isFalse();
        try (TenantViews views = node.views().snapshot(sound)) {
          new BruteForce().fold(others).assertEqual(views);
        }
      }
    }
  }

  /** In the end: while the node starts, a partition may go from one of its threads to the other. */
  private static void expectStopped(ProjectionService node, RecordedEvent lost) {
    Nodes.await()
        .ignoreException(ViewsUnavailableException.class)
        .untilAsserted(
            () -> {
              assertThat(node.health().status()).isEqualTo(Status.DEGRADED);
              assertThat(node.health().ready()).isTrue();
              assertThat(node.health().reasons())
                  .singleElement()
                  .asString()
                  .contains(lost.tenant(), lost.stream(), "expected version " + lost.version());
              try (TenantViews views = node.views().snapshot(lost.tenant())) {
                assertThat(views.appliedVersion(lost.stream())).isEqualTo(lost.version() - 1);
              }
            });
  }

  private static String tenantElsewhere(String tenant) {
    for (int i = 0; ; i++) {
      if (Topics.partitionOf("sound-" + i) != Topics.partitionOf(tenant)) {
        return "sound-" + i;
      }
    }
  }
}
