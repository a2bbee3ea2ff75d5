package xalesin.query;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import xalesin.edge.Exchange;

/**
 * Tells in the log of reads of the store that took long, and how they were read. Values of
 * parameters are left out: they may be names of people. Thread-safe.
 */
final class SlowReads {
  private static final Logger LOG = LoggerFactory.getLogger(SlowReads.class);

  /** When everything is slow, one line tells as much as a thousand. */
  private static final Duration SPACING = Duration.ofMillis(100);

  private final long thresholdNanos;
  private final Counter slow;
  private final AtomicLong nextLineNanos = new AtomicLong(System.nanoTime());

  SlowReads(Duration threshold, MeterRegistry registry) {
    thresholdNanos = threshold.toNanos();
    slow =
        Counter.builder("query.slow")
            .description("Reads of the store that took longer than the threshold")
            .register(registry);
  }

  void took(long nanos, Exchange exchange, QueryPlan plan) {
    if (nanos < thresholdNanos) {
      return;
    }
    slow.increment();
    long now = System.nanoTime();
    long next = nextLineNanos.get();
    if (now - next >= 0 && nextLineNanos.compareAndSet(next, now + SPACING.toNanos())) {
      LOG.warn(
          "slow read: {} ms for {} with {}: {}",
          TimeUnit.NANOSECONDS.toMillis(nanos),
          exchange.path(),
          exchange.queryMap().keySet(),
          plan);
    }
  }
}
