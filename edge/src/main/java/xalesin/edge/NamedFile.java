package xalesin.edge;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file and where its path was given, for messages.
 *
 * @param name of the setting or option
 */
public record NamedFile(String name, Path path) {
  /** A chain with a key takes some kilobytes. */
  private static final int MAX_BYTES = 1 << 20;

  /** Throws IllegalArgumentException, whose message names the setting, when there is nothing. */
  byte[] read() {
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw refused("has more than " + MAX_BYTES + " bytes", null);
      }
      return bytes;
    } catch (IOException e) {
      throw refused("cannot be read", e);
    }
  }

  /**
   * @param why completes "NAME=file "
   */
  IllegalArgumentException refused(String why, @Nullable Throwable cause) {
    return new IllegalArgumentException(name + "=" + path + " " + why, cause);
  }
}
