package xalesin.query;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The system's clock, set forward or back by a test. Thread-safe. */
final class TestClock implements InstantSource {
  private volatile Duration ahead = Duration.ZERO;

  void advance(Duration by) {
    ahead = ahead.plus(by);
  }

  @Override
  public Instant instant() {
    return InstantSource.system().instant().plus(ahead);
  }
}
