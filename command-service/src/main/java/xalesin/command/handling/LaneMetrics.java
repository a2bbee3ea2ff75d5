package xalesin.command.handling;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What the lanes tell about themselves. Thread-safe. */
final class LaneMetrics {
  private final MeterRegistry registry;
  private final DistributionSummary batch;
  private final Timer append;
  private final Counter conflicts;
  private final Counter rejected;

  LaneMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.batch =
        DistributionSummary.builder("command.append.batch")
            .description("Events appended in one transaction")
            .serviceLevelObjectives(1, 4, 16, 64, 256, 1024)
            .register(registry);
    this.append =
        Timer.builder("command.append.duration")
            .description("From the begin of a group's transaction to its commit")
            .serviceLevelObjectives(
                Duration.ofMillis(1),
                Duration.ofMillis(5),
                Duration.ofMillis(25),
                Duration.ofMillis(100))
            .register(registry);
    this.conflicts =
        Counter.builder("command.conflicts")
            .description("Groups decided again because another writer was first")
            .register(registry);
    this.rejected =
        Counter.builder("command.rejected")
            .description("Commands turned away: queue full or PostgreSQL away")
            .register(registry);
  }

  void watch(LaneQueue queue, String lane) {
    Gauge.builder("command.queue.depth", queue, LaneQueue::size)
        .description("Commands waiting")
        .tag("lane", lane)
        .register(registry);
  }

  void appended(int events, long nanos) {
    batch.record(events);
    append.record(nanos, TimeUnit.NANOSECONDS);
  }

  void conflict() {
    conflicts.increment();
  }

  void rejected(int commands) {
    rejected.increment(commands);
  }

  void refusals(List<Reply> replies) {
    for (Reply reply : replies) {
      if (reply instanceof Reply.Decided(Outcome.Refused(_, _, var refusal))) {
        registry.counter("command.refusals", "rule", refusal.rule()).increment();
      }
    }
  }
}
