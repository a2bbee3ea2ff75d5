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
 */
@SuppressWarnings("ArrayRecordComponent")
public record QueryConfig(
    byte[] cursorKey, Duration defaultWait, Duration maxWait, int maxWaiters) {
  /** A waiting read costs a few kilobytes: this many are nothing to a node, more are an attack. */
  public static final int DEFAULT_WAITERS = 2_000;

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
  }

  /** The waits of the contract. */
  public static QueryConfig of(byte[] cursorKey) {
    return new QueryConfig(
        cursorKey, Duration.ofSeconds(5), Duration.ofSeconds(30), DEFAULT_WAITERS);
  }

  /** With the cursor key of an installation. */
  public static QueryConfig of(LocalKeys keys) {
    return of(keys.derive("cursor"));
  }

  public QueryConfig withWaiters(int waiters) {
    return new QueryConfig(cursorKey, defaultWait, maxWait, waiters);
  }
}
