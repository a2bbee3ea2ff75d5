package xalesin.projection.store;

import java.util.Arrays;

/**
 * A RocksDB write batch in its serialised form (as in RocksDB's write_batch.cc: sequence 8 bytes,
 * count 4 bytes little-endian, then per record a tag, and key and value each behind its length as a
 * varint), so that a batch crosses into native code once, not once a record. Not thread-safe;
 * reused.
 */
final class BatchBytes {
  private static final int HEADER = 12;
  private static final int COUNT_AT = 8;
  private static final int MAX_VARINT = 5;
  private static final int DELETION = 0x0;
  private static final int VALUE = 0x1;

  /** A buffer that grew beyond this for one batch is not kept for the next. */
  private static final int KEEP_BYTES = 4 << 20;

  private static final int INITIAL_BYTES = 16 << 10;

  private byte[] bytes = new byte[INITIAL_BYTES];
  private int length = HEADER;
  private int count;

  void put(byte[] key, byte[] value) {
    reserve(1 + 2 * MAX_VARINT + key.length + value.length);
    bytes[length++] = VALUE;
    slice(key);
    slice(value);
    count++;
  }

  void delete(byte[] key) {
    reserve(1 + MAX_VARINT + key.length);
    bytes[length++] = DELETION;
    slice(key);
    count++;
  }

  int count() {
    return count;
  }

  byte[] toBytes() {
    byte[] batch = Arrays.copyOf(bytes, length);
    for (int i = 0; i < Integer.BYTES; i++) {
      batch[COUNT_AT + i] = (byte) (count >>> (8 * i));
    }
    return batch;
  }

  void clear() {
    if (bytes.length > KEEP_BYTES) {
      bytes = new byte[INITIAL_BYTES];
    }
    length = HEADER;
    count = 0;
  }

  private void slice(byte[] part) {
    int rest = part.length;
    while (rest > 0x7f) {
      bytes[length++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[length++] = (byte) rest;
    System.arraycopy(part, 0, bytes, length, part.length);
    length += part.length;
  }

  private void reserve(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }
}
