package xalesin.bench.load;

import java.nio.channels.Selector;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Wakes a selector at a point of time, more finely than a selector's own timeout in whole
 * milliseconds can (within some 50 µs). Any thread may close it; one thread asks for wake-ups.
 */
final class Pacer implements AutoCloseable {
  private static final long NEVER = Long.MAX_VALUE;

  private final Selector selector;
  private final AtomicLong wakeAt = new AtomicLong(NEVER);
  private final Thread thread;
  private volatile boolean closed;

  Pacer(Selector selector) {
    this.selector = selector;
    this.thread = Thread.ofPlatform().name("load-pacer").daemon(true).start(this::pace);
  }

  /** Wakes the selector once at the {@link System#nanoTime()}, unless asked otherwise before. */
  void wakeAt(long nanoTime) {
    if (wakeAt.getAndSet(nanoTime) != nanoTime) {
      LockSupport.unpark(thread);
    }
  }

  private void pace() {
    while (!closed) {
      long at = wakeAt.get();
      if (at == NEVER) {
        LockSupport.park(this);
        continue;
      }
      long wait = at - System.nanoTime();
      if (wait > 0) {
        LockSupport.parkNanos(this, wait);
      } else if (wakeAt.compareAndSet(at, NEVER)) {
        selector.wakeup();
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }
}
