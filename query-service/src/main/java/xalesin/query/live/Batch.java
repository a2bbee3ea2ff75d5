package xalesin.query.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Builds `{"sequence":…,"changes":[{"view":…,"upserts":[…],"deletes":[…]}]}` out of rows that are
 * JSON already. For one thread.
 */
public final class Batch {
  private final long sequence;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream(1_024);
  private int changes;
  private int rows;

  Batch(long sequence) {
    this.sequence = sequence;
    text("{\"sequence\":" + sequence + ",\"changes\":[");
  }

  /**
   * The order of a window and what it has in all.
   *
   * @param order ids of all its rows, or null when neither they nor their order have changed
   */
  record Extent(@Nullable List<UUID> order, long total) {}

  /** What has changed in a view. */
  void add(String view, List<byte[]> upserts, List<UUID> deletes, @Nullable Extent extent) {
    if (changes++ > 0) {
      out.write(',');
    }
    text("{\"view\":\"" + view + "\",\"upserts\":[");
    for (int i = 0; i < upserts.size(); i++) {
      if (i > 0) {
        out.write(',');
      }
      out.writeBytes(upserts.get(i));
    }
    text("],\"deletes\":");
    ids(deletes);
    if (extent != null) {
      if (extent.order != null) {
        text(",\"order\":");
        ids(extent.order);
      }
      text(",\"total\":" + extent.total);
    }
    out.write('}');
    rows += upserts.size() + deletes.size();
  }

  private void ids(List<UUID> ids) {
    out.write('[');
    for (int i = 0; i < ids.size(); i++) {
      text((i > 0 ? ",\"" : "\"") + ids.get(i) + '"');
    }
    out.write(']');
  }

  private void text(String text) {
    out.writeBytes(text.getBytes(UTF_8));
  }

  boolean isEmpty() {
    return changes == 0;
  }

  long sequence() {
    return sequence;
  }

  int rows() {
    return rows;
  }

  byte[] json() {
    ByteArrayOutputStream whole = new ByteArrayOutputStream(out.size() + 2);
    whole.writeBytes(out.toByteArray());
    whole.writeBytes("]}".getBytes(UTF_8));
    return whole.toByteArray();
  }
}
