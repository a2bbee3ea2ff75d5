package xalesin.edge;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The body of one request, read at most once, never beyond its limit, its time or the door's memory
 * budget. Memory is taken as bytes arrive, not as they are announced. For one thread.
 */
final class RequestBody {
  /** What those who read lines read into. */
  static final int LINE_BUFFER_BYTES = 16 * 1024;

  private static final int FIRST_BUFFER_BYTES = 4096;

  /**
   * What is read and thrown away after an early answer, so that an honest sender gets to see the
   * answer.
   */
  private static final long LINGER_BYTES = 16L << 20;

  /** What all write into and nobody reads: however many linger, it takes no more memory. */
  private static final byte[] SINK = new byte[16 * 1024];

  private final HttpServletRequest request;
  private final HttpDoorConfig limits;
  private final BodyBudget budget;
  private byte @Nullable [] bytes;
  private long heldBytes;
  private boolean ended;

  RequestBody(HttpServletRequest request, HttpDoorConfig limits, BodyBudget budget) {
    this.request = request;
    this.limits = limits;
    this.budget = budget;
  }

  /** The whole body; empty when there is none. */
  byte[] bytes() throws IOException {
    if (bytes == null) {
      bytes = readAll(Math.toIntExact(limits.maxBodyBytes()));
    }
    return bytes;
  }

  private byte[] readAll(int limit) throws IOException {
    long announced = request.getContentLengthLong();
    refuseAbove(announced, limit);
    if (announced == 0 || (announced < 0 && !isFramed())) {
      ended = true;
      return new byte[0];
    }
    // One byte more than allowed shows that there is more than allowed.
    int most = announced > 0 ? (int) announced : limit + 1;
    byte[] buffer = new byte[hold(Math.min(most, FIRST_BUFFER_BYTES))];
    long deadline = System.nanoTime() + bodyTimeoutNanos();
    InputStream in = request.getInputStream();
    int length = 0;
    while (true) {
      int read = read(in, buffer, length, buffer.length - length, deadline - System.nanoTime());
      if (read < 0) {
        ended = true;
        return length == buffer.length ? buffer : Arrays.copyOf(buffer, length);
      }
      length += read;
      refuseAbove(length, limit);
      if (announced == length) {
        ended = true;
        return buffer.length == length ? buffer : Arrays.copyOf(buffer, length);
      }
      if (System.nanoTime() - deadline > 0) {
        throw Problems.tooSlow();
      }
      if (length == buffer.length) {
        int grown = (int) Math.min(most, 2L * length);
        hold(grown - length);
        buffer = Arrays.copyOf(buffer, grown);
      }
    }
  }

  /**
   * The body as it comes, for routes that read line by line and keep none; throws the 413, 408 or
   * 503 problem from its reads. A line must have come within the body's time; how long the lines
   * before were worked on does not count. Of the budget it takes what has come of a line.
   *
   * @param maxLineBytes more than this the reader does not keep of a line
   */
  InputStream lines(long limitBytes, int maxLineBytes) throws IOException {
    hold(LINE_BUFFER_BYTES);
    return new Arriving(limitBytes) {
      private long lineNanos;
      private int lineBytes;

      @Override
      long leftNanos() {
        return bodyTimeoutNanos() - lineNanos;
      }

      @Override
      void came(byte[] buffer, int offset, int length, long nanos) {
        int begun = length - afterLastLine(buffer, offset, length);
        boolean endsLine = begun < length;
        lineNanos = endsLine ? 0 : lineNanos + nanos;
        int kept = (int) Math.min(maxLineBytes, begun + (endsLine ? 0L : lineBytes));
        if (kept > lineBytes) {
          hold(kept - lineBytes);
        } else {
          letGo(lineBytes - kept);
        }
        lineBytes = kept;
      }
    };
  }

  /**
   * The body as it comes, for routes that keep all of it; as {@link #lines}, but time and budget
   * are those of the whole.
   */
  InputStream kept(long limitBytes) throws IOException {
    hold(LINE_BUFFER_BYTES);
    long deadline = System.nanoTime() + bodyTimeoutNanos();
    return new Arriving(limitBytes) {
      @Override
      long leftNanos() {
        return deadline - System.nanoTime();
      }

      @Override
      void came(byte[] buffer, int offset, int length, long nanos) {
        hold(length);
      }
    };
  }

