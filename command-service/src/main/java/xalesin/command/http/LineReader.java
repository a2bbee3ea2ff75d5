package xalesin.command.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import xalesin.edge.Exchange;

/** Cuts a stream into lines, none longer than its limit. For one thread. */
final class LineReader {
  private final InputStream in;
  private final int maxLineBytes;
  private final byte[] buffer = new byte[Exchange.LINE_BUFFER_BYTES];
  private int next;
  private int end;

  LineReader(InputStream in, int maxLineBytes) {
    this.in = in;
    this.maxLineBytes = maxLineBytes;
  }

  /** A line of the stream. */
  sealed interface Line {}

  /** Without its end; not blank. Not to be changed. */
  @SuppressWarnings("ArrayRecordComponent")
  record Text(byte[] bytes) implements Line {}

  /** More than is allowed; it has been passed over. */
  record TooLong() implements Line {}

  /** Whether a line, or part of it, can be had without waiting for the sender. */
  boolean hasMore() throws IOException {
    return next < end || in.available() > 0;
  }

  /** The next line that is not blank, or null at the end. */
  @Nullable Line read() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    boolean tooLong = false;
    while (true) {
      if (next == end && !fill()) {
        return finish(line, tooLong);
      }
      int from = next;
      while (next < end && buffer[next] != '\n') {
        next++;
      }
      if (line.size() + next - from > maxLineBytes) {
        tooLong = true;
      } else if (!tooLong) {
        line.write(buffer, from, next - from);
      }
      if (next < end) {
        next++;
        Line whole = finish(line, tooLong);
        if (whole != null) {
          return whole;
        }
        line.reset();
      }
    }
  }

  private boolean fill() throws IOException {
    next = 0;
    end = Math.max(0, in.read(buffer, 0, buffer.length));
    return end > 0;
  }

  private static @Nullable Line finish(ByteArrayOutputStream line, boolean tooLong) {
    if (tooLong) {
      return new TooLong();
    }
    byte[] bytes = line.toByteArray();
    for (byte b : bytes) {
      if (b != ' ' && b != '\t' && b != '\r') {
        return new Text(bytes);
      }
    }
    return null;
  }
}
