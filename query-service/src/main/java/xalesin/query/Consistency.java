package xalesin.query;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import xalesin.edge.Exchange;
import xalesin.edge.Problem;
import xalesin.edge.ProblemException;
import xalesin.projection.ParkedStream;
import xalesin.projection.TenantViews;
import xalesin.projection.Views;
import xalesin.schemas.ConsistencyToken;
import xalesin.schemas.InvalidValueException;

/**
 * Reads your writes: a read with a `Consistency-Token` goes on when the write it names has been
 * applied to the tenant's views, which are one order, so every view has it then. Thread-safe; the
 * number of waiting reads is bounded.
 */
final class Consistency {
  private static final int RETRY_AFTER_SECONDS = 1;

  private final Views views;
  private final QueryConfig config;
  private final Semaphore permits;
  private final Timer waits;

  Consistency(Views views, QueryConfig config, MeterRegistry registry) {
    this.views = views;
    this.config = config;
    this.permits = new Semaphore(config.maxWaiters());
    this.waits =
        Timer.builder("query.consistency.wait")
            .description("Reads that had to wait for their token")
            .register(registry);
    Gauge.builder(
            "query.consistency.waiters", permits, p -> config.maxWaiters() - p.availablePermits())
        .description("Reads waiting for their token now")
        .register(registry);
  }

  /** Returns when the request may read; throws the 400 or 503 problem when it may not. */
  void await(Exchange exchange) throws InterruptedException {
    String text = exchange.header("Consistency-Token");
    if (text == null) {
      return;
    }
    ConsistencyToken token = parse(text);
    Duration preferred = Preferences.waitTime(exchange.header("Prefer"));
    Duration max = preferred == null ? config.defaultWait() : shorter(preferred, config.maxWait());
    String stream = token.stream().toString();
    boolean applied =
        views.awaitApplied(exchange.tenant(), stream, token.version(), Duration.ZERO)
            || await(exchange, stream, token.version(), max);
    if (!applied) {
      throw late(exchange.tenant(), stream, token.version(), max);
    }
    if (preferred != null) {
      exchange.header("Preference-Applied", "wait=" + max.toSeconds());
    }
  }

  private static ConsistencyToken parse(String text) {
    try {
      return ConsistencyToken.decode(text);
    } catch (InvalidValueException e) {
      throw new ProblemException(Problem.badRequest(e.field() + " " + e.getMessage()), e);
    }
  }

  private boolean await(Exchange exchange, String stream, long version, Duration max)
      throws InterruptedException {
    if (!max.isPositive()) {
      return false;
    }
    if (!permits.tryAcquire()) {
      throw Problem.unavailable(
              "too-many-waiting",
              "%d reads are waiting for their writes already".formatted(config.maxWaiters()),
              RETRY_AFTER_SECONDS)
          .exception();
    }
    long begin = System.nanoTime();
    try {
      return exchange.await(() -> views.awaitApplied(exchange.tenant(), stream, version, max));
    } finally {
      permits.release();
      waits.record(Duration.ofNanos(System.nanoTime() - begin));
    }
  }

  private ProblemException late(String tenant, String stream, long version, Duration max) {
    try (TenantViews tenantViews = views.snapshot(tenant)) {
      ParkedStream parked = tenantViews.parked(stream);
      String why =
          parked == null
              ? "the views have version %d".formatted(tenantViews.appliedVersion(stream))
              : "version %d could not be applied, the stream waits for repair"
                  .formatted(parked.version());
      return Problem.unavailable(
              "not-yet-applied",
              "version %d of %s was not applied within %d s: %s"
                  .formatted(version, stream, max.toSeconds(), why),
              RETRY_AFTER_SECONDS)
          .exception();
    }
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }
}
