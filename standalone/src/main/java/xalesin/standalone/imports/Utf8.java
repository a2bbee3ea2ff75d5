package xalesin.standalone.imports;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.Path;

/** UTF-8 that is refused where it is malformed, never replaced. */
final class Utf8 {
  private static final int[] BYTE_ORDER_MARK = {0xEF, 0xBB, 0xBF};
  private static final int BUFFER_BYTES = 64 * 1024;

  private Utf8() {}

  /** The file from its first character on: a byte order mark is passed over. */
  static InputStream open(Path file) throws IOException {
    InputStream stream = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES);
    try {
      stream.mark(BYTE_ORDER_MARK.length);
      for (int expected : BYTE_ORDER_MARK) {
        if (stream.read() != expected) {
          stream.reset();
          break;
        }
      }
      return stream;
    } catch (IOException e) {
      stream.close();
      throw e;
    }
  }

  static String decode(byte[] bytes) throws CharacterCodingException {
    return UTF_8
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT)
        .decode(ByteBuffer.wrap(bytes))
        .toString();
  }

  /**
   * The first line, from 1, that is not UTF-8. A decoder reads ahead, so its error does not say. At
   * most {@code maxLineBytes} of a line are looked at together.
   */
  static long firstMalformedLine(Path file, int maxLineBytes) throws IOException {
    try (InputStream stream = open(file)) {
      LineReader lines = new LineReader(stream, maxLineBytes);
      for (byte[] line = lines.next(); line != null; line = lines.next()) {
        try {
          if (!lines.isCut()) {
            decode(line);
          }
        } catch (CharacterCodingException e) {
          return lines.lineNumber();
        }
      }
      return lines.lineNumber();
    }
  }
}
