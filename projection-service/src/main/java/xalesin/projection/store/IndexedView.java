package xalesin.projection.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import xalesin.projection.search.SearchableView;
import xalesin.projection.view.Field;
import xalesin.projection.view.Index;
import xalesin.projection.view.View;

/**
 * A view's declaration worked out for the store: which fields its rows carry in encoded form so
 * that index entries follow from the stored value alone, without parsing JSON. Immutable,
 * thread-safe.
 *
 * <p>A stored row is {@code length of the header (2 bytes), for each indexed field its length (2
 * bytes) and its encoded value, length of the texts (4 bytes), the texts that searches look into,
 * JSON}. The last field of a searchable view is a digest of its texts. The value of a field that
 * may have many is each of them behind its own length (2 bytes).
 */
final class IndexedView {
  /** An index and the places of its fields among the view's indexed fields. */
  @SuppressWarnings("ArrayRecordComponent")
  record IndexFields(
      Index<?> index, int number, int[] equality, int[] order, boolean[] descending) {}

  private static final int LENGTH_BYTES = 2;
  private static final int TEXTS_LENGTH_BYTES = 4;
  private static final int MAX_HEADER = 0xffff;
  private static final byte[] NO_TEXTS = {};

  /** Stands behind the fields of indexes; its value comes from the texts, not from the row. */
  private static final Field<Object> DIGEST = Field.number("digest of the texts", _ -> 0L);

  private final View<?> view;
  private final int number;
  private final List<Field<?>> fields = new ArrayList<>();
  private final List<IndexFields> indexes = new ArrayList<>();
  private final @Nullable SearchableView searchable;

  /**
   * @param number the view's place among those of the store
   */
  IndexedView(View<?> view, int number) {
    this.view = view;
    this.number = number;
    for (Index<?> index : view.indexes()) {
      int[] equality = index.equality().stream().mapToInt(this::place).toArray();
      int[] order = index.order().stream().mapToInt(o -> place(o.field())).toArray();
      boolean[] descending = new boolean[order.length];
      for (int i = 0; i < order.length; i++) {
        descending[i] = index.order().get(i).descending();
      }
      indexes.add(new IndexFields(index, indexes.size(), equality, order, descending));
    }
    searchable = SearchableView.of(view);
    if (searchable != null) {
      fields.add(DIGEST);
    }
  }

  private int place(Field<?> field) {
    for (int i = 0; i < fields.size(); i++) {
      if (fields.get(i).name().equals(field.name())) {
        return i;
      }
    }
    fields.add(field);
    return fields.size() - 1;
  }

  View<?> view() {
    return view;
  }

  int number() {
    return number;
  }

  List<IndexFields> indexes() {
    return indexes;
  }

  /** Null when the view cannot be searched. */
  @Nullable SearchableView searchable() {
    return searchable;
  }

  /** Whether the digests in two headers differ; null where there is no row. */
  static boolean textsDiffer(byte @Nullable [] before, byte @Nullable [] after) {
    return before == null || after == null || digest(before) != digest(after);
  }

  private static long digest(byte[] header) {
    return KeyBuffer.number(header, header.length - KeyBuffer.NUMBER_BYTES);
  }

  /** The stored form of a row of this view. */
  @SuppressWarnings("unchecked")
  byte[] encode(Object row, byte[] json) {
    KeyBuffer buffer = new KeyBuffer();
    byte[][] encoded = new byte[fields.size()][];
    byte[] texts = searchable == null ? NO_TEXTS : searchable.encode(row);
    int header = 0;
    for (int i = 0; i < encoded.length; i++) {
      Field<Object> field = (Field<Object>) fields.get(i);
      encoded[i] = field.many() ? many(field, row) : one(buffer, field, field.of().apply(row));
      if (searchable != null && i == encoded.length - 1) {
        encoded[i] = one(buffer, field, SearchableView.digest(texts));
      }
      header += LENGTH_BYTES + encoded[i].length;
    }
    if (header > MAX_HEADER) {
      throw new IllegalArgumentException("indexed fields of %d bytes".formatted(header));
    }
    byte[] value =
        new byte[LENGTH_BYTES + header + TEXTS_LENGTH_BYTES + texts.length + json.length];
    Numbers.putShort(value, 0, header);
    int at = LENGTH_BYTES;
    for (byte[] field : encoded) {
      Numbers.putShort(value, at, field.length);
      System.arraycopy(field, 0, value, at + LENGTH_BYTES, field.length);
      at += LENGTH_BYTES + field.length;
    }
    Numbers.putInt(value, at, texts.length);
    at += TEXTS_LENGTH_BYTES;
    System.arraycopy(texts, 0, value, at, texts.length);
    System.arraycopy(json, 0, value, at + texts.length, json.length);
    return value;
  }

