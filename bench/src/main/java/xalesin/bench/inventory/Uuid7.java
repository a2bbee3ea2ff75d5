package xalesin.bench.inventory;

import java.util.SplittableRandom;
import java.util.UUID;

/** Time-ordered ids (RFC 9562, version 7) from a given time and randomness. */
public final class Uuid7 {
  private Uuid7() {}

  public static UUID of(long epochMillis, SplittableRandom random) {
    long high = epochMillis << 16 | 0x7000 | random.nextInt(1 << 12);
    long low = 1L << 63 | random.nextLong() >>> 2;
    return new UUID(high, low);
  }
}
