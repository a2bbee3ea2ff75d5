package xalesin.projection.store;

import xalesin.projection.view.Field;

/** Days counted from 1970, those of times in UTC, and the microseconds that begin them. */
final class Days {
  private static final long MICROS_A_DAY = 86_400_000_000L;

  private Days() {}

  static long of(long micros) {
    return Math.floorDiv(micros, MICROS_A_DAY);
  }

  /** The day of a value that {@link KeyBuffer} has encoded. */
  static long of(Field.Kind kind, byte[] encoded) {
    long number = KeyBuffer.number(encoded, 0);
    return kind == Field.Kind.DATE ? number : of(number);
  }

  static long first(long day) {
    return day * MICROS_A_DAY;
  }
}
