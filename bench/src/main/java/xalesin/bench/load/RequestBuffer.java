package xalesin.bench.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The bytes of one HTTP request, put together from parts that were encoded beforehand. Reused for
 * every request of a connection. Not thread-safe.
 */
public final class RequestBuffer {
  private static final byte[] GET = "GET ".getBytes(US_ASCII);
  private static final byte[] POST = "POST ".getBytes(US_ASCII);
  private static final byte[] VERSION = " HTTP/1.1\r\n".getBytes(US_ASCII);
  private static final byte[] LENGTH = "Content-Length: ".getBytes(US_ASCII);
  private static final byte[] LINE_END = "\r\n".getBytes(US_ASCII);

  private byte[] bytes = new byte[2048];
  private ByteBuffer view = ByteBuffer.wrap(bytes);
  private int length;

  RequestBuffer() {}

  /**
   * A whole {@code GET}.
   *
   * @param headers complete lines, each with its line end
   */
  public void get(String path, byte[] headers) {
    clear();
    put(GET).put(path).put(VERSION).put(headers).put(LINE_END);
  }

  /** As {@link #get(String, byte[])} with more header lines. */
  public void get(String path, byte[] headers, String moreHeaders) {
    clear();
    put(GET).put(path).put(VERSION).put(headers).put(moreHeaders).put(LINE_END);
  }

  /**
   * A whole {@code POST}.
   *
   * @param headers complete lines, the content type among them
   */
  public void post(String path, byte[] headers, String moreHeaders, byte[] body) {
    clear();
    put(POST).put(path).put(VERSION).put(headers).put(moreHeaders);
    put(LENGTH).put(Integer.toString(body.length)).put(LINE_END).put(LINE_END).put(body);
  }

  /** A request that was encoded whole beforehand. */
  public void raw(byte[] request) {
    clear();
    put(request);
  }

  private void clear() {
    length = 0;
  }

  private RequestBuffer put(byte[] part) {
    room(part.length);
    System.arraycopy(part, 0, bytes, length, part.length);
    length += part.length;
    return this;
  }

  private RequestBuffer put(String ascii) {
    int count = ascii.length();
    room(count);
    for (int i = 0; i < count; i++) {
      bytes[length + i] = (byte) ascii.charAt(i);
    }
    length += count;
    return this;
  }

  private void room(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
      view = ByteBuffer.wrap(bytes);
    }
  }

  /** The request, from its first byte on. */
  ByteBuffer toSend() {
    return view.limit(length).position(0);
  }
}
