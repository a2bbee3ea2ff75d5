package xalesin.query.live;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** What is measured while changes are pushed. Thread-safe. */
final class LiveMetrics {
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final LongAdder frames = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final LongAdder superseded = new LongAdder();
  private final Counter batches;
  private final Counter events;
  private final Counter rows;
  private final Counter resets;
  private final Counter stalled;
  private final Counter refused;
  private final Timer delay;
  private final Timer age;

  LiveMetrics(MeterRegistry registry, Collection<?> connections, Collection<?> topics) {
    Gauge.builder("live.connections", connections, Collection::size)
        .description("Open live connections")
        .register(registry);
    Gauge.builder("live.subscriptions", topics, Collection::size)
        .description("Distinct subscriptions, each evaluated once for all who share it")
        .register(registry);
    counter(registry, "live.frames", "Frames sent to connections", frames);
    counter(registry, "live.bytes", "Bytes of frames sent to connections", bytes);
    counter(
        registry,
        "live.superseded",
        "Frames a slow client was not sent but newer state",
        superseded);
    batches = counter(registry, "live.batches", "Distinct frames made of windows");
    events = counter(registry, "live.events", "Events that have become distinct frames");
    rows = counter(registry, "live.rows", "Rows in distinct frames made of windows");
    resets = counter(registry, "live.resets", "Connections told that they begin anew");
    stalled = counter(registry, "live.stalled", "Connections broken off: nothing was taken");
    refused = counter(registry, "live.refused", "Connections refused by a limit");
    delay = timer(registry, "live.window.delay", "From a change to its frame's being handed out");
    age = timer(registry, "live.age", "From the newest event's recording to its frame's");
  }

  private static void counter(
      MeterRegistry registry, String name, String description, LongAdder adder) {
    FunctionCounter.builder(name, adder, LongAdder::sum)
        .description(description)
        .register(registry);
  }

  private static Counter counter(MeterRegistry registry, String name, String description) {
    return Counter.builder(name).description(description).register(registry);
  }

  private static Timer timer(MeterRegistry registry, String name, String description) {
    return Timer.builder(name)
        .description(description)
        .publishPercentileHistogram()
        .maximumExpectedValue(LONGEST)
        .register(registry);
  }

  void sent(int frameBytes) {
    frames.increment();
    bytes.add(frameBytes);
  }

  void superseded() {
    superseded.increment();
  }

  /**
   * @param eventsInIt of the tenant, since the frame before
   */
  void batch(long eventsInIt, int rowsInIt, long delayNanos, long ageMillis) {
    batches.increment();
    events.increment((double) eventsInIt);
    rows.increment(rowsInIt);
    delay.record(delayNanos, TimeUnit.NANOSECONDS);
    age.record(ageMillis, TimeUnit.MILLISECONDS);
  }

  void reset() {
    resets.increment();
  }

  void stalled() {
    stalled.increment();
  }

  void refused() {
    refused.increment();
  }
}
