package xalesin.edge.limits;

import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import xalesin.edge.RouteClass;
import xalesin.edge.limits.LimiterMetrics.Counters;
import xalesin.edge.limits.RuleBook.Rule;
import xalesin.edge.limits.Verdict.Refusal;

/**
 * Token buckets: a request with a token is charged to its caller and to its tenant, each by class;
 * any other to its client's address. A refused request costs no token. Thread-safe: two look-ups
 * and two compare-and-set, no lock that tenants share. Memory is bounded by {@link
 * LimitsConfig#keys}.
 */
public final class RateLimiter {
  private final int nodes;
  private final LimiterMetrics metrics;
  private final Meters<String> tenants;
  private final Meters<CallerKey> callers;
  private final Meters<ClientAddress> addresses;
  private volatile RuleBook rules;

  private record CallerKey(String tenant, String user) {}

  /**
   * @param nanoClock as {@link System#nanoTime}
   */
  public RateLimiter(LimitsConfig config, LongSupplier nanoClock, MeterRegistry registry) {
    TimeMeter clock = new NanoClock(nanoClock);
    nodes = config.nodes();
    metrics = new LimiterMetrics(registry);
    tenants = new Meters<>(config.keys(), clock);
    callers = new Meters<>(config.keys(), clock);
    addresses = new Meters<>(config.keys(), clock);
    metrics.watch("tenant", tenants);
    metrics.watch("caller", callers);
    metrics.watch("address", addresses);
    rules = new RuleBook(config.policies(), nodes);
  }

  private record NanoClock(LongSupplier nanos) implements TimeMeter {
    @Override
    public long currentTimeNanos() {
      return nanos.getAsLong();
    }

    @Override
    public boolean isWallClockBased() {
      return false;
    }
  }

  /**
   * From now on these hold; buckets keep the proportion of what is left in them. Throws
   * IllegalArgumentException, and changes nothing, when the nodes cannot share them.
   */
  void use(Policies policies) {
    rules = new RuleBook(policies, nodes);
  }

  /** Charges a request that has shown a good token. */
  public Verdict charge(RouteClass routeClass, String tenant, String user) {
    Rule rule = rules.of(tenant, routeClass);
    Limit ofCaller = rule.caller();
    Limit ofTenant = rule.tenant();
    Meter callerMeter = callers.of(new CallerKey(tenant, user), routeClass, ofCaller);
    Meter tenantMeter = tenants.of(tenant, routeClass, ofTenant);
    Counters callerCounters = metrics.caller(routeClass);
    ConsumptionProbe byCaller = callerMeter.take(ofCaller);
    if (!byCaller.isConsumed()) {
      callerCounters.refused().increment();
      // Obeyed, the answer's Retry-After must satisfy the other bucket as well.
      long wait =
          Math.max(byCaller.getNanosToWaitForRefill(), tenantMeter.nanosUntil(ofTenant.cost()));
      return verdict(
          rule,
          Standing.of(ofTenant, tenantMeter),
          Standing.after(ofCaller, byCaller),
          refusal(ofCaller, wait));
    }
    Counters tenantCounters = metrics.tenant(routeClass);
    ConsumptionProbe byTenant = tenantMeter.take(ofTenant);
    if (!byTenant.isConsumed()) {
      tenantCounters.refused().increment();
      callerMeter.giveBack(ofCaller.cost());
      return verdict(
          rule,
          Standing.after(ofTenant, byTenant),
          Standing.of(ofCaller, callerMeter),
          refusal(ofTenant, byTenant.getNanosToWaitForRefill()));
    }
    callerCounters.admitted().increment();
    tenantCounters.admitted().increment();
    return verdict(
        rule, Standing.after(ofTenant, byTenant), Standing.after(ofCaller, byCaller), null);
  }

  /** Charges a request that has shown no good token, or needs none. */
  public Verdict charge(ClientAddress address) {
    RuleBook book = rules;
    Limit limit = book.ofAddress();
    ConsumptionProbe probe = addresses.of(address, limit).take(limit);
    boolean admitted = probe.isConsumed();
    (admitted ? metrics.address.admitted() : metrics.address.refused()).increment();
    Standing standing = Standing.after(limit, probe);
    return verdict(
        book.addressPolicy(),
        standing.addTo(new StringBuilder(48)).toString(),
        standing,
        admitted ? null : refusal(limit, probe.getNanosToWaitForRefill()));
  }

  private static Verdict verdict(
      Rule rule, Standing tenant, Standing caller, @Nullable Refusal refusal) {
    StringBuilder state = new StringBuilder(80);
    caller.addTo(tenant.addTo(state).append(", "));
    Standing nearest = caller.remaining() <= tenant.remaining() ? caller : tenant;
    return verdict(rule.policy(), state.toString(), nearest, refusal);
  }

  private static Verdict verdict(
      String policy, String state, Standing nearest, @Nullable Refusal refusal) {
    return new Verdict(
        policy,
        state,
        nearest.limit().quotaText(),
        nearest.remaining(),
        nearest.resetSeconds(),
        refusal);
  }

  private static Refusal refusal(Limit limit, long waitNanos) {
    return new Refusal(limit.name(), limit.reached(), waitNanos);
  }
}
