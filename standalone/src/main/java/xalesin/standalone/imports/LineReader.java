package xalesin.standalone.imports;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Lines of bytes, none held beyond a bound. Ends of lines are LF or CR LF. For one thread. */
final class LineReader {
  private final InputStream stream;
  private final int maxLineBytes;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
  private long lineNumber;
  private boolean cut;

  LineReader(InputStream stream, int maxLineBytes) {
    this.stream = stream;
    this.maxLineBytes = maxLineBytes;
  }

  /** The next line without its end, or null at the end. What is too long is read and dropped. */
  byte @Nullable [] next() throws IOException {
    int c = stream.read();
    if (c < 0) {
      return null;
    }
    line.reset();
    cut = false;
    lineNumber++;
    for (; c >= 0 && c != '\n'; c = stream.read()) {
      if (line.size() < maxLineBytes) {
        line.write(c);
      } else {
        cut = true;
      }
    }
    byte[] bytes = line.toByteArray();
    int length = bytes.length;
    return length > 0 && bytes[length - 1] == '\r'
        ? java.util.Arrays.copyOf(bytes, length - 1)
        : bytes;
  }

  /** Of the line that was last read, from 1. */
  long lineNumber() {
    return lineNumber;
  }

  /** Whether the line that was last read is longer than the bound and so is not whole. */
  boolean isCut() {
    return cut;
  }
}
