package xalesin.query;

import java.time.Duration;
import xalesin.edge.LocalKeys;

/**
 * How a query service reads. Immutable; the key is not copied.
 *
 * @param cursorKey signs cursors; the same on all nodes of an installation, at least 32 bytes
 * @param defaultWait how long a read waits for its consistency token when it does not say
 * @param maxWait longest wait; a longer preference is cut to it
 * @param maxWaiters most reads waiting at once; each holds a virtual thread and a connection
 * @param cacheBytes memory for kept answers; 0 keeps none
 * @param slow reads of the store that take longer are told of in the log
 */
@SuppressWarnings("ArrayRecordComponent")
public record QueryConfig(
    byte[] cursorKey,
    Duration defaultWait,
    Duration maxWait,
    int maxWaiters,
    long cacheBytes,
    Duration slow) {
  /** A waiting read costs a few kilobytes: this many are nothing to a node, more are an attack. */
  public static final int DEFAULT_WAITERS = 2_000;

  /** Some three thousand pages of a list. */
  public static final long DEFAULT_CACHE_BYTES = 32L << 20;

  public static final Duration DEFAULT_SLOW = Duration.ofMillis(250);

  private static final int MIN_KEY_BYTES = 32;

  public QueryConfig {
    if (cursorKey.length < MIN_KEY_BYTES) {
      throw new IllegalArgumentException("cursorKey must have at least 32 bytes");
    }
    if (defaultWait.isNegative() || defaultWait.compareTo(maxWait) > 0) {
      throw new IllegalArgumentException("defaultWait must be from 0 to maxWait");
    }
    if (maxWaiters < 1) {
      throw new IllegalArgumentException("maxWaiters must be positive");
    }
    if (cacheBytes < 0) {
      throw new IllegalArgumentException("cacheBytes must not be negative");
    }
    if (slow.isNegative()) {
      throw new IllegalArgumentException("slow must not be negative");
    }
  }

  /** The waits of the contract. */
  public static QueryConfig of(byte[] cursorKey) {
    return new QueryConfig(
        cursorKey,
        Duration.ofSeconds(5),
        Duration.ofSeconds(30),
        DEFAULT_WAITERS,
        DEFAULT_CACHE_BYTES,
        DEFAULT_SLOW);
  }

  /** With the cursor key of an installation. */
  public static QueryConfig of(LocalKeys keys) {
    return of(keys.derive("cursor"));
  }

  public QueryConfig withWaiters(int waiters) {
    return new QueryConfig(cursorKey, defaultWait, maxWait, waiters, cacheBytes, slow);
  }

  public QueryConfig withCache(long newCacheBytes) {
    return new QueryConfig(cursorKey, defaultWait, maxWait, maxWaiters, newCacheBytes, slow);
  }

  public QueryConfig withSlow(Duration newSlow) {
    return new QueryConfig(cursorKey, defaultWait, maxWait, maxWaiters, cacheBytes, newSlow);
  }
}
