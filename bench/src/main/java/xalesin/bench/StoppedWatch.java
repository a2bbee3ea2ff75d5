package xalesin.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import xalesin.bench.stack.Metrics;
import xalesin.bench.stack.Stack;
import xalesin.bench.stack.Watch;

/**
 * Sees in the server's metrics how many connections are blocked, and how many it has broken off:
 * each blocked one has a frame replaced once, then it waits. Thread-safe.
 */
final class StoppedWatch implements AutoCloseable {
  private static final Duration EVERY = Duration.ofMillis(250);

  private final Stack stack;
  private final List<Look> looks = new ArrayList<>();
  private final double blockedBefore;
  private final double goneBefore;
  private final Watch watch;

  private record Look(long nanos, double blocked, double gone) {}

  /** Counts from now on. */
  StoppedWatch(Stack stack) throws IOException, InterruptedException {
    this.stack = stack;
    Metrics metrics = stack.metrics();
    this.blockedBefore = blocked(metrics);
    this.goneBefore = gone(metrics);
    this.watch = new Watch(EVERY, this::look);
  }

  private static double blocked(Metrics metrics) {
    return metrics.sum("live_superseded_total");
  }

  private static double gone(Metrics metrics) {
    return metrics.sum("live_stalled_total");
  }

  private void look() throws IOException, InterruptedException {
    Metrics metrics = stack.metrics();
    synchronized (this) {
      looks.add(
          new Look(
              System.nanoTime(), blocked(metrics) - blockedBefore, gone(metrics) - goneBefore));
    }
  }

  synchronized double blocked() {
    return looks.isEmpty() ? 0 : looks.getLast().blocked;
  }

  synchronized double gone() {
    return looks.isEmpty() ? 0 : looks.getLast().gone;
  }

  /** The longest that one was blocked before it was broken off, in order of their blocking. */
  synchronized double longestSeconds(int connections) {
    double longest = 0;
    for (int i = 1; i <= connections; i++) {
      longest = Math.max(longest, (nanos(i, true) - nanos(i, false)) / 1e9);
    }
    return longest;
  }

  private long nanos(int count, boolean gone) {
    for (Look look : looks) {
      if ((gone ? look.gone : look.blocked) >= count) {
        return look.nanos;
      }
    }
    throw new IllegalStateException("fewer than " + count);
  }

  @Override
  public void close() {
    watch.close();
  }
}
