package xalesin.projection.search;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.util.StringHelper;
import org.jspecify.annotations.Nullable;
import xalesin.projection.view.Field;
import xalesin.projection.view.Index;
import xalesin.projection.view.SearchField;
import xalesin.projection.view.View;
import xalesin.schemas.Json;

/**
 * What searches need of a view's rows, worked out once from its declaration: the texts to look into
 * and the values to filter by, which are those of the equality fields of its indexes. They are kept
 * in the stored row in a form of their own, so that the index follows from it without parsing.
 * Immutable, thread-safe.
 *
 * <p>The form is {@code declaration (4 bytes), then the texts and the values, each behind its
 * length in UTF-8 (4 bytes); several values of one field behind their number (4 bytes)}.
 */
public final class SearchableView {
  /** Searches look into so much of a text; none that a command takes is longer. */
  static final int MAX_TEXT = 10_000;

  /** Longer values are asked for by nobody: the filters of lists end before. */
  private static final int MAX_VALUE = 1_000;

  private static final int DIGEST_SEED = 0x5ea7c4;

  private final View<?> view;
  private final List<SearchField<Object>> fields = new ArrayList<>();
  private final Map<String, Field<Object>> filters = new LinkedHashMap<>();
  private final int declaration;

  /** What a row is found by: a text for each field, and the values for each filter. */
  record Texts(List<String> fields, List<List<String>> filters) {}

  @SuppressWarnings("unchecked")
  private SearchableView(View<?> view) {
    this.view = view;
    for (SearchField<?> field : view.searchable()) {
      fields.add((SearchField<Object>) field);
    }
    for (Index<?> index : view.indexes()) {
      for (Field<?> field : index.equality()) {
        filters.put(field.name(), (Field<Object>) field);
      }
    }
    byte[] text = describe().getBytes(UTF_8);
    declaration = StringHelper.murmurhash3_x86_32(text, 0, text.length, DIGEST_SEED);
  }

  /** Null when the view cannot be searched. */
  public static @Nullable SearchableView of(View<?> view) {
    return view.searchable().isEmpty() ? null : new SearchableView(view);
  }

  View<?> view() {
    return view;
  }

  List<SearchField<Object>> fields() {
    return fields;
  }

  /** The fields that searches can be filtered by. */
  List<String> filters() {
    return List.copyOf(filters.keySet());
  }

  /** Equal for declarations that make the same index. */
  String describe() {
    StringBuilder text = new StringBuilder(view.name());
    for (SearchField<Object> field : fields) {
      text.append(' ').append(field.name()).append(field.kind()).append(field.boost());
    }
    return text.append(filters.keySet()).toString();
  }

  /** The field's name in the index: views do not share words. */
  String indexed(SearchField<?> field) {
    return view.name() + '/' + field.name();
  }

  String indexed(String filter) {
    return view.name() + "/=" + filter;
  }

  /** What the row is found by, in its stored form. */
  public byte[] encode(Object row) {
    return encode(textsOf(row));
  }

  Texts textsOf(Object row) {
    List<String> texts = new ArrayList<>(fields.size());
    for (SearchField<Object> field : fields) {
      String text = field.of().apply(row);
      texts.add(text == null ? "" : cut(Words.normal(text), MAX_TEXT));
    }
    List<List<String>> values = new ArrayList<>(filters.size());
    for (Field<Object> field : filters.values()) {
      values.add(field.values(row).stream().map(SearchableView::keyword).toList());
    }
    return new Texts(texts, values);
  }

  /** A value of a filter as the index has it. */
  static String keyword(Object value) {
    String text =
        value instanceof BigDecimal decimal
            ? decimal.stripTrailingZeros().toPlainString()
            : value.toString();
    return cut(text, MAX_VALUE);
  }

  private static String cut(String text, int max) {
    return text.length() <= max ? text : text.substring(0, max);
  }

  private byte[] encode(Texts texts) {
    List<byte[]> parts = new ArrayList<>(texts.fields().size() + 2 * texts.filters().size());
    int size = Integer.BYTES * (1 + texts.fields().size() + texts.filters().size());
    for (String text : texts.fields()) {
      byte[] utf8 = text.getBytes(UTF_8);
      parts.add(utf8);
      size += utf8.length;
    }
    for (List<String> values : texts.filters()) {
      for (String value : values) {
        byte[] utf8 = value.getBytes(UTF_8);
        parts.add(utf8);
        size += Integer.BYTES + utf8.length;
      }
    }
    ByteBuffer encoded = ByteBuffer.allocate(size).putInt(declaration);
    int next = 0;
    while (next < texts.fields().size()) {
      put(encoded, parts.get(next++));
    }
    for (List<String> values : texts.filters()) {
      encoded.putInt(values.size());
      for (int i = 0; i < values.size(); i++) {
        put(encoded, parts.get(next++));
      }
    }
    return encoded.array();
  }

  private static void put(ByteBuffer encoded, byte[] part) {
    encoded.putInt(part.length).put(part);
  }

  /** Differs when the stored form does (64 bits of MurmurHash3, Austin Appleby). */
  public static long digest(byte[] encoded) {
    return StringHelper.murmurhash3_x64_128(encoded, 0, encoded.length, DIGEST_SEED)[0];
  }

  /** Whether the form was written under this declaration of the view. */
  public boolean understands(byte[] encoded) {
    return encoded.length >= Integer.BYTES && ByteBuffer.wrap(encoded).getInt() == declaration;
  }

  /** What a row is found by, from its JSON: when its stored form is of another declaration. */
  public byte[] encodeJson(byte[] json) {
    return encode(Json.read(json, view.rowClass()));
  }

  Texts decode(byte[] encoded) {
    if (!understands(encoded)) {
      throw new IllegalStateException(view.name() + ": texts of another declaration");
    }
    ByteBuffer buffer = ByteBuffer.wrap(encoded);
    buffer.getInt();
    List<String> texts = new ArrayList<>(fields.size());
    for (int i = 0; i < fields.size(); i++) {
      texts.add(text(buffer));
    }
    List<List<String>> values = new ArrayList<>(filters.size());
    for (int i = 0; i < filters.size(); i++) {
      int count = buffer.getInt();
      List<String> several = new ArrayList<>(count);
      for (int j = 0; j < count; j++) {
        several.add(text(buffer));
      }
      values.add(several);
    }
    return new Texts(texts, values);
  }

  private static String text(ByteBuffer buffer) {
    byte[] utf8 = new byte[buffer.getInt()];
    buffer.get(utf8);
    return new String(utf8, UTF_8);
  }
}
