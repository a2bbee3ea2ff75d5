package xalesin.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads Server-Sent Events (WHATWG HTML, 9.2.6) from bytes as they come, cut anywhere. An event
 * that the end of the stream cuts off is not told. For one thread.
 */
final class SseParser {
  private static final int FIRST_BYTES = 4 << 10;
  private static final byte[] BOM = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
  private static final String MESSAGE = "message";
  private static final int MAX_RETRY_DIGITS = 9;

  /** Told of what has come. */
  interface Handler {
    /**
     * The end of a block of lines.
     *
     * @param type `message` when the block names none
     * @param id that the block gives; null when it gives none
     * @param data its lines, joined by LF; empty when it has none
     */
    void event(String type, @Nullable String id, byte[] data) throws ProtocolException;

    /** How long to wait before connecting again. */
    void retry(long millis);
  }

  private final int maxBytes;
  private final Handler handler;

  private byte[] line = new byte[FIRST_BYTES];
  private int lineLength;
  private boolean afterCr;
  private boolean firstLine = true;

  private byte[] data = new byte[FIRST_BYTES];
  private int dataLength;
  private boolean hasData;
  private String type = MESSAGE;
  private @Nullable String id;

  /**
   * @param maxBytes most of a line, and of the data of an event
   */
  SseParser(int maxBytes, Handler handler) {
    this.maxBytes = maxBytes;
    this.handler = handler;
  }

  /**
   * Takes the next bytes and tells of every event that ends among them.
   *
   * @throws FrameTooLargeException when a line or an event has more bytes than are taken
   */
  void feed(byte[] bytes, int offset, int length) throws ProtocolException {
    int begin = offset;
    int end = offset + length;
    for (int i = offset; i < end; i++) {
      byte next = bytes[i];
      if (next == '\n' && afterCr) {
        afterCr = false;
        begin = i + 1;
      } else if (next == '\n' || next == '\r') {
        append(bytes, begin, i - begin);
        begin = i + 1;
        afterCr = next == '\r';
        endLine();
      } else {
        afterCr = false;
      }
    }
    append(bytes, begin, end - begin);
  }

  private void append(byte[] bytes, int offset, int length) throws FrameTooLargeException {
    line = room(line, lineLength, length);
    System.arraycopy(bytes, offset, line, lineLength, length);
    lineLength += length;
  }

  private byte[] room(byte[] bytes, int used, int more) throws FrameTooLargeException {
    if (more > maxBytes - used) {
      throw new FrameTooLargeException(maxBytes);
    }
    return used + more <= bytes.length
        ? bytes
        : Arrays.copyOf(bytes, Math.max(used + more, (int) Math.min(2L * bytes.length, maxBytes)));
  }

  private void endLine() throws ProtocolException {
    int from = 0;
    if (firstLine) {
      firstLine = false;
      from = startsWithBom() ? BOM.length : 0;
    }
    int length = lineLength - from;
    lineLength = 0;
    if (length == 0) {
      endEvent();
      return;
    }
    int colon = 0;
    while (colon < length && line[from + colon] != ':') {
      colon++;
    }
    int value = Math.min(colon + 1, length);
    if (value < length && line[from + value] == ' ') {
      value++;
    }
    field(new String(line, from, colon, UTF_8), from + value, length - value);
  }

  private boolean startsWithBom() {
    return lineLength >= BOM.length && Arrays.equals(line, 0, BOM.length, BOM, 0, BOM.length);
  }

  private void field(String name, int offset, int length) throws FrameTooLargeException {
    switch (name) {
      case "data" -> addData(offset, length);
      case "event" -> type = new String(line, offset, length, UTF_8);
      case "id" -> {
        String text = new String(line, offset, length, UTF_8);
        if (text.indexOf('\0') < 0) {
          id = text;
        }
      }
      case "retry" -> {
        String text = new String(line, offset, length, UTF_8);
        if (!text.isEmpty()
            && text.length() <= MAX_RETRY_DIGITS
            && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
          handler.retry(Long.parseLong(text));
        }
      }
      default -> {
        // Comments and fields of later versions are passed over.
      }
    }
  }

  private void addData(int offset, int length) throws FrameTooLargeException {
    data = room(data, dataLength, length + 1);
    if (hasData) {
      data[dataLength++] = '\n';
    }
    System.arraycopy(line, offset, data, dataLength, length);
    dataLength += length;
    hasData = true;
  }

  private void endEvent() throws ProtocolException {
    if (hasData || id != null) {
      handler.event(type.isEmpty() ? MESSAGE : type, id, Arrays.copyOf(data, dataLength));
    }
    type = MESSAGE;
    id = null;
    dataLength = 0;
    hasData = false;
  }
}