  private static byte[] one(KeyBuffer buffer, Field<?> field, Object value) {
    buffer.clear();
    return buffer.value(field.kind(), value).toBytes();
  }

  private static byte[] many(Field<Object> field, Object row) {
    KeyBuffer each = new KeyBuffer();
    KeyBuffer all = new KeyBuffer();
    for (Object value : field.values(row)) {
      byte[] encoded = one(each, field, value);
      all.one(encoded.length >>> Byte.SIZE).one(encoded.length).raw(encoded);
    }
    return all.toBytes();
  }

  /**
   * The encoded fields as the index's entries have them: once for every combination of its equality
   * values.
   */
  static List<byte[][]> combinations(IndexFields index, byte[][] fields) {
    List<byte[][]> combinations = List.<byte[][]>of(fields);
    for (int i = 0; i < index.equality().length; i++) {
      if (index.index().equality().get(i).many()) {
        combinations = each(combinations, index.equality()[i]);
      }
    }
    return combinations;
  }

  private static List<byte[][]> each(List<byte[][]> combinations, int field) {
    List<byte[][]> each = new ArrayList<>();
    for (byte[][] fields : combinations) {
      byte[] all = fields[field];
      for (int at = 0; at < all.length; ) {
        int length = Numbers.getShort(all, at);
        byte[][] with = fields.clone();
        with[field] = Arrays.copyOfRange(all, at + LENGTH_BYTES, at + LENGTH_BYTES + length);
        each.add(with);
        at += LENGTH_BYTES + length;
      }
    }
    return each;
  }

  /** The header of a stored row; equal headers mean equal index entries. */
  static byte[] header(byte[] stored) {
    return Arrays.copyOf(stored, LENGTH_BYTES + Numbers.getShort(stored, 0));
  }

  /** The texts that searches look into in a stored row. */
  static byte[] texts(byte[] stored) {
    int from = LENGTH_BYTES + Numbers.getShort(stored, 0) + TEXTS_LENGTH_BYTES;
    return Arrays.copyOfRange(stored, from, jsonAt(stored));
  }

  private static int jsonAt(byte[] stored) {
    int at = LENGTH_BYTES + Numbers.getShort(stored, 0);
    return at + TEXTS_LENGTH_BYTES + Numbers.getInt(stored, at);
  }

  /** The JSON in a stored row. */
  static byte[] json(byte[] stored) {
    return Arrays.copyOfRange(stored, jsonAt(stored), stored.length);
  }

  /** The JSON in a stored row, when there is one. */
  static byte @Nullable [] jsonOrNull(byte @Nullable [] stored) {
    return stored == null ? null : json(stored);
  }

  /**
   * The encoded fields in a stored row or its header.
   *
   * @throws IllegalStateException when it was written under another declaration of the view
   */
  byte[][] fields(byte[] stored) {
    byte[][] encoded = new byte[fields.size()][];
    int end = LENGTH_BYTES + Numbers.getShort(stored, 0);
    int at = LENGTH_BYTES;
    for (int i = 0; i < encoded.length && at < end; i++) {
      int length = Numbers.getShort(stored, at);
      encoded[i] = Arrays.copyOfRange(stored, at + LENGTH_BYTES, at + LENGTH_BYTES + length);
      at += LENGTH_BYTES + length;
    }
    if (at != end || (encoded.length > 0 && encoded[encoded.length - 1] == null)) {
      throw new IllegalStateException(
          view.name() + ": rows were written under other indexes; start a new generation");
    }
    return encoded;
  }
}
