package xalesin.query.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xalesin.edge.Problem;
import xalesin.edge.ProblemException;

/**
 * Builds `{"sequence":…,"changes":[{"view":…,"upserts":[…],"deletes":[…]}]}` out of rows that are
 * JSON already. For one thread.
 */
public final class Batch {
  /** Of rows, in all; client libraries take frames of 16 MiB. */
  public static final long MAX_BYTES = 8L << 20;

  private final long sequence;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream(1_024);
  private long bytes;
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

  /** The problem that a question has more rows than a frame may carry. */
  public static ProblemException tooMany() {
    return tooMany("what is followed has rows of more than %d bytes".formatted(MAX_BYTES));
  }

  static ProblemException tooMany(String detail) {
    return Problem.of(
            400,
            "too-many-rows",
            "Too many rows to be followed as a whole",
            detail + ": follow a window (filters, sort, limit) or ids")
        .exception();
  }

  /** What has changed in a view. Throws the problem when it is too much. */
  void add(String view, List<byte[]> upserts, List<UUID> deletes, @Nullable Extent extent) {
    bytes += upserts.stream().mapToLong(row -> row.length).sum();
    if (bytes > MAX_BYTES) {
      throw tooMany();
    }
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
