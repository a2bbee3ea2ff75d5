package xalesin.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import xalesin.embedded.TestServers;
import xalesin.projection.ProjectionConfig;
import xalesin.projection.ProjectionService;
import xalesin.projection.ViewsState.Status;

/** A client goes on with the node that takes over, and misses nothing. */
@ExtendWith(TestNode.Started.class)
class LiveRestartIT {
  private static final Duration WITHIN = Duration.ofMinutes(2);
  private static final String ITEMS = "inventory-items";

  /** Views of their own, so that the other tests' node keeps its partitions. */
  private static final int GENERATION = 9_000;

  @TempDir Path folder;

  private final AtomicInteger port = new AtomicInteger();

  /** A node of its own; what is sent to the log comes to all. */
  private final class Node implements AutoCloseable {
    final ProjectionService projection;
    final TestNode.Door door;

    Node() throws InterruptedException {
      ProjectionConfig preset =
          ProjectionConfig.of(TestServers.kafka().bootstrapServers(), folder.resolve("views"));
      projection =
          ProjectionService.start(
              new ProjectionConfig(
                  preset.bootstrapServers(),
                  preset.folder(),
                  GENERATION,
                  1,
                  0,
                  preset.replication(),
                  preset.commitInterval(),
                  preset.cacheBytes(),
                  preset.writeBufferBytes()),
              new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
      await().atMost(WITHIN).until(() -> projection.health().status() == Status.RUNNING);
      door = TestNode.shared().doorOf(projection);
      port.set(door.port());
    }

    @Override
    public void close() {
      door.close();
      projection.close();
    }
  }

  @Test
  void a_client_goes_on_when_its_node_comes_back_with_its_disk_and_without() throws Exception {
    TestNode shared = TestNode.shared();
    TenantStory story = TenantStory.of("live-restart", shared::send);
    UUID kept = story.create("KEPT", "c");
    Node node = new Node();
    String token = node.door.token(story.tenant(), "listener", Duration.ofHours(1));
    try (LiveClient client =
        new LiveClient(port::get, token, "/api/live?window=10&views=" + ITEMS).start()) {
      equalsList(client, node, story);
      node.close();
      story.create("WHILE-DOWN", "c");
      node = new Node();
      equalsList(client, node, story);
      story.receive(kept, 4);
      equalsList(client, node, story);
      node.close();
      wipe(folder.resolve("views"));
      story.deactivate(kept);
      node = new Node();
      equalsList(client, node, story);
      story.create("AFTER", "c");
      equalsList(client, node, story);
      assertThat(client.connections()).isGreaterThanOrEqualTo(3);
      assertThat(client.ids().stream().map(Long::valueOf).toList()).isSorted();
    } finally {
      node.close();
    }
  }

  private static void equalsList(LiveClient client, Node node, TenantStory story) {
    Answer answer =
        node.door.reader(story.tenant()).getAfter(story, "/api/" + ITEMS + "?limit=500");
    Map<String, JsonNode> expected = new HashMap<>();
    answer.expect(200).json().path("items").forEach(row -> expected.put(id(row), row));
    await()
        .atMost(WITHIN)
        .untilAsserted(
            () -> {
              List<JsonNode> rows = client.rows(ITEMS);
              Map<String, JsonNode> byId = new HashMap<>();
              rows.forEach(row -> byId.put(id(row), row));
              assertThat(byId).isEqualTo(expected);
            });
  }

  private static String id(JsonNode row) {
    return row.path("id").asText();
  }

  private static void wipe(Path views) throws IOException {
    try (var files = Files.walk(views)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
