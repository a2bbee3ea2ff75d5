package xalesin.projection.store;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets readers hold a resource open: it is closed when the last of them has left, and nobody enters
 * after. Thread-safe; entering and leaving are one atomic operation each.
 */
final class Lease {
  private static final int CLOSED = Integer.MIN_VALUE;
  private static final long PAUSE_NANOS = 100_000;

  private final AtomicInteger readers = new AtomicInteger();

  /** Whether the resource is open and now held; then {@link #leave()} must follow. */
  boolean enter() {
    if (readers.incrementAndGet() > 0) {
      return true;
    }
    readers.decrementAndGet();
    return false;
  }

  void leave() {
    readers.decrementAndGet();
  }

  /**
   * Admits nobody any more and waits for those inside.
   *
   * @return false when some have not left in time
   */
  boolean close(Duration max) {
    readers.accumulateAndGet(0, (now, _) -> now < 0 ? now : now + CLOSED);
    long deadline = System.nanoTime() + max.toNanos();
    while (readers.get() != CLOSED) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    return true;
  }
}
