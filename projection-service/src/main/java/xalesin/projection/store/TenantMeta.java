package xalesin.projection.store;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a tenant as a whole.
 *
 * @param sequence events applied
 * @param newestMicros when the newest applied event was recorded; the smallest long when none was
 * @param parked how many streams are parked
 */
record TenantMeta(long sequence, long newestMicros, long parked) {
  private static final TenantMeta NONE = new TenantMeta(0, Long.MIN_VALUE, 0);

  static TenantMeta of(byte @Nullable [] stored) {
    return stored == null
        ? NONE
        : new TenantMeta(
            Numbers.getLong(stored, 0),
            Numbers.getLong(stored, Long.BYTES),
            Numbers.getLong(stored, 2 * Long.BYTES));
  }

  byte[] encode() {
    byte[] value = new byte[3 * Long.BYTES];
    Numbers.putLong(value, 0, sequence);
    Numbers.putLong(value, Long.BYTES, newestMicros);
    Numbers.putLong(value, 2 * Long.BYTES, parked);
    return value;
  }
}
