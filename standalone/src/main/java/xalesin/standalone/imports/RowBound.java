package xalesin.standalone.imports;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/**
 * Lets no row be longer than a bound, give or take what a reader above it buffers. For one thread.
 */
final class RowBound extends FilterReader {
  private final int maxRowChars;
  private long rowChars;

  RowBound(Reader reader, int maxRowChars) {
    super(reader);
    this.maxRowChars = maxRowChars;
  }

  /** The characters that come now are of another row. */
  void beginRow() {
    rowChars = 0;
  }

  @Override
  public int read() throws IOException {
    int c = super.read();
    if (c >= 0) {
      charge(1);
    }
    return c;
  }

  @Override
  public int read(char[] buffer, int offset, int length) throws IOException {
    int count = super.read(buffer, offset, length);
    if (count > 0) {
      charge(count);
    }
    return count;
  }

  private void charge(int chars) throws IOException {
    rowChars += chars;
    if (rowChars > maxRowChars) {
      throw new IOException(
          "a row is longer than %d characters; is a quote not closed?".formatted(maxRowChars));
    }
  }
}
