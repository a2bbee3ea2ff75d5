package xalesin.embedded;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Temporary data folders whose programs were killed: nobody starts on them again, so the next
 * program of the kind takes them away, with the PostgreSQL that still runs on them. Stateless; what
 * is in use, young or another user's is left alone.
 */
public final class AbandonedFolders {
  private static final Logger log = LoggerFactory.getLogger(AbandonedFolders.class);

  /** A folder younger than this may have been made by a program that has not locked it yet. */
  private static final Duration OLD = Duration.ofMinutes(1);

  private AbandonedFolders() {}

  /**
   * @param temporary the folder in which they are
   * @param prefix how their names begin
   * @param cluster where in such a folder the files of PostgreSQL are
   */
  public static void sweep(Path temporary, String prefix, String cluster) {
    for (Path folder : old(temporary, prefix)) {
      try (DataFolder owned = DataFolder.open(folder)) {
        OrphanedPostgres.stop(owned.resolve(cluster));
        DataFolder.delete(owned.path());
      } catch (EmbeddedServerException | IOException e) {
        log.debug("{} is in use or not ours: left alone", folder, e);
      }
    }
  }

  private static List<Path> old(Path temporary, String prefix) {
    Instant old = Instant.now().minus(OLD);
    try (var folders = Files.newDirectoryStream(temporary, prefix + "*")) {
      List<Path> found = new ArrayList<>();
      for (Path each : folders) {
        if (Files.getLastModifiedTime(each).toInstant().isBefore(old)) {
          found.add(each);
        }
      }
      return found;
    } catch (IOException | DirectoryIteratorException e) {
      log.debug("{} cannot be listed", temporary, e);
      return List.of();
    }
  }
}
