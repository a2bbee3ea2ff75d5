package xalesin.query.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/**
 * Bytes as they go out, the same array to everybody. Not to be changed.
 *
 * @param sequence the state that its receiver has then
 * @param rows how many rows it carries
 */
@SuppressWarnings("ArrayRecordComponent")
record Frame(long sequence, byte[] bytes, int rows) {

  /** An event of Server-Sent Events. */
  static Frame event(String name, Batch batch) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(batch.json().length + 64);
    out.writeBytes(("id: " + batch.sequence() + "\nevent: " + name + "\ndata: ").getBytes(UTF_8));
    out.writeBytes(batch.json());
    out.writeBytes("\n\n".getBytes(UTF_8));
    return new Frame(batch.sequence(), out.toByteArray(), batch.rows());
  }

  /** What was sent before counts no longer; the state that counts follows at once. */
  Frame afterReset() {
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + 64);
    out.writeBytes(("event: reset\ndata: {\"sequence\":" + sequence + "}\n\n").getBytes(UTF_8));
    out.writeBytes(bytes);
    return new Frame(sequence, out.toByteArray(), rows);
  }

  /** How long a client waits before it connects again. */
  static byte[] retry(long millis) {
    return ("retry: " + millis + "\n\n").getBytes(UTF_8);
  }

  /** A sign of life, and where to go on from. */
  static byte[] ping(long sequence) {
    return (": ping\nid: " + sequence + "\n\n").getBytes(UTF_8);
  }
}
