package xalesin.projection.store;

/** UTC days counted from 1970, and the microseconds that begin them. */
final class Days {
  private static final long MICROS_A_DAY = 86_400_000_000L;

  private Days() {}

  static long of(long micros) {
    return Math.floorDiv(micros, MICROS_A_DAY);
  }

  static long first(long day) {
    return day * MICROS_A_DAY;
  }
}
