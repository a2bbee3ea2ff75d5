package xalesin.edge.limits;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Counts each tenant's requests at work or waiting, in a fixed number of counters. Tenants that
 * meet in a counter share it; which ones do is drawn anew by each process. Thread-safe, never
 * blocks.
 */
final class TenantShares {
  /** With a thousand busy tenants, one in four shares its counter. */
  private static final int COUNTERS = 4_096;

  private final AtomicIntegerArray counters = new AtomicIntegerArray(COUNTERS);
  private final int salt = ThreadLocalRandom.current().nextInt();
  private final int most;

  TenantShares(int most) {
    this.most = most;
  }

  /** The counter of a tenant. */
  int counterOf(String tenant) {
    int hash = (tenant.hashCode() ^ salt) * 0x9E3779B9; // Fibonacci hashing, Knuth 6.4.
    return hash >>> (Integer.SIZE - Integer.numberOfTrailingZeros(COUNTERS));
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
