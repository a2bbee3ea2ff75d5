package xalesin.projection;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import xalesin.embedded.TestServers;
import xalesin.projection.search.TenantSearch;
import xalesin.schemas.RecordedEvent;
import xalesin.schemas.Topics;

/** What is searched on a real node: live, closed and opened again, and restored elsewhere. */
class SearchIT {
  private static final Instant START = Instant.parse("2020-11-01T10:00:00Z");

  @TempDir private Path folder;
  private final String kafka = TestServers.kafka().bootstrapServers();
  private final String tenant = "search-" + UUID.randomUUID().toString().substring(0, 8);
  private final long seed = new Random().nextLong();

  @Test
  void searches_find_the_rows_live_after_a_restart_and_after_a_restore() throws Exception {
    RandomEvents random = new RandomEvents(seed, tenant, START);
    List<RecordedEvent> events = random.next(1_200);
    List<RecordedEvent> more = random.next(300);
    ProjectionConfig config = Nodes.fresh(kafka, folder.resolve("first"));
    try (EventLog log = new EventLog(kafka)) {
      try (ProjectionService node = Nodes.start(config)) {
        log.write(events);
        Nodes.awaitApplied(node, events.getLast());
        expectEqual(node, events);
      }
      SimpleMeterRegistry registry = new SimpleMeterRegistry();
      try (ProjectionService again = ProjectionService.start(config, registry)) {
        Nodes.awaitApplied(again, events.getLast());
        expectEqual(again, events);
        assertThat(registry.get("xalesin.search.rebuilt").functionCounter().count()).isZero();
        log.write(more);
        Nodes.awaitApplied(again, more.getLast());
        events = new ArrayList<>(events);
        events.addAll(more);
        expectEqual(again, events);
        String partition = Integer.toString(Topics.partitionOf(tenant));
        assertThat(
                registry
                    .get("xalesin.search.documents")
                    .tag("partition", partition)
                    .gauge()
                    .value())
            .isPositive();
        assertThat(registry.get("xalesin.search.refresh").functionTimer().count()).isPositive();
      }
      ProjectionConfig elsewhere =
          ProjectionConfig.of(kafka, folder.resolve("second")).rebuild(config.rebuild());
      try (ProjectionService restored = Nodes.start(elsewhere)) {
        Nodes.awaitApplied(restored, more.getLast());
        expectEqual(restored, events);
      }
    }
  }

  private void expectEqual(ProjectionService node, List<RecordedEvent> events) {
    try (TenantSearch search = node.views().search(tenant)) {
      Searches.assertEqual(search, new BruteForce().fold(events));
    } catch (AssertionError e) {
      throw new AssertionError("seed " + seed, e);
    }
  }
}
