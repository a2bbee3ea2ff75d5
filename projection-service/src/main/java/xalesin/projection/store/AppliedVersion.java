package xalesin.projection.store;

import org.jspecify.annotations.Nullable;

/**
 * How far a stream has been applied.
 *
 * @param version of its newest applied event, 0 when there is none
 * @param newestMicros the latest time any of its applied events was recorded; the smallest long
 *     when there is none
 */
public record AppliedVersion(long version, long newestMicros) {
  public static final AppliedVersion NONE = new AppliedVersion(0, Long.MIN_VALUE);

  static AppliedVersion of(byte @Nullable [] stored) {
    return stored == null
        ? NONE
        : new AppliedVersion(Numbers.getLong(stored, 0), Numbers.getLong(stored, Long.BYTES));
  }

  /** The next version, recorded at that time. */
  public AppliedVersion next(long recordedMicros) {
    return new AppliedVersion(version + 1, Math.max(newestMicros, recordedMicros));
  }

  public byte[] encode() {
    byte[] bytes = new byte[2 * Long.BYTES];
    Numbers.putLong(bytes, 0, version);
    Numbers.putLong(bytes, Long.BYTES, newestMicros);
    return bytes;
  }
}
