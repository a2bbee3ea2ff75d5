package xalesin.cdc;

import java.util.HexFormat;

/**
 * A position in Postgres' write-ahead log: a byte offset, unsigned. Only commit LSNs (the end of a
 * commit record) are compared with each other in this module: the LSNs of single changes of
 * concurrent transactions interleave and say nothing about commit order.
 */
public record Lsn(long value) implements Comparable<Lsn> {

  /**
   * @param text as Postgres prints it, {@code 16/B374D848}
   * @throws IllegalArgumentException when it is not of that form
   */
  public static Lsn parse(String text) {
    int slash = text.indexOf('/');
    int low = text.length() - slash - 1;
    if (slash < 1 || slash > 8 || low < 1 || low > 8) {
      throw new IllegalArgumentException("not an LSN: " + text);
    }
    long high = HexFormat.fromHexDigitsToLong(text, 0, slash);
    long lowBits = HexFormat.fromHexDigitsToLong(text, slash + 1, text.length());
    return new Lsn(high << 32 | lowBits);
  }

  public boolean isAfter(Lsn other) {
    return compareTo(other) > 0;
  }

  /** Bytes from the other position to this one; negative when this one is before it. */
  public long bytesSince(Lsn other) {
    return value - other.value;
  }

  @Override
  public int compareTo(Lsn other) {
    return Long.compareUnsigned(value, other.value);
  }

  @Override
  public String toString() {
    return Long.toHexString(value >>> 32).toUpperCase(java.util.Locale.ROOT)
        + "/"
        + Long.toHexString(value & 0xffff_ffffL).toUpperCase(java.util.Locale.ROOT);
  }
}
