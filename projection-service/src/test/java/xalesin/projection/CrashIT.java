package xalesin.projection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import xalesin.embedded.TestServers;
import xalesin.projection.search.TenantSearch;
import xalesin.projection.store.ViewsHash;
import xalesin.schemas.RecordedEvent;

/** A node as a process of its own, killed in the middle of its work. */
class CrashIT {
  private static final Instant START = Instant.parse("2020-11-01T10:00:00Z");
  private static final int KILLS = 3;
  private static final int EVENTS = 6_000;

  @TempDir private Path folder;
  private final String kafka = TestServers.kafka().bootstrapServers();
  private final String tenant = "crash-" + UUID.randomUUID().toString().substring(0, 8);

  @Test
  void after_kills_at_any_moment_the_views_equal_a_replay() throws Exception {
    long seed = new Random().nextLong();
    List<RecordedEvent> events = new RandomEvents(seed, tenant, START).next(EVENTS);
    ProjectionConfig config = Nodes.fresh(kafka, folder);
    try (EventLog log = new EventLog(kafka)) {
      for (int kill = 0; kill < KILLS; kill++) {
        Process node = start(config);
        try {
          int from = kill * EVENTS / KILLS;
          int to = (kill + 1) * EVENTS / KILLS;
          long committed = committed(config);
          for (int i = from; i < to; i += 50) {
            log.write(events.subList(i, Math.min(to, i + 50)));
          }
          // It is at work: something has been committed since, and more is under way.
          Nodes.await()
              .until(
                  () -> {
                    assertThat(node.isAlive()).isTrue();
                    return committed(config) > committed;
                  });
        } catch (ConditionTimeoutException e) {
          throw new AssertionError(Files.readString(folder.resolve("node.log")), e);
        } finally {
          node.destroyForcibly().waitFor(Nodes.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
      }
    }
    String survived;
    try (ProjectionService node = Nodes.start(config)) {
      Nodes.awaitApplied(node, events.getLast());
      try (TenantSearch search = node.views().search(tenant)) {
        Searches.assertEqual(search, new BruteForce().fold(events));
      }
      try (TenantViews views = node.views().snapshot(tenant)) {
        new BruteForce().fold(events).assertEqual(views);
        survived = ViewsHash.of(views);
      }
    }
    try (ProjectionService replay = Nodes.start(Nodes.fresh(kafka, folder))) {
      Nodes.awaitApplied(replay, events.getLast());
      try (TenantViews views = replay.views().snapshot(tenant)) {
        assertThat(ViewsHash.of(views)).as("seed " + seed).isEqualTo(survived);
      }
    }
  }

  private Process start(ProjectionConfig config) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            ProjectionMain.class.getName());
    builder
        .environment()
        .putAll(
            Map.of(
                "XALESIN_KAFKA",
                kafka,
                "XALESIN_VIEWS_FOLDER",
                folder.toString(),
                "XALESIN_MANAGEMENT_PORT",
                "0",
                "XALESIN_VIEWS_REBUILD",
                Integer.toString(config.rebuild()),
                "XALESIN_VIEWS_COMMIT",
                "100ms"));
    return builder
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("node.log").toFile())
        .start();
  }

  /** The sum of the group's committed offsets. */
  private long committed(ProjectionConfig config) throws Exception {
    Map<String, Object> settings = Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka);
    try (Admin admin = Admin.create(settings)) {
      return admin
          .listConsumerGroupOffsets(config.applicationId())
          .partitionsToOffsetAndMetadata()
          .get(Nodes.PATIENCE.toSeconds(), TimeUnit.SECONDS)
          .values()
          .stream()
          .mapToLong(OffsetAndMetadata::offset)
          .sum();
    }
  }
}
