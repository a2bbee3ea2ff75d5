package xalesin.standalone.imports;

import java.nio.file.Path;

/**
 * Where something stands in the input.
 *
 * @param line from 1; of a row that spans lines, the first
 */
record Place(Path file, long line) {
  ImportException fault(String detail) {
    return new ImportException(this + ": " + detail);
  }

  ImportException fault(String detail, Throwable cause) {
    return new ImportException(this + ": " + detail, cause);
  }

  @Override
  public String toString() {
    return file + ", line " + line;
  }
}
