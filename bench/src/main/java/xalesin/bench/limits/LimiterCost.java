package xalesin.bench.limits;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import xalesin.edge.RouteClass;
import xalesin.edge.limits.ClassPolicies;
import xalesin.edge.limits.LimitsConfig;
import xalesin.edge.limits.Policies;
import xalesin.edge.limits.Policy;
import xalesin.edge.limits.RateLimiter;
import xalesin.edge.limits.Verdict;

/** A charged request: two buckets, and the texts of the answer's headers. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LimiterCost {
  private static final int TENANTS = 100;
  private static final int USERS = 10_000;

  /** The limiter, and those it limits. */
  @State(Scope.Benchmark)
  public static class Callers {
    private final RateLimiter generous = limiter(new Policy(100_000_000, 1));
    private final RateLimiter strict = limiter(new Policy(1, 3_600));
    private final String[] tenants = names("tenant-", TENANTS);
    private final String[] users = names("user-", USERS);

    private static RateLimiter limiter(Policy policy) {
      ClassPolicies all = new ClassPolicies(policy, policy, policy, policy);
      return new RateLimiter(
          LimitsConfig.GENEROUS.withPolicies(new Policies(all, all, policy, Map.of())),
          System::nanoTime,
          new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
    }

    private static String[] names(String prefix, int count) {
      String[] names = new String[count];
      for (int i = 0; i < count; i++) {
        names[i] = prefix + i;
      }
      return names;
    }
  }

  /** Whose turn it is; one for each thread. */
  @State(Scope.Thread)
  public static class Turn {
    private int next;
  }

  /** The same caller again and again, on all threads: its buckets are contended. */
  @Benchmark
  public Verdict oneCaller(Callers callers) {
    return callers.generous.charge(RouteClass.READ, "acme", "ann");
  }

  /** Ten thousand callers of a hundred tenants. */
  @Benchmark
  public Verdict manyCallers(Callers callers, Turn turn) {
    int next = turn.next++ & Integer.MAX_VALUE;
    return callers.generous.charge(
        RouteClass.READ, callers.tenants[next % TENANTS], callers.users[next % USERS]);
  }

  /** A caller far beyond its limit. */
  @Benchmark
  public Verdict refused(Callers callers) {
    return callers.strict.charge(RouteClass.READ, "acme", "ann");
  }
}
