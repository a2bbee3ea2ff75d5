package xalesin.client;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Exponential backoff with full jitter: a wait is drawn evenly from nothing to twice as much as the
 * last time. So those who lose a server together do not come back together. For one thread.
 */
final class Backoff {
  private static final Duration FIRST = Duration.ofSeconds(1);

  /** Any longer is the cap's. */
  private static final int MAX_DOUBLINGS = 20;

  private final long maxMillis;
  private final RandomGenerator random;
  private long firstMillis;
  private int failures;

  Backoff(Duration max, RandomGenerator random) {
    this.maxMillis = Math.max(1, max.toMillis());
    this.random = random;
    this.firstMillis = Math.min(FIRST.toMillis(), maxMillis);
  }

  /** The server says from where to begin. */
  void startAt(long millis) {
    firstMillis = Math.clamp(millis, 1, maxMillis);
  }

  /** The connection was good. */
  void reset() {
    failures = 0;
  }

  Duration next() {
    long most = Math.min(maxMillis, firstMillis << Math.min(failures, MAX_DOUBLINGS));
    failures = Math.min(failures + 1, MAX_DOUBLINGS);
    return Duration.ofMillis(random.nextLong(most + 1));
  }
}
