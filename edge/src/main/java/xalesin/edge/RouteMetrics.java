package xalesin.edge;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Rate, errors and duration of one route: a timer per status class, kept at hand so that recording
 * looks nothing up. Thread-safe.
 */
final class RouteMetrics {
  static final String NAME = "http.server.requests";

  private static final Duration[] BUCKETS = {
    Duration.ofMillis(1),
    Duration.ofMillis(5),
    Duration.ofMillis(25),
    Duration.ofMillis(100),
    Duration.ofMillis(500),
    Duration.ofMillis(2500)
  };

  private final MeterRegistry registry;
  private final String method;
  private final String route;
  private final String routeClass;
  private final AtomicReferenceArray<Timer> byStatusClass = new AtomicReferenceArray<>(6);

  RouteMetrics(MeterRegistry registry, String method, String route, String routeClass) {
    this.registry = registry;
    this.method = method;
    this.route = route;
    this.routeClass = routeClass;
    timer(2);
  }

  void record(int status, long nanos) {
    timer(Math.clamp(status / 100, 1, 5)).record(nanos, TimeUnit.NANOSECONDS);
  }

  private Timer timer(int statusClass) {
    Timer timer = byStatusClass.get(statusClass);
    if (timer == null) {
      // Registering twice gives the same timer.
      timer =
          Timer.builder(NAME)
              .description("HTTP requests by route")
              .tag("method", method)
              .tag("route", route)
              .tag("class", routeClass)
              .tag("status", statusClass + "xx")
              .serviceLevelObjectives(BUCKETS)
              .register(registry);
      byStatusClass.set(statusClass, timer);
    }
    return timer;
  }
}
