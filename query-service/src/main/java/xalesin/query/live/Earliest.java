package xalesin.query.live;

import java.util.concurrent.atomic.AtomicLong;

/** The earliest of the instants that were added since it was last taken. Thread-safe. */
final class Earliest {
  /** Later than all. */
  static final long NONE = Long.MAX_VALUE;

  private final AtomicLong nanos = new AtomicLong(NONE);

  /**
   * @param at of {@link System#nanoTime()}
   * @return whether it is the first
   */
  boolean add(long at) {
    return nanos.getAndAccumulate(at, Math::min) == NONE;
  }

  /** The earliest, or {@link #NONE}. */
  long take() {
    return nanos.getAndSet(NONE);
  }
}
