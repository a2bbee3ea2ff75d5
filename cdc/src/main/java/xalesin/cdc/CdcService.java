package xalesin.cdc;

import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes committed events from Postgres to Kafka, each exactly once and in commit order, for as
 * long as it is open; or stands by while another process does.
 *
 * <p>Thread-safe. One thread of its own does everything, in terms ({@link CdcTerm}). While Kafka or
 * Postgres cannot be reached it tries again for ever, at growing distances, and says that it is
 * waiting. When going on would lose or double events it stops and says {@link CdcState#FAILED}.
 */
public final class CdcService implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CdcService.class);
  private static final Duration FIRST_RETRY = Duration.ofMillis(100);

  private final CdcConfig config;
  private final Clock clock;
  private final CdcMetrics metrics;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;
  private volatile @Nullable CdcTerm term;
  private volatile CdcHealth health = new CdcHealth(CdcState.STARTING, "starting", null);

  private CdcService(CdcConfig config, MeterRegistry registry, Clock clock) {
    this.config = config;
    this.clock = clock;
    this.metrics = new CdcMetrics(registry, Clock.systemUTC());
    this.thread = Thread.ofPlatform().name("cdc").daemon().unstarted(this::run);
  }

  /** Returns at once; {@link #health()} tells when it publishes. */
  public static CdcService start(CdcConfig config, MeterRegistry registry) {
    return start(config, registry, Clock.systemUTC());
  }

  /**
   * @param clock stamps published positions, right before they are committed
   */
  static CdcService start(CdcConfig config, MeterRegistry registry, Clock clock) {
    CdcService service = new CdcService(config, registry, clock);
    service.thread.start();
    return service;
  }

  public CdcHealth health() {
    CdcHealth now = health;
    CdcTerm current = term;
    return new CdcHealth(now.state(), now.reason(), current == null ? null : current.published());
  }

  /** Waits until it has failed or was closed; true when it has. */
  public boolean awaitEnd(Duration timeout) throws InterruptedException {
    return thread.join(timeout);
  }

  private void run() {
    Duration pause = FIRST_RETRY;
    while (closing.getCount() > 0) {
      CdcTerm current = new CdcTerm(config, clock, metrics, closing, this::report);
      term = current;
      try {
        current.run();
      } catch (CdcException.Violation e) {
        LOG.error("cdc has stopped: {}", e.getMessage(), e);
        report(CdcState.FAILED, String.valueOf(e.getMessage()));
        return;
      } catch (FencedException e) {
        LOG.warn("standing by: {}", e.getMessage());
        report(CdcState.STANDBY, String.valueOf(e.getMessage()));
        pause = config.limits().retry();
      } catch (SQLException | RuntimeException e) {
        LOG.warn("publishing is interrupted and will be built anew: {}", e.getMessage(), e);
        report(CdcState.WAITING, String.valueOf(e.getMessage()));
      } catch (InterruptedException _) {
        break;
      }
      pause = rest(current, pause);
    }
    report(CdcState.STOPPED, "closed");
  }

  /** Longer after each failure; short again once a term has published. */
  private Duration rest(CdcTerm ended, Duration pause) {
    metrics.restarted();
    Duration now = ended.published() == null ? pause : FIRST_RETRY;
    long jitter = ThreadLocalRandom.current().nextLong(now.toMillis() / 2 + 1);
    try {
      closing.await(now.toMillis() + jitter, TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    Duration next = now.multipliedBy(2);
    return next.compareTo(config.limits().retry()) > 0 ? config.limits().retry() : next;
  }

  private void report(CdcState state, String reason) {
    if (health.state() != state) {
      LOG.info("cdc is {} {}", state.label(), reason);
    }
    metrics.state(state);
    health = new CdcHealth(state, reason, null);
  }

  /** Stops within the configured limit; afterwards the slot is free and knows how far it came. */
  @Override
  public void close() {
    closing.countDown();
    CdcTerm current = term;
    if (current != null) {
      current.wake();
    }
    try {
      if (!thread.join(config.limits().close().plus(config.limits().lease()))) {
        LOG.warn("cdc did not stop in time and is interrupted");
        thread.interrupt();
        thread.join(config.limits().lease());
      }
    } catch (InterruptedException _) {
      thread.interrupt();
      Thread.currentThread().interrupt();
    }
  }
}
