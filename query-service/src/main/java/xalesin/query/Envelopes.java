package xalesin.query;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import org.jspecify.annotations.Nullable;
import xalesin.schemas.Json;

/**
 * The JSON around rows. Rows are JSON already: an answer is one array of exactly its size into
 * which they are copied.
 */
final class Envelopes {
  private static final byte[] ITEMS = utf8("{\"items\":[");
  private static final byte[] CURSORS = utf8("],\"nextCursor\":");

  private Envelopes() {}

  /** `{"items":[…],"nextCursor":…,"hasMore":…,"total":…}`. */
  static byte[] list(List<byte[]> rows, @Nullable String nextCursor, long total) {
    StringBuilder tail = new StringBuilder(64);
    if (nextCursor == null) {
      tail.append("null,\"hasMore\":false,\"total\":");
    } else {
      tail.append('"').append(nextCursor).append("\",\"hasMore\":true,\"total\":");
    }
    return around(rows, CURSORS, utf8(tail.append(total).append('}').toString()));
  }

  /** `{"items":[…],"missing":[…]}`. */
  static byte[] found(List<byte[]> rows, List<String> missing) {
    return around(rows, utf8("],\"missing\":"), utf8(strings(missing) + "}"));
  }

  /** `{"total":…,"cursors":[…]}`. */
  static byte[] anchors(long total, List<String> cursors) {
    return utf8("{\"total\":" + total + ",\"cursors\":" + strings(cursors) + "}");
  }

  private static byte[] around(List<byte[]> rows, byte[] middle, byte[] tail) {
    int size = ITEMS.length + Math.max(0, rows.size() - 1) + middle.length + tail.length;
    for (byte[] row : rows) {
      size += row.length;
    }
    byte[] out = new byte[size];
    int at = put(ITEMS, out, 0);
    boolean first = true;
    for (byte[] row : rows) {
      if (!first) {
        out[at++] = ',';
      }
      first = false;
      at = put(row, out, at);
    }
    at = put(middle, out, at);
    put(tail, out, at);
    return out;
  }

  private static int put(byte[] part, byte[] out, int at) {
    System.arraycopy(part, 0, out, at, part.length);
    return at + part.length;
  }

  private static String strings(List<String> texts) {
    StringBuilder out = new StringBuilder(2 + texts.size() * 40).append('[');
    for (String text : texts) {
      if (out.length() > 1) {
        out.append(',');
      }
      out.append(new String(Json.write(text), UTF_8));
    }
    return out.append(']').toString();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(UTF_8);
  }
}
