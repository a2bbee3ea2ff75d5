package xalesin.bench.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads one HTTP/1.1 answer after another from a connection's bytes (RFC 9112): status, {@code
 * Content-Length} and chunked bodies, in as many pieces as they arrive. Headers are scanned once
 * and looked up only on demand; chunks are joined in place. Pipelining is not used, so bytes beyond
 * an answer are an error. Not thread-safe.
 */
final class AnswerParser implements Answer {
  /** Room for a usual answer; grows by doubling. */
  private static final int FIRST_CAPACITY = 16 * 1024;

  /** Largest answer taken: far above any page the API serves. */
  private static final int MAX_CAPACITY = 64 * 1024 * 1024;

  private static final byte[] CONTENT_LENGTH = "content-length".getBytes(ISO_8859_1);
  private static final byte[] TRANSFER_ENCODING = "transfer-encoding".getBytes(ISO_8859_1);
  private static final byte[] CONNECTION = "connection".getBytes(ISO_8859_1);

  private enum Part {
    HEAD,
    BODY,
    CHUNK_SIZE,
    CHUNK_DATA,
    CHUNK_END,
    TRAILER,
    DONE
  }

  private byte[] bytes = new byte[FIRST_CAPACITY];
  private ByteBuffer space = ByteBuffer.wrap(bytes);
  private int limit;

  private Part part = Part.HEAD;
  private int status;
  private int next;
  private int headEnd;
  private int bodyEnd;
  private long contentLength;
  private boolean chunked;
  private boolean lastOfConnection;
  private int chunkLeft;

  AnswerParser() {
    reset();
  }

  /** Forgets the answer; the next byte fed begins another. */
  void reset() {
    part = Part.HEAD;
    limit = 0;
    status = 0;
    next = 0;
    headEnd = 0;
    bodyEnd = 0;
    contentLength = -1;
    chunked = false;
    lastOfConnection = false;
    chunkLeft = 0;
  }

  /** Where the connection's next bytes go; {@link #advance} must be told of them. */
  ByteBuffer space() throws MalformedAnswerException {
    if (limit == bytes.length) {
      if (bytes.length >= MAX_CAPACITY) {
        throw new MalformedAnswerException("answer larger than " + MAX_CAPACITY + " bytes");
      }
      bytes = Arrays.copyOf(bytes, bytes.length * 2);
      space = ByteBuffer.wrap(bytes);
    }
    space.limit(bytes.length).position(limit);
    return space;
  }

  /**
   * Takes in the bytes put into {@link #space()}.
   *
   * @return whether the answer is complete
   */
  boolean advance() throws MalformedAnswerException {
    limit = space.position();
    if (part == Part.HEAD && !readHead()) {
      return false;
    }
    boolean complete = part == Part.BODY ? readBody() : readChunks();
    if (complete && next != limit) {
      throw new MalformedAnswerException("bytes after the end of an answer");
    }
    return complete;
  }

  /** Whether any byte of an answer has come. */
  boolean begun() {
    return limit > 0;
  }

  /** Whether the server closes the connection after this answer. */
  boolean lastOfConnection() {
    return lastOfConnection;
  }

  private boolean readHead() throws MalformedAnswerException {
    while (true) {
      int end = lineEnd(next);
      if (end < 0) {
        return false;
      }
      int start = next;
      next = end + 2;
      if (end == start) {
        headEnd = next;
        return beginBody();
      }
      if (start == 0) {
        readStatus(end);
      } else {
        readHeader(start, end);
      }
    }
  }

  private boolean beginBody() throws MalformedAnswerException {
    bodyEnd = headEnd;
    if (chunked) {
      part = Part.CHUNK_SIZE;
    } else if (status == 204 || status == 304) {
      part = Part.BODY;
      contentLength = 0;
    } else if (contentLength < 0) {
      throw new MalformedAnswerException("answer without a length");
    } else {
      part = Part.BODY;
    }
    return true;
  }

  private void readStatus(int end) throws MalformedAnswerException {
    // HTTP/1.1 200 OK
    if (end < 12 || bytes[0] != 'H' || bytes[5] != '1' || bytes[7] != '1' || bytes[8] != ' ') {
      throw new MalformedAnswerException("not an HTTP/1.1 status line");
    }
    status = (bytes[9] - '0') * 100 + (bytes[10] - '0') * 10 + (bytes[11] - '0');
    if (status < 200 || status > 599) {
      throw new MalformedAnswerException("status " + status);
    }
  }

  private void readHeader(int start, int end) throws MalformedAnswerException {
    int letter = bytes[start] | 0x20;
    if (letter != 'c' && letter != 't') {
      return;
    }
    if (isName(CONTENT_LENGTH, start, end)) {
      contentLength = decimal(valueStart(start + CONTENT_LENGTH.length, end), end);
      if (contentLength < 0 || contentLength > MAX_CAPACITY) {
        throw new MalformedAnswerException("Content-Length " + contentLength);
      }
    } else if (isName(TRANSFER_ENCODING, start, end)) {
      chunked = text(start + TRANSFER_ENCODING.length, end).equalsIgnoreCase("chunked");
    } else if (isName(CONNECTION, start, end)) {
      lastOfConnection = text(start + CONNECTION.length, end).equalsIgnoreCase("close");
    }
  }

