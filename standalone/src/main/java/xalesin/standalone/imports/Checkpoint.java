package xalesin.standalone.imports;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;
import xalesin.schemas.Json;

/**
 * How far an import has come, in a file until it has finished. A lost or torn file costs time only:
 * commands that are sent again are recognised by their idempotency keys. For one thread.
 */
final class Checkpoint {
  /**
   * @param content the hash of the import, see {@link Input#hash}
   * @param summary what was done
   * @param errorBytes length of the error file then
   */
  record State(String content, Summary summary, long errorBytes) {}

  private final Path file;
  private final String content;

  Checkpoint(Path file, String content) {
    this.file = file;
    this.content = content;
  }

  /** Where an earlier run of the same import stopped, or null. */
  @Nullable State load() {
    try {
      if (!Files.exists(file)) {
        return null;
      }
      State state = Json.MAPPER.readValue(file.toFile(), State.class);
      return state.content().equals(content) ? state : null;
    } catch (IOException e) {
      return null; // Torn or foreign: begin again.
    }
  }

  void save(Summary summary, long errorBytes) {
    try {
      Path draft = file.resolveSibling(file.getFileName() + ".new");
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.write(draft, Json.write(new State(content, summary, errorBytes)));
      Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new ImportException("the checkpoint " + file + " cannot be written", e);
    }
  }

  void remove() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new ImportException("the checkpoint " + file + " cannot be removed", e);
    }
  }
}
