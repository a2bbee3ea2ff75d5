package xalesin.standalone.imports;

import java.io.Closeable;
import org.jspecify.annotations.Nullable;

/**
 * Reads an input from its beginning. The same input gives the same entries in the same order each
 * time it is read. For one thread.
 */
interface EntryReader extends Closeable {
  /**
   * The next entry, or null at the end.
   *
   * @throws ImportException naming file and line when the rest of the input cannot be understood
   */
  @Nullable Entry next();

  @Override
  void close();
}