  private boolean readBody() {
    bodyEnd = (int) Math.min(limit, headEnd + contentLength);
    next = bodyEnd;
    return bodyEnd == headEnd + contentLength;
  }

  private boolean readChunks() throws MalformedAnswerException {
    while (part != Part.DONE) {
      boolean more =
          switch (part) {
            case CHUNK_SIZE -> readChunkSize();
            case CHUNK_DATA -> readChunkData();
            case CHUNK_END -> readChunkEnd();
            case TRAILER -> readTrailer();
            case HEAD, BODY, DONE -> throw new IllegalStateException("in chunks: " + part);
          };
      if (!more) {
        return false;
      }
    }
    return true;
  }

  private boolean readChunkSize() throws MalformedAnswerException {
    int end = lineEnd(next);
    if (end < 0) {
      return false;
    }
    long size = 0;
    int i = next;
    for (; i < end; i++) {
      int digit = Character.digit(bytes[i], 16);
      if (digit < 0) {
        break;
      }
      size = size * 16 + digit;
      if (size > MAX_CAPACITY) {
        throw new MalformedAnswerException("chunk larger than " + MAX_CAPACITY + " bytes");
      }
    }
    if (i == next || (i < end && bytes[i] != ';' && bytes[i] != ' ')) {
      throw new MalformedAnswerException("chunk without a size");
    }
    next = end + 2;
    chunkLeft = (int) size;
    part = size == 0 ? Part.TRAILER : Part.CHUNK_DATA;
    return true;
  }

  private boolean readChunkData() {
    int count = Math.min(chunkLeft, limit - next);
    System.arraycopy(bytes, next, bytes, bodyEnd, count);
    bodyEnd += count;
    next += count;
    chunkLeft -= count;
    if (chunkLeft > 0) {
      return false;
    }
    part = Part.CHUNK_END;
    return true;
  }

  private boolean readChunkEnd() throws MalformedAnswerException {
    if (limit - next < 2) {
      return false;
    }
    if (bytes[next] != '\r' || bytes[next + 1] != '\n') {
      throw new MalformedAnswerException("chunk longer than its size");
    }
    next += 2;
    part = Part.CHUNK_SIZE;
    return true;
  }

  private boolean readTrailer() {
    int end = lineEnd(next);
    if (end < 0) {
      return false;
    }
    if (end == next) {
      part = Part.DONE;
    }
    next = end + 2;
    return true;
  }

  /** Index of the CR that ends the line, or -1 when the line is not complete. */
  private int lineEnd(int from) {
    for (int i = from + 1; i < limit; i++) {
      if (bytes[i] == '\n' && bytes[i - 1] == '\r') {
        return i - 1;
      }
    }
    return -1;
  }

  private boolean isName(byte[] lowerName, int start, int end) {
    if (end - start <= lowerName.length || bytes[start + lowerName.length] != ':') {
      return false;
    }
    for (int i = 0; i < lowerName.length; i++) {
      byte b = bytes[start + i];
      int lower = b >= 'A' && b <= 'Z' ? b | 0x20 : b;
      if (lower != lowerName[i]) {
        return false;
      }
    }
    return true;
  }

  private int valueStart(int colon, int end) {
    int i = colon + 1;
    while (i < end && (bytes[i] == ' ' || bytes[i] == '\t')) {
      i++;
    }
    return i;
  }

  private String text(int colon, int end) {
    int start = valueStart(colon, end);
    return new String(bytes, start, end - start, ISO_8859_1).strip();
  }

  private long decimal(int start, int end) {
    long value = 0;
    int i = start;
    for (; i < end && bytes[i] >= '0' && bytes[i] <= '9' && value <= MAX_CAPACITY; i++) {
      value = value * 10 + (bytes[i] - '0');
    }
    return i == start ? -1 : value;
  }

  @Override
  public int status() {
    return status;
  }

  @Override
  public @Nullable String header(String name) {
    byte[] lowerName = name.toLowerCase(java.util.Locale.ROOT).getBytes(ISO_8859_1);
    int start = lineEnd(0) + 2;
    while (start < headEnd) {
      int end = lineEnd(start);
      if (isName(lowerName, start, end)) {
        return text(start + lowerName.length, end);
      }
      start = end + 2;
    }
    return null;
  }

  @Override
  public int bodyLength() {
    return bodyEnd - headEnd;
  }

  @Override
  public String body() {
    return new String(bytes, headEnd, bodyEnd - headEnd, UTF_8);
  }

  @Override
  public int indexInBody(byte[] ascii, int from) {
    int last = bodyEnd - ascii.length;
    for (int i = headEnd + from; i <= last; i++) {
      if (bytes[i] == ascii[0]
          && Arrays.equals(bytes, i, i + ascii.length, ascii, 0, ascii.length)) {
        return i - headEnd;
      }
    }
    return -1;
  }

  @Override
  public long numberInBody(int index) {
    long value = 0;
    int i = headEnd + index;
    int start = i;
    for (; i < bodyEnd && i - start < 18 && bytes[i] >= '0' && bytes[i] <= '9'; i++) {
      value = value * 10 + (bytes[i] - '0');
    }
    return i == start ? -1 : value;
  }
}
