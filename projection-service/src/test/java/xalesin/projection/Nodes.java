package xalesin.projection;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import xalesin.schemas.RecordedEvent;

/** Starts nodes with views of their own: each test has its own rebuild and folder. */
final class Nodes {
  /** Generous: the machine may be busy. */
  static final Duration PATIENCE = Duration.ofMinutes(4);

  private static final Duration LOOK_AGAIN = Duration.ofMillis(10);

  private static final AtomicInteger REBUILDS = new AtomicInteger(100);

  private Nodes() {}

  static ProjectionConfig fresh(String bootstrapServers, Path folder) {
    return ProjectionConfig.of(bootstrapServers, folder).rebuild(REBUILDS.incrementAndGet());
  }

  static ProjectionService start(ProjectionConfig config) throws InterruptedException {
    return ProjectionService.start(config, new SimpleMeterRegistry());
  }

  static ConditionFactory await() {
    return Awaitility.await().pollDelay(Duration.ZERO).pollInterval(LOOK_AGAIN).atMost(PATIENCE);
  }

  /** Waits until the event is applied, the node's start included. */
  static void awaitApplied(ProjectionService node, RecordedEvent event)
      throws InterruptedException {
    await().until(() -> isReadable(node, event.tenant()));
    if (!node.views().awaitApplied(event.tenant(), event.stream(), event.version(), PATIENCE)) {
      throw new AssertionError("not applied in time: " + event + " " + node.health());
    }
  }

  static boolean isReadable(ProjectionService node, String tenant) {
    try (TenantViews views = node.views().snapshot(tenant)) {
      return views.sequence() >= 0;
    } catch (ViewsUnavailableException e) {
      return false;
    }
  }
}
