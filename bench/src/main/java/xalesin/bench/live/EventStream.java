package xalesin.bench.live;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads the events of one answer that has no end (HTTP/1.1, chunked), in whatever pieces its bytes
 * arrive. Between reads it holds only what is not a whole event yet. Not thread-safe.
 */
final class EventStream {
  /** Far above the largest frame: a whole view of 4 MiB. */
  private static final int MAX_EVENT_BYTES = 16 << 20;

  private static final int MAX_HEAD_BYTES = 64 << 10;

  /** Takes the events in their order; the event is valid during the call only. */
  interface Sink {
    void event(ServerEvent event) throws ProtocolException;
  }

  /** Where all streams of a thread put their content together. Not thread-safe. */
  static final class Scratch {
    private byte[] bytes = new byte[256 << 10];
    private int length;
    private final ServerEvent event = new ServerEvent();

    private void put(byte[] from, int start, int count) throws ProtocolException {
      if (length + count > bytes.length) {
        if (length + count > MAX_EVENT_BYTES) {
          throw new ProtocolException("an event of more than " + MAX_EVENT_BYTES + " bytes");
        }
        bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + count));
      }
      System.arraycopy(from, start, bytes, length, count);
      length += count;
    }
  }

  private enum Part {
    HEAD,
    CHUNK_SIZE,
    CHUNK_EXTENSION,
    CHUNK_DATA,
    CHUNK_END,
    ENDED
  }

  private Part part = Part.HEAD;
  private int status;
  private int retryAfterSeconds;
  private int chunkLeft;
  private byte @Nullable [] kept;

  /** Of the answer; 0 before its head is complete. */
  int status() {
    return status;
  }

  /** What a refusal asks for; 1 when it does not say. */
  int retryAfterSeconds() {
    return retryAfterSeconds;
  }

  /** Whether the server has ended the answer as a whole one. */
  boolean hasEnded() {
    return part == Part.ENDED;
  }

  /** Takes what has arrived; of an answer other than 200 only the head. */
  void read(ByteBuffer arrived, Scratch scratch, Sink sink) throws ProtocolException {
    byte[] raw = arrived.array();
    int at = arrived.arrayOffset() + arrived.position();
    int end = arrived.arrayOffset() + arrived.limit();
    scratch.length = 0;
    int before = 0;
    if (kept != null) {
      scratch.put(kept, 0, kept.length);
      before = kept.length;
      kept = null;
    }
    if (part == Part.HEAD) {
      at = readHead(raw, at, end, scratch);
      before = 0;
      if (part == Part.HEAD) {
        return;
      }
    }
    if (status == 200) {
      readChunks(raw, at, end, scratch);
      hand(scratch, Math.max(0, before - 1), sink);
    }
  }

  /** The index behind the head, or the end when it is not complete. */
  private int readHead(byte[] raw, int start, int end, Scratch scratch) throws ProtocolException {
    for (int at = start; at < end; at++) {
      scratch.put(raw, at, 1);
      byte[] bytes = scratch.bytes;
      int length = scratch.length;
      if (raw[at] == '\n' && length >= 4 && bytes[length - 3] == '\n') {
        takeHead(new String(bytes, 0, length, ISO_8859_1));
        scratch.length = 0;
        return at + 1;
      }
      if (length > MAX_HEAD_BYTES) {
        throw new ProtocolException("a head of more than " + MAX_HEAD_BYTES + " bytes");
      }
    }
    kept = Arrays.copyOf(scratch.bytes, scratch.length);
    return end;
  }

  private void takeHead(String head) throws ProtocolException {
    if (!head.startsWith("HTTP/1.1 ") || head.length() < 12) {
      throw new ProtocolException("not an HTTP/1.1 status line");
    }
    status = Integer.parseInt(head, 9, 12, 10);
    String retry = header(head, "retry-after");
    retryAfterSeconds = retry == null ? 1 : Integer.parseInt(retry);
    if (status == 200 && !"chunked".equalsIgnoreCase(header(head, "transfer-encoding"))) {
      throw new ProtocolException("an event stream that is not chunked");
    }
    part = Part.CHUNK_SIZE;
  }

  private static @Nullable String header(String head, String lowerName) {
    for (String line : head.split("\r\n", -1)) {
      int colon = line.indexOf(':');
      if (colon > 0 && line.substring(0, colon).toLowerCase(Locale.ROOT).equals(lowerName)) {
        return line.substring(colon + 1).strip();
      }
    }
    return null;
  }

  private void readChunks(byte[] raw, int start, int end, Scratch scratch)
      throws ProtocolException {
    int at = start;
    while (at < end) {
      switch (part) {
        case CHUNK_SIZE -> readSize(raw[at++]);
        case CHUNK_EXTENSION -> {
          if (raw[at++] == '\n') {
            part = chunkLeft == 0 ? Part.ENDED : Part.CHUNK_DATA;
          }
        }
        case CHUNK_DATA -> {
          int count = Math.min(chunkLeft, end - at);
          scratch.put(raw, at, count);
          at += count;
          chunkLeft -= count;
          if (chunkLeft == 0) {
            part = Part.CHUNK_END;
          }
        }
        case CHUNK_END -> {
          byte b = raw[at++];
          if (b == '\n') {
            part = Part.CHUNK_SIZE;
          } else if (b != '\r') {
            throw new ProtocolException("a chunk longer than its size");
          }
        }
        case ENDED -> at = end;
        case HEAD -> throw new IllegalStateException("the head is not read yet");
      }
    }
  }

  private void readSize(byte b) throws ProtocolException {
    int digit = Character.digit(b, 16);
    if (digit >= 0) {
      chunkLeft = chunkLeft * 16 + digit;
      if (chunkLeft > MAX_EVENT_BYTES) {
        throw new ProtocolException("a chunk of more than " + MAX_EVENT_BYTES + " bytes");
      }
    } else if (b == '\r' || b == ';') {
      part = Part.CHUNK_EXTENSION;
    } else {
      throw new ProtocolException("a chunk without a size");
    }
  }

  /**
   * Hands over all whole events and keeps the rest.
   *
   * @param from where the blank line of the first one may be
   */
  private void hand(Scratch scratch, int from, Sink sink) throws ProtocolException {
    byte[] bytes = scratch.bytes;
    int start = 0;
    for (int i = Math.max(1, from); i < scratch.length; i++) {
      if (bytes[i] == '\n' && bytes[i - 1] == '\n') {
        scratch.event.read(bytes, start, i - 1);
        sink.event(scratch.event);
        start = i + 1;
        i = start;
      }
    }
    kept = start < scratch.length ? Arrays.copyOfRange(bytes, start, scratch.length) : null;
  }
}
