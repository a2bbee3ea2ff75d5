package xalesin.query.live;

import static java.nio.charset.StandardCharsets.US_ASCII;

import org.jspecify.annotations.Nullable;

/**
 * Something that is told to many: encoded once for each kind of connection that it goes to, the
 * same array for all of them. Thread-safe.
 */
final class Event {
  private final String name;
  private final long sequence;
  private final byte[] json;
  private volatile byte @Nullable [] streamed;
  private volatile byte @Nullable [] sent;

  /**
   * @param sequence what its receiver has then
   * @param json its data
   */
  Event(String name, long sequence, byte[] json) {
    this.name = name;
    this.sequence = sequence;
    this.json = json;
  }

  int size() {
    return json.length;
  }

  /** As an event of Server-Sent Events. Not to be changed. */
  byte[] streamed() {
    byte[] known = streamed;
    return known == null ? encodeStreamed() : known;
  }

  /** As a message of a WebSocket but for its beginning. Not to be changed. */
  byte[] sent() {
    byte[] known = sent;
    return known == null ? encodeSent() : known;
  }

  private synchronized byte[] encodeStreamed() {
    if (streamed == null) {
      streamed = around("id: " + sequence + "\nevent: " + name + "\ndata: ", "\n\n");
    }
    return streamed;
  }

  private synchronized byte[] encodeSent() {
    if (sent == null) {
      sent = around("\"event\":\"" + name + "\",\"data\":", "}");
    }
    return sent;
  }

  private byte[] around(String before, String after) {
    byte[] whole = new byte[before.length() + json.length + after.length()];
    System.arraycopy(before.getBytes(US_ASCII), 0, whole, 0, before.length());
    System.arraycopy(json, 0, whole, before.length(), json.length);
    System.arraycopy(
        after.getBytes(US_ASCII), 0, whole, before.length() + json.length, after.length());
    return whole;
  }
}
