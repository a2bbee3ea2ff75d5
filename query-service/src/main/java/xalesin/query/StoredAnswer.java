package xalesin.query;

import java.util.EnumMap;
import java.util.Map;

/**
 * An answer as it is sent, and what it holds for. Thread-safe.
 *
 * <p>It is what the store has as long as, in the same opening of the store, the sequence of the
 * views that it was read from is the one that it was read at.
 */
final class StoredAnswer {
  /** Objects, headers of arrays and the cache's own node. */
  private static final int OVERHEAD_BYTES = 400;

  private final byte[] json;
  private final String etag;
  private final long store;
  private final long label;
  private final long reads;
  private final Map<ContentCoding, byte[]> coded = new EnumMap<>(ContentCoding.class);

  /**
   * @param json the body; not copied
   * @param store the opening of the store
   * @param label the sequence of its views
   * @param reads reads of the store that it took
   */
  StoredAnswer(byte[] json, String etag, long store, long label, long reads) {
    this.json = json;
    this.etag = etag;
    this.store = store;
    this.label = label;
    this.reads = reads;
  }

  boolean holdsFor(long nowStore, long nowLabel) {
    return store == nowStore && label == nowLabel;
  }

  byte[] json() {
    return json;
  }

  String etag() {
    return etag;
  }

  long reads() {
    return reads;
  }

  /** Whether it has been compressed so. */
  synchronized boolean has(ContentCoding coding) {
    return coded.containsKey(coding);
  }

  /** The body in that form, which is made once. */
  synchronized byte[] coded(ContentCoding coding) {
    return coded.computeIfAbsent(coding, _ -> coding.compress(json));
  }

  /** Memory that it takes, about. */
  synchronized int bytes() {
    int bytes = OVERHEAD_BYTES + json.length;
    for (byte[] form : coded.values()) {
      bytes += form.length;
    }
    return bytes;
  }
}
