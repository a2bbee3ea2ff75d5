package xalesin.edge.limits;

import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Counts each tenant's requests at work or waiting, and apart from these those at work, in a fixed
 * number of counters. Tenants that meet in a counter share it; which ones do is drawn anew by each
 * process. Thread-safe, never blocks.
 */
final class TenantShares {
  /** With a thousand busy tenants, one in four shares its counter. */
  private static final int COUNTERS = 4_096;

  private final AtomicIntegerArray counters = new AtomicIntegerArray(COUNTERS);
  private final int salt = ThreadLocalRandom.current().nextInt();
  private final AtomicReferenceArray<Semaphore> places = new AtomicReferenceArray<>(COUNTERS);
  private final int most;
  private final int mostWorking;

  /**
   * @param most at work or waiting
   * @param mostWorking at work
   */
  TenantShares(int most, int mostWorking) {
    this.most = most;
    this.mostWorking = mostWorking;
  }

  /** The counter of a tenant. */
  int counterOf(String tenant) {
    int hash = (tenant.hashCode() ^ salt) * 0x9E3779B9; // Fibonacci hashing, Knuth 6.4.
    return hash >>> (Integer.SIZE - Integer.numberOfTrailingZeros(COUNTERS));
  }

  /** The places to work of those who share a counter; handed out in the order of asking. */
  Semaphore placesOf(int counter) {
    Semaphore known = places.get(counter);
    if (known != null) {
      return known;
    }
    places.compareAndSet(counter, null, new Semaphore(mostWorking, true));
    return places.get(counter);
  }

  boolean enter(int counter) {
    if (counters.incrementAndGet(counter) <= most) {
      return true;
    }
    counters.decrementAndGet(counter);
    return false;
  }

  void leave(int counter) {
    counters.decrementAndGet(counter);
  }
}