  private abstract class Arriving extends InputStream {
    private final InputStream in;
    private final long limitBytes;
    private final byte[] one = new byte[1];
    private long seen;

    Arriving(long limitBytes) throws IOException {
      refuseAbove(request.getContentLengthLong(), limitBytes);
      this.in = request.getInputStream();
      this.limitBytes = limitBytes;
    }

    abstract long leftNanos();

    /**
     * @param nanos it took to come
     */
    abstract void came(byte[] buffer, int offset, int length, long nanos);

    @Override
    public int read() throws IOException {
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      long begin = System.nanoTime();
      int read = RequestBody.this.read(in, buffer, offset, length, leftNanos());
      if (read < 0) {
        ended = true;
        return -1;
      }
      seen += read;
      refuseAbove(seen, limitBytes);
      came(buffer, offset, read, System.nanoTime() - begin);
      if (leftNanos() < 0) {
        throw Problems.tooSlow();
      }
      return read;
    }
  }

  /**
   * Reads what has come. With a length known in HTTP/1 every byte that comes ends the read, and
   * whoever reads on looks at the time. Otherwise bytes may come that are not the body's, without
   * end: then it is the alarm that ends the read.
   */
  private int read(InputStream in, byte[] buffer, int offset, int length, long mostNanos)
      throws IOException {
    if (!isFramed()) {
      return in.read(buffer, offset, length);
    }
    try (ReadAlarm alarm = new ReadAlarm(mostNanos)) {
      try {
        return in.read(buffer, offset, length);
      } catch (IOException e) {
        if (alarm.rung()) {
          throw Problems.tooSlow();
        }
        throw e;
      }
    }
  }

  /** Within what a body, or what stands for one, must have come. */
  Duration timeout() {
    return limits.bodyTimeout();
  }

  private long bodyTimeoutNanos() {
    return timeout().toNanos();
  }

  /** How many of these bytes there are up to the end of the last line that ends in them. */
  private static int afterLastLine(byte[] buffer, int offset, int length) {
    int count = length;
    while (count > 0 && buffer[offset + count - 1] != '\n') {
      count--;
    }
    return count;
  }

  private static void refuseAbove(long bytes, long limit) {
    if (bytes > limit) {
      throw Problems.tooLarge(limit);
    }
  }

  private int hold(int more) {
    budget.take(more);
    heldBytes += more;
    return more;
  }

  private void letGo(int less) {
    budget.giveBack(less);
    heldBytes -= less;
  }

  /** In chunks of HTTP/1 or frames of HTTP/2: then it is these that say where it ends. */
  private boolean isFramed() {
    return isHttp2() || request.getHeader("Transfer-Encoding") != null;
  }

  private boolean isHttp2() {
    return !request.getProtocol().startsWith("HTTP/1");
  }

  void release() {
    if (heldBytes > 0) {
      budget.giveBack(heldBytes);
      heldBytes = 0;
    }
  }

  /** Whether more of it may come, for all that was read. */
  boolean isUnread() {
    return !ended && (isFramed() || request.getContentLengthLong() > 0);
  }

  /**
   * Reads on for a bounded while after the answer was sent. Closing a connection of HTTP/1 with
   * unread bytes resets it, and the reset would overtake the answer; of HTTP/2, where only the
   * stream is reset, bytes that are on their way would count as a flood.
   */
  void linger() {
    if (request.getHeader("Expect") != null) {
      return;
    }
    long deadline = System.nanoTime() + bodyTimeoutNanos();
    try {
      InputStream in = request.getInputStream();
      for (long seen = 0; seen < LINGER_BYTES && System.nanoTime() - deadline < 0; ) {
        int read = read(in, SINK, 0, SINK.length, deadline - System.nanoTime());
        if (read < 0) {
          ended = true;
          return;
        }
        seen += read;
      }
    } catch (IOException | ProblemException e) {
      // The sender is gone or too slow: it has had its time to see the answer.
    }
  }
}
