package xalesin.edge.limits;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import xalesin.edge.RouteClass;

/** What the limiter tells about itself; counters are looked up once. Thread-safe. */
final class LimiterMetrics {
  private final Map<RouteClass, Counters> tenant = new EnumMap<>(RouteClass.class);
  private final Map<RouteClass, Counters> caller = new EnumMap<>(RouteClass.class);
  final Counters address;
  private final MeterRegistry registry;

  /** Of one policy and class. */
  record Counters(Counter admitted, Counter refused) {}

  LimiterMetrics(MeterRegistry registry) {
    this.registry = registry;
    for (RouteClass each : RouteClass.values()) {
      String name = each.name().toLowerCase(Locale.ROOT);
      tenant.put(each, counters("tenant", name));
      caller.put(each, counters("caller", name));
    }
    address = counters("address", "any");
  }

  private Counters counters(String policy, String routeClass) {
    return new Counters(
        counter(policy, routeClass, "admitted"), counter(policy, routeClass, "refused"));
  }

  private Counter counter(String policy, String routeClass, String outcome) {
    return Counter.builder("http.server.limits.requests")
        .description("Requests that a policy has admitted or refused")
        .tag("policy", policy)
        .tag("class", routeClass)
        .tag("outcome", outcome)
        .register(registry);
  }

  void watch(String policy, Meters<?> meters) {
    Gauge.builder("http.server.limits.keys", meters, Meters::size)
        .description("Tenants, callers or addresses whose buckets are held")
        .tag("policy", policy)
        .register(registry);
  }

  Counters tenant(RouteClass routeClass) {
    return Objects.requireNonNull(tenant.get(routeClass));
  }

  Counters caller(RouteClass routeClass) {
    return Objects.requireNonNull(caller.get(routeClass));
  }
}
