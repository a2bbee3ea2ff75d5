package xalesin.edge.limits;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import xalesin.edge.RouteClass;

/** A limiter with a clock that stands still until it is moved. */
final class Buckets {
  static final Policy MUCH = new Policy(1_000_000, 1);

  final AtomicLong nanos = new AtomicLong(-5_000_000_000L);
  final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  final RateLimiter limiter;

  Buckets(LimitsConfig config) {
    limiter = new RateLimiter(config, nanos::get, registry);
  }

  static LimitsConfig reads(Policy ofTenant, Policy ofCaller) {
    return LimitsConfig.GENEROUS.withPolicies(
        new Policies(read(ofTenant), read(ofCaller), null, Map.of()));
  }

  static LimitsConfig address(Policy policy) {
    return LimitsConfig.GENEROUS.withPolicies(new Policies(null, null, policy, Map.of()));
  }

  static ClassPolicies read(@Nullable Policy policy) {
    return new ClassPolicies(null, policy, null, null);
  }

  void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  Verdict read(String tenant, String user) {
    return limiter.charge(RouteClass.READ, tenant, user);
  }

  /** How many of so many reads are admitted, the clock standing still. */
  int admitted(int reads, String tenant, String user) {
    int admitted = 0;
    for (int i = 0; i < reads; i++) {
      admitted += read(tenant, user).refusal() == null ? 1 : 0;
    }
    return admitted;
  }

  static ClientAddress address(int number) {
    byte[] bytes = {
      (byte) (number >>> 24), (byte) (number >>> 16), (byte) (number >>> 8), (byte) number
    };
    try {
      return ClientAddress.of(InetAddress.getByAddress(bytes));
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  double keys(String policy) {
    return registry.get("http.server.limits.keys").tag("policy", policy).gauge().value();
  }

  double count(String policy, String outcome) {
    return registry
        .get("http.server.limits.requests")
        .tags("policy", policy, "class", "read", "outcome", outcome)
        .counter()
        .count();
  }
}
