package xalesin.bench.live;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.net.ProtocolException;
import java.util.Arrays;

/**
 * One event of an event stream (WHATWG HTML, 9.2), valid only during the call that hands it over:
 * its bytes lie in a buffer that the next one overwrites. Lines end in a line feed, and data is one
 * line, as this API sends them; anything else is refused. Not thread-safe.
 */
final class ServerEvent {
  private static final byte[] ID = "id: ".getBytes(US_ASCII);
  private static final byte[] EVENT = "event: ".getBytes(US_ASCII);
  private static final byte[] DATA = "data: ".getBytes(US_ASCII);
  private static final byte[] RETRY = "retry: ".getBytes(US_ASCII);
  private static final byte[] SNAPSHOT = "snapshot".getBytes(US_ASCII);
  private static final byte[] BATCH = "batch".getBytes(US_ASCII);
  private static final byte[] RESET = "reset".getBytes(US_ASCII);

  /** What its receiver is to do. */
  enum Kind {
    SNAPSHOT,
    BATCH,
    RESET,
    /** No state: a sign of life, or how long to wait before coming back. */
    OTHER
  }

  private byte[] bytes = new byte[0];
  private Kind kind = Kind.OTHER;
  private long id;
  private int dataStart;
  private int dataEnd;

  /**
   * Becomes the event of these bytes.
   *
   * @param end behind its last line, which has no line end
   */
  void read(byte[] from, int start, int end) throws ProtocolException {
    bytes = from;
    kind = Kind.OTHER;
    id = -1;
    dataStart = -1;
    dataEnd = -1;
    for (int line = start; line < end; ) {
      int lineEnd = line;
      while (lineEnd < end && from[lineEnd] != '\n') {
        lineEnd++;
      }
      readLine(line, lineEnd);
      line = lineEnd + 1;
    }
    if (kind != Kind.OTHER && dataStart < 0) {
      throw new ProtocolException("an event without data");
    }
  }

  private void readLine(int start, int end) throws ProtocolException {
    if (start < end && bytes[start] == ':') {
      return;
    }
    if (startsWith(DATA, start, end)) {
      if (dataStart >= 0) {
        throw new ProtocolException("data of several lines");
      }
      dataStart = start + DATA.length;
      dataEnd = end;
    } else if (startsWith(ID, start, end)) {
      id = number(start + ID.length, end);
    } else if (startsWith(EVENT, start, end)) {
      kind = kind(start + EVENT.length, end);
    } else if (!startsWith(RETRY, start, end)) {
      throw new ProtocolException(
          "no line of an event: " + new String(bytes, start, Math.min(80, end - start), US_ASCII));
    }
  }

  private Kind kind(int start, int end) throws ProtocolException {
    if (is(BATCH, start, end)) {
      return Kind.BATCH;
    }
    if (is(SNAPSHOT, start, end)) {
      return Kind.SNAPSHOT;
    }
    if (is(RESET, start, end)) {
      return Kind.RESET;
    }
    throw new ProtocolException(
        "an event of no known name: " + new String(bytes, start, end - start, US_ASCII));
  }

  private boolean startsWith(byte[] prefix, int start, int end) {
    return end - start >= prefix.length && is(prefix, start, start + prefix.length);
  }

  private boolean is(byte[] text, int start, int end) {
    return Arrays.equals(bytes, start, end, text, 0, text.length);
  }

  private long number(int start, int end) throws ProtocolException {
    long value = 0;
    for (int i = start; i < end; i++) {
      if (bytes[i] < '0' || bytes[i] > '9' || i - start >= 18) {
        throw new ProtocolException("an id that is no number");
      }
      value = value * 10 + (bytes[i] - '0');
    }
    return end == start ? -1 : value;
  }

  Kind kind() {
    return kind;
  }

  /** -1 when it has none. */
  long id() {
    return id;
  }

  boolean hasData() {
    return dataStart >= 0;
  }

  /** Where its data lies; not to be changed or kept. */
  byte[] bytes() {
    return bytes;
  }

  int dataStart() {
    return dataStart;
  }

  int dataLength() {
    return dataEnd - dataStart;
  }
}
