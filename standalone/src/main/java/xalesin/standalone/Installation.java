package xalesin.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import xalesin.schemas.Json;

/**
 * Where a running installation answers: the file {@code installation.json} in its data folder.
 * Written when it is ready, removed when it stops; one left by a killed process names a pid that no
 * longer runs.
 *
 * @param http base address of the public API, such as {@code http://127.0.0.1:8080}
 * @param management base address of the management port
 * @param kafka bootstrap servers
 * @param postgres JDBC address with user and password
 * @param pid the process
 */
public record Installation(
    String http, String management, String kafka, String postgres, long pid) {
  private static final String FILE = "installation.json";

  /** The installation that runs on the data folder, if any. */
  public static Optional<Installation> running(Path data) throws IOException {
    byte[] json;
    try {
      json = Files.readAllBytes(data.resolve(FILE));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    Installation found = Json.read(json, Installation.class);
    return ProcessHandle.of(found.pid()).filter(ProcessHandle::isAlive).map(_ -> found);
  }

  void write(Path data) throws IOException {
    Folders.writeWhole(data.resolve(FILE), Json.write(this));
  }

  static void remove(Path data) throws IOException {
    Files.deleteIfExists(data.resolve(FILE));
  }
}
