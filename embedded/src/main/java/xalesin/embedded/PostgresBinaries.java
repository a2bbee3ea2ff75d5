package xalesin.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's programs, unpacked from the class path into a folder.
 *
 * <p>Unpacking goes into a temporary folder beside the final one, which gets its name in one step:
 * a program killed half way leaves no half server behind, and two that unpack at once agree.
 */
final class PostgresBinaries {
  private static final Logger log = LoggerFactory.getLogger(PostgresBinaries.class);

  /** Must grow with the version in the root pom: two versions may share a folder. */
  private static final String VERSION = "18.6.0";

  private PostgresBinaries() {}

  /** The user's cache; the data folder itself where there is no home to write to. */
  static Path usualFolder(Path dataFolder) {
    Path home = Path.of(System.getProperty("user.home", ""));
    return home.isAbsolute() && Files.isWritable(home)
        ? home.resolve(".cache").resolve("xalesin")
        : dataFolder.resolve("binaries");
  }

  /**
   * The folder with {@code bin/postgres} in it, unpacked first where it is missing.
   *
   * @throws EmbeddedServerException when this system has no binaries or the folder cannot be
   *     written
   */
  static Path unpackInto(Path folder) {
    String archive = archive();
    Path unpacked = folder.toAbsolutePath().resolve("postgres-" + VERSION);
    if (Files.isExecutable(unpacked.resolve("bin/postgres"))) {
      return unpacked;
    }
    try (InputStream stream = PostgresBinaries.class.getResourceAsStream(archive)) {
      if (stream == null) {
        throw new EmbeddedServerException(
            "No PostgreSQL for this system: " + archive + " is missing");
      }
      Files.createDirectories(folder);
      Path partial = Files.createTempDirectory(folder, ".unpacking-");
      try {
        extract(stream, partial);
        moveTo(partial, unpacked);
      } finally {
        DataFolder.delete(partial);
      }
      log.info("PostgreSQL {} unpacked into {}", VERSION, unpacked);
      return unpacked;
    } catch (IOException e) {
      throw new EmbeddedServerException(
          "PostgreSQL cannot be unpacked into " + folder + ": " + e, e);
    }
  }

  private static String archive() {
    String system = System.getProperty("os.name");
    if (!system.equals("Linux")) {
      throw new EmbeddedServerException("The built-in PostgreSQL needs Linux, this is " + system);
    }
    String machine = System.getProperty("os.arch");
    return switch (machine) {
      case "amd64", "x86_64" -> "/postgres-linux-x86_64.txz";
      case "aarch64" -> "/postgres-linux-arm_64.txz";
      default ->
          throw new EmbeddedServerException("The built-in PostgreSQL does not know " + machine);
    };
  }

  private static void extract(InputStream stream, Path target) throws IOException {
    try (var tar = new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(stream)))) {
      TarArchiveEntry entry;
      while ((entry = tar.getNextEntry()) != null) {
        Path file = target.resolve(entry.getName()).normalize();
        if (!file.startsWith(target)) {
          throw new IOException("The archive reaches outside its folder: " + entry.getName());
        }
        if (entry.isDirectory()) {
          Files.createDirectories(file);
          continue;
        }
        Files.createDirectories(file.getParent());
        if (entry.isSymbolicLink()) {
          Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
        } else if (entry.isLink()) {
          Files.createLink(file, target.resolve(entry.getLinkName()));
        } else {
          Files.copy(tar, file);
          Files.setPosixFilePermissions(file, permissions(entry));
        }
      }
    }
  }

  private static Set<PosixFilePermission> permissions(TarArchiveEntry entry) {
    boolean program = (entry.getMode() & 0100) != 0 || entry.getName().contains("bin/");
    return PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--");
  }

  /** A folder already there has been unpacked by another program in the meantime: just as good. */
  private static void moveTo(Path partial, Path unpacked) throws IOException {
    Files.setPosixFilePermissions(partial, PosixFilePermissions.fromString("rwxr-xr-x"));
    try {
      Files.move(partial, unpacked, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      if (!Files.isExecutable(unpacked.resolve("bin/postgres"))) {
        throw e;
      }
    }
  }
}
