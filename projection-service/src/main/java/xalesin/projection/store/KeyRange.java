package xalesin.projection.store;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import xalesin.projection.IndexRange;
import xalesin.projection.IndexRange.Bound;
import xalesin.projection.view.Field;
import xalesin.projection.view.Index;

/**
 * The keys of an index range, from inclusive, to exclusive.
 *
 * @param prefix what all of them begin with; what follows is a row's position
 */
@SuppressWarnings("ArrayRecordComponent")
record KeyRange(byte[] prefix, byte[] from, byte[] to) {

  static KeyRange of(String tenant, IndexRange range) {
    KeyBuffer buffer = Keyspace.entries(tenant, range.view(), range.index());
    equality(buffer, range);
    byte[] prefix = buffer.toBytes();
    Index.Order<?> first = range.index().order().getFirst();
    Bound start = first.descending() ? range.upper() : range.lower();
    Bound end = first.descending() ? range.lower() : range.upper();
    byte[] from = prefix;
    if (start != null) {
      byte[] key = bound(prefix, first, start.value());
      from = start.inclusive() ? key : KeyBuffer.successor(key);
    }
    byte[] to;
    if (end == null) {
      to = KeyBuffer.successor(prefix);
    } else {
      byte[] key = bound(prefix, first, end.value());
      to = end.inclusive() ? KeyBuffer.successor(key) : key;
    }
    return new KeyRange(prefix, from, to);
  }

  /** Appends the encoded equality values. */
  static KeyBuffer equality(KeyBuffer buffer, IndexRange range) {
    for (int i = 0; i < range.equality().size(); i++) {
      Field<?> field = range.index().equality().get(i);
      buffer.value(field.kind(), range.equality().get(i));
    }
    return buffer;
  }

  private static byte[] bound(byte[] prefix, Index.Order<?> order, Object value) {
    byte[] encoded = new KeyBuffer().value(order.field().kind(), value).toBytes();
    return new KeyBuffer().raw(prefix).component(encoded, order.descending()).toBytes();
  }

  /** The part of the range behind a position. */
  KeyRange after(byte @Nullable [] position) {
    if (position == null) {
      return this;
    }
    byte[] behind = new KeyBuffer().raw(prefix).raw(position).one(0).toBytes();
    return Arrays.compareUnsigned(behind, from) > 0 ? new KeyRange(prefix, behind, to) : this;
  }

  boolean isEmpty() {
    return Arrays.compareUnsigned(from, to) >= 0;
  }

  byte[] position(byte[] key) {
    return Arrays.copyOfRange(key, prefix.length, key.length);
  }
}
