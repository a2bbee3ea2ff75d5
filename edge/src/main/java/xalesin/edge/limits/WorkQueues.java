package xalesin.edge.limits;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import xalesin.edge.RouteClass;

/** A queue for each class of work, so that none takes the others' places. Thread-safe. */
public final class WorkQueues {
  private final Map<RouteClass, WorkQueue> queues = new EnumMap<>(RouteClass.class);

  public WorkQueues(WorkConfig config, MeterRegistry registry) {
    for (RouteClass each : RouteClass.values()) {
      String name = each.name().toLowerCase(Locale.ROOT);
      queues.put(each, new WorkQueue(name, config.of(each), config.patience(), registry));
    }
  }

  /**
   * A place to work, or null when too much waits already or the wait took too long.
   *
   * @param tenant whose share it is; empty for callers without one
   */
  public WorkQueue.@Nullable Place enter(RouteClass routeClass, String tenant)
      throws InterruptedException {
    return Objects.requireNonNull(queues.get(routeClass)).enter(tenant);
  }
}
