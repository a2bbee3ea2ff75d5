package xalesin.embedded;

import java.nio.file.Path;

/** A second program (or a second start in this one) asked for a folder that is in use. */
public final class DataFolderInUseException extends EmbeddedServerException {
  private final Path folder;

  DataFolderInUseException(Path folder, String holder) {
    super("The data folder " + folder + " is in use by " + holder + ": stop that one first");
    this.folder = folder;
  }

  public Path folder() {
    return folder;
  }
}
