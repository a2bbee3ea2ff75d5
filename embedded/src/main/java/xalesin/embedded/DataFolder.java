package xalesin.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A folder that belongs to one running program at a time, by a lock on its file {@code
 * .xalesin.lock}.
 *
 * <p>Safe for use by several threads. The operating system drops the lock when the program dies in
 * whatever way, so a lock is never stale. The file stays behind and holds the last owner's process
 * id, for the message that the next one gets.
 */
public final class DataFolder implements AutoCloseable {
  private static final String LOCK_FILE = ".xalesin.lock";

  /** A process id in decimal needs no more. */
  private static final int OWNER_BYTES = 20;

  /**
   * Folders held by this JVM. POSIX drops a process's lock when it closes any descriptor of the
   * file, so a second start in the same JVM must be refused before it opens the file.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path path;
  private final FileChannel channel;
  private final FileLock lock;

  private DataFolder(Path path, FileChannel channel, FileLock lock) {
    this.path = path;
    this.channel = channel;
    this.lock = lock;
  }

  /**
   * Creates the folder where it is missing (readable by its owner only) and takes its lock.
   *
   * @throws DataFolderInUseException when another program, or another start in this one, has it
   * @throws EmbeddedServerException when the folder cannot be created or written
   */
  public static DataFolder open(Path folder) {
    Path path = create(folder);
    if (!HELD.add(path)) {
      throw new DataFolderInUseException(path, "this process");
    }
    DataFolder opened = null;
    try {
      opened = lock(path);
      return opened;
    } catch (IOException e) {
      throw new EmbeddedServerException("The data folder " + path + " cannot be written: " + e, e);
    } finally {
      if (opened == null) {
        HELD.remove(path);
      }
    }
  }

  private static Path create(Path folder) {
    try {
      Path parent = folder.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      if (!Files.isDirectory(folder)) {
        Files.createDirectory(
            folder,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
      return folder.toRealPath();
    } catch (IOException e) {
      throw new EmbeddedServerException("The data folder " + folder + " cannot be used: " + e, e);
    }
  }

  private static DataFolder lock(Path path) throws IOException {
    FileChannel channel =
        FileChannel.open(
            path.resolve(LOCK_FILE),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    FileLock lock = null;
    try {
      lock = channel.tryLock();
      if (lock == null) {
        throw new DataFolderInUseException(path, "process " + owner(channel));
      }
      channel.truncate(0);
      channel.write(
          ByteBuffer.wrap(
              Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)),
          0);
      return new DataFolder(path, channel, lock);
    } finally {
      if (lock == null) {
        channel.close();
      }
    }
  }

  private static String owner(FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(OWNER_BYTES);
    channel.read(bytes, 0);
    return StandardCharsets.US_ASCII.decode(bytes.flip()).toString();
  }

  /** The folder's real, absolute path. */
  public Path path() {
    return path;
  }

  /** A file or folder inside this folder. */
  public Path resolve(String name) {
    return path.resolve(name);
  }

  /** Gives the folder back; a second call does nothing. */
  @Override
  public void close() {
    if (!lock.isValid()) {
      return;
    }
    try (channel) {
      lock.release();
    } catch (IOException e) {
      throw new EmbeddedServerException("The lock of " + path + " was not given back: " + e, e);
    } finally {
      HELD.remove(path);
    }
  }

  /** Deletes a folder and all in it; a missing one is fine. */
  static void delete(@Nullable Path folder) throws IOException {
    if (folder == null || !Files.exists(folder)) {
      return;
    }
    try (var paths = Files.walk(folder)) {
      for (Path each : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
