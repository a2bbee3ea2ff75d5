package xalesin.standalone.imports;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import xalesin.schemas.Json;

/**
 * Commands as they are sent, one per line; blank lines are passed over. A line that is no command
 * is faulty by itself. A command without an idempotency key is given one made of the file's content
 * and the line, so that the same file sent again changes nothing. For one thread.
 */
final class NdjsonReader implements EntryReader {
  /** Above every field's own limit, so that the server can name the field. */
  static final int MAX_LINE_BYTES = 256 * 1024;

  private static final String KEY = "idempotencyKey";

  private final Path file;
  private final String contentHash;
  private final InputStream stream;
  private final LineReader lines;

  /**
   * @param contentHash tells this content from every other
   */
  NdjsonReader(Path file, String contentHash) {
    this.file = file;
    this.contentHash = contentHash;
    try {
      this.stream = Utf8.open(file);
    } catch (IOException e) {
      throw new ImportException(file + " cannot be read: " + e.getMessage(), e);
    }
    this.lines = new LineReader(stream, MAX_LINE_BYTES);
  }

  @Override
  public @Nullable Entry next() {
    try {
      for (byte[] line = lines.next(); line != null; line = lines.next()) {
        if (!isBlank(line)) {
          return entry(line, new Place(file, lines.lineNumber()));
        }
      }
      return null;
    } catch (IOException e) {
      throw new Place(file, lines.lineNumber() + 1).fault("cannot be read", e);
    }
  }

  private Entry entry(byte[] line, Place place) {
    if (lines.isCut()) {
      return new Entry.Faulty(place, "is longer than %d bytes".formatted(MAX_LINE_BYTES));
    }
    JsonNode command;
    try {
      // Jackson would guess other encodings from the first bytes.
      command = Json.STRICT.readTree(Utf8.decode(line));
    } catch (CharacterCodingException e) {
      return new Entry.Faulty(place, "is not UTF-8");
    } catch (JsonProcessingException e) {
      return new Entry.Faulty(place, "is not JSON: " + firstLine(e.getOriginalMessage()));
    }
    if (!command.isObject() || !command.path("command").isTextual()) {
      return new Entry.Faulty(
          place, "is not a command: an object with \"command\" and \"data\" is expected");
    }
    return new Entry.Command(place, command.has(KEY) ? line : withKey(line, place.line()));
  }

  /** Puts the key first; the rest of the line stays as it was written. */
  private byte[] withKey(byte[] line, long lineNumber) {
    int brace = 0;
    while (line[brace] != '{') {
      brace++;
    }
    byte[] key =
        "{\"%s\":\"import/%s/%d\",".formatted(KEY, contentHash, lineNumber).getBytes(UTF_8);
    return ByteBuffer.allocate(key.length + line.length - brace - 1)
        .put(key)
        .put(line, brace + 1, line.length - brace - 1)
        .array();
  }

  private static boolean isBlank(byte[] line) {
    for (byte b : line) {
      if (b != ' ' && b != '\t') {
        return false;
      }
    }
    return true;
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("");
  }

  @Override
  public void close() {
    try {
      stream.close();
    } catch (IOException e) {
      throw new ImportException(file + " cannot be closed", e);
    }
  }
}
