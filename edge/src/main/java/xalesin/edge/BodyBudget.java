package xalesin.edge;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes of request bodies may be held in memory at once. Many slow uploads of allowed size
 * cannot use up the heap: beyond the budget a request is answered 503. Thread-safe, never blocks.
 */
final class BodyBudget {
  private final long capacityBytes;
  private final AtomicLong usedBytes = new AtomicLong();

  BodyBudget(long capacityBytes) {
    this.capacityBytes = capacityBytes;
  }

  void take(long bytes) {
    if (usedBytes.addAndGet(bytes) > capacityBytes) {
      usedBytes.addAndGet(-bytes);
      throw Problem.unavailable("busy", "too many large requests are being read", 1).exception();
    }
  }

  void giveBack(long bytes) {
    usedBytes.addAndGet(-bytes);
  }

  long usedBytes() {
    return usedBytes.get();
  }
}
