package xalesin.projection.stream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/** What is measured while events are applied. Thread-safe. */
public final class ApplyMetrics {
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final Counter applied;
  private final Counter groups;
  private final Counter duplicates;
  private final Counter parked;
  private final Counter unreadable;
  private final Counter gaps;
  private final Timer freshness;
  private final InstantSource clock;

  public ApplyMetrics(MeterRegistry registry, InstantSource clock) {
    this.clock = clock;
    applied = counter(registry, "xalesin.views.applied", "Events applied");
    groups = counter(registry, "xalesin.views.groups", "Groups of events written");
    duplicates = counter(registry, "xalesin.views.duplicates", "Events seen before and ignored");
    parked = counter(registry, "xalesin.views.parked", "Events of parked streams put aside");
    unreadable = counter(registry, "xalesin.views.unreadable", "Records that are not events");
    gaps = counter(registry, "xalesin.views.gaps", "Partitions stopped at a gap");
    freshness =
        Timer.builder("xalesin.freshness")
            .description("From an event's recording to its being applied, backlogs left out")
            .publishPercentileHistogram()
            .maximumExpectedValue(LONGEST)
            .register(registry);
  }

  private static Counter counter(MeterRegistry registry, String name, String description) {
    return Counter.builder(name).description(description).register(registry);
  }

  void applied(Group group) {
    applied.increment(group.events());
    groups.increment();
    long nowMicros = TimeUnit.MILLISECONDS.toMicros(clock.millis());
    for (long micros : group.recordedMicros()) {
      long age = Math.max(0, nowMicros - micros);
      if (age < LONGEST.toMillis() * 1_000) {
        freshness.record(age, TimeUnit.MICROSECONDS);
      }
    }
  }

  void duplicate() {
    duplicates.increment();
  }

  void parked() {
    parked.increment();
  }

  void unreadable() {
    unreadable.increment();
  }

  void gap() {
    gaps.increment();
  }
}
