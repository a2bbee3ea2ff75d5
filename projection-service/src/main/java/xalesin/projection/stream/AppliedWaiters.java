package xalesin.projection.stream;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * Those who wait for a stream's version. The applier wakes them after it has written; nobody polls.
 * Thread-safe. The callers bound their number (a request each) and their time.
 */
public final class AppliedWaiters {
  private final Map<StreamId, List<Waiter>> waiting = new ConcurrentHashMap<>();
  private final AtomicInteger count = new AtomicInteger();

  private record Waiter(long version, CountDownLatch woken) {}

  /**
   * Waits until the check holds or the time is over.
   *
   * @param applied whether the version is in the store; asked after joining the waiters, so nothing
   *     is missed in between, and again when woken
   */
  public boolean await(
      String tenant, String stream, long version, Duration max, BooleanSupplier applied)
      throws InterruptedException {
    StreamId id = new StreamId(tenant, stream);
    Waiter waiter = new Waiter(version, new CountDownLatch(1));
    join(id, waiter);
    try {
      return applied.getAsBoolean()
          || (waiter.woken.await(max.toNanos(), TimeUnit.NANOSECONDS) && applied.getAsBoolean());
    } finally {
      leave(id, waiter);
    }
  }

  private void join(StreamId id, Waiter waiter) {
    count.incrementAndGet();
    waiting.compute(
        id,
        (_, waiters) -> {
          List<Waiter> joined = waiters == null ? new CopyOnWriteArrayList<>() : waiters;
          joined.add(waiter);
          return joined;
        });
  }

  private void leave(StreamId id, Waiter waiter) {
    waiting.computeIfPresent(
        id,
        (_, waiters) -> {
          waiters.remove(waiter);
          return waiters.isEmpty() ? null : waiters;
        });
    count.decrementAndGet();
  }

  /** The versions have been written. */
  void applied(Map<StreamId, Long> versions) {
    if (count.get() == 0) {
      return;
    }
    versions.forEach(
        (id, version) -> {
          for (Waiter waiter : waiting.getOrDefault(id, List.of())) {
            if (waiter.version <= version) {
              waiter.woken.countDown();
            }
          }
        });
  }

  /** A partition is no longer here: all look again. */
  void wakeAll() {
    waiting.values().forEach(waiters -> waiters.forEach(waiter -> waiter.woken.countDown()));
  }

  /** How many wait now. */
  public int count() {
    return count.get();
  }
}
