package xalesin.projection.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.UUID;
import xalesin.projection.view.Field;

/**
 * Writes tuples so that comparing their bytes (unsigned, as RocksDB does) compares the tuples. Not
 * thread-safe.
 *
 * <ul>
 *   <li>text: its UTF-8 bytes, {@code 00} written as {@code 00 FF}, then {@code 00 01}; so no text
 *       is a prefix of another and the order is that of code points;
 *   <li>number: 8 bytes, big-endian, sign bit flipped; a time is its microseconds since 1970, a
 *       date its days;
 *   <li>decimal: its millionths as 9 bytes, big-endian, sign bit flipped;
 *   <li>id: its 16 bytes, the order of its text;
 *   <li>descending: all bytes of the component complemented.
 * </ul>
 */
final class KeyBuffer {
  static final int ID_BYTES = 16;
  static final int NUMBER_BYTES = 8;

  static final int DECIMAL_BYTES = 9;

  private static final int DECIMAL_SCALE = 6;

  /** Of millionths: 15 digits before the point. */
  private static final BigInteger DECIMAL_LIMIT = BigInteger.TEN.pow(15 + DECIMAL_SCALE);

  private static final int INITIAL_CAPACITY = 128;
  private static final long MICROS_A_SECOND = 1_000_000;
  private static final Instant FIRST = Instant.ofEpochSecond(Long.MIN_VALUE / MICROS_A_SECOND);
  private static final Instant LAST = Instant.ofEpochSecond(Long.MAX_VALUE / MICROS_A_SECOND - 1);

  private byte[] bytes = new byte[INITIAL_CAPACITY];
  private int length;

  KeyBuffer raw(byte[] part) {
    return raw(part, 0, part.length);
  }

  KeyBuffer raw(byte[] part, int from, int count) {
    reserve(count);
    System.arraycopy(part, from, bytes, length, count);
    length += count;
    return this;
  }

  KeyBuffer one(int value) {
    reserve(1);
    bytes[length++] = (byte) value;
    return this;
  }

  KeyBuffer text(String text) {
    byte[] utf8 = text.getBytes(UTF_8);
    reserve(2 * utf8.length + 2);
    for (byte b : utf8) {
      bytes[length++] = b;
      if (b == 0) {
        bytes[length++] = (byte) 0xff;
      }
    }
    bytes[length++] = 0;
    bytes[length++] = 1;
    return this;
  }

  KeyBuffer number(long value) {
    reserve(NUMBER_BYTES);
    Numbers.putLong(bytes, length, value ^ Long.MIN_VALUE);
    length += NUMBER_BYTES;
    return this;
  }

  KeyBuffer time(Instant time) {
    return number(micros(time));
  }

  KeyBuffer date(LocalDate date) {
    return number(date.toEpochDay());
  }

  /**
   * @throws IllegalArgumentException when it has more digits than the keys keep
   */
  KeyBuffer decimal(BigDecimal value) {
    BigInteger millionths = millionths(value);
    reserve(DECIMAL_BYTES);
    bytes[length] = (byte) (millionths.shiftRight(Long.SIZE).intValue() ^ 0x80);
    Numbers.putLong(bytes, length + 1, millionths.longValue());
    length += DECIMAL_BYTES;
    return this;
  }

  private static BigInteger millionths(BigDecimal value) {
    if (value.signum() == 0 || value.stripTrailingZeros().scale() <= DECIMAL_SCALE) {
      BigInteger millionths = value.setScale(DECIMAL_SCALE).unscaledValue();
      if (millionths.abs().compareTo(DECIMAL_LIMIT) < 0) {
        return millionths;
      }
    }
    throw new IllegalArgumentException("a decimal of more than 15 and 6 digits: " + value);
  }

  KeyBuffer id(UUID id) {
    reserve(ID_BYTES);
    Numbers.putLong(bytes, length, id.getMostSignificantBits());
    Numbers.putLong(bytes, length + Long.BYTES, id.getLeastSignificantBits());
    length += ID_BYTES;
    return this;
  }

  KeyBuffer value(Field.Kind kind, Object value) {
    return switch (kind) {
      case TEXT -> text((String) value);
      case TIME -> time((Instant) value);
      case DATE -> date((LocalDate) value);
      case ID -> id((UUID) value);
      case NUMBER -> number((Long) value);
      case DECIMAL -> decimal((BigDecimal) value);
    };
  }

  /** Appends a component that is already encoded, complemented when it is to descend. */
  KeyBuffer component(byte[] encoded, boolean descending) {
    int start = length;
    raw(encoded);
    if (descending) {
      for (int i = start; i < length; i++) {
        bytes[i] = (byte) ~bytes[i];
      }
    }
    return this;
  }

  int length() {
    return length;
  }

  void clear() {
    length = 0;
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  /** The time's microseconds, those out of range as the nearest in range. */
  static long micros(Instant time) {
    Instant bounded = time.isBefore(FIRST) ? FIRST : time.isAfter(LAST) ? LAST : time;
    return Math.addExact(
        Math.multiplyExact(bounded.getEpochSecond(), MICROS_A_SECOND), bounded.getNano() / 1000);
  }

  static Instant time(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, MICROS_A_SECOND), Math.floorMod(micros, MICROS_A_SECOND) * 1000);
  }

  /** Reads what {@link #number} wrote. */
  static long number(byte[] encoded, int offset) {
    return Numbers.getLong(encoded, offset) ^ Long.MIN_VALUE;
  }

  /** The smallest key greater than every key with this prefix. */
  static byte[] successor(byte[] prefix) {
    for (int last = prefix.length - 1; last >= 0; last--) {
      if (prefix[last] != (byte) 0xff) {
        byte[] next = Arrays.copyOf(prefix, last + 1);
        next[last]++;
        return next;
      }
    }
    throw new IllegalArgumentException("no key follows this prefix");
  }

  private void reserve(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }
}
