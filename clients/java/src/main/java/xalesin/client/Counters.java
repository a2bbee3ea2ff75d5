package xalesin.client;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Counts for all connections of a client. Thread-safe. */
final class Counters {
  final LongAdder connects = new LongAdder();
  final LongAdder resumes = new LongAdder();
  final LongAdder losses = new LongAdder();
  final LongAdder frames = new LongAdder();
  final LongAdder repeats = new LongAdder();
  final LongAdder resets = new LongAdder();
  final LongAdder bytes = new LongAdder();
  private volatile boolean begun;
  private volatile long lastFrameNanos;

  void frame() {
    frames.increment();
    lastFrameNanos = System.nanoTime();
    begun = true;
  }

  LiveStatistics read(int connections, int subscriptions) {
    @Nullable Duration age = begun ? Duration.ofNanos(System.nanoTime() - lastFrameNanos) : null;
    return new LiveStatistics(
        connections,
        subscriptions,
        connects.sum(),
        resumes.sum(),
        losses.sum(),
        frames.sum(),
        repeats.sum(),
        resets.sum(),
        bytes.sum(),
        age);
  }
}
