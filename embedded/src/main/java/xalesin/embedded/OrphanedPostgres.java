package xalesin.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds and stops the PostgreSQL that a killed program left running on a data folder.
 *
 * <p>The caller holds the folder's lock, so whoever runs on it has no owner any more. A process is
 * taken for one of ours only if its program is {@code postgres} and its working folder is the data
 * folder, which every PostgreSQL process enters at its start; {@code postmaster.pid} alone is not
 * believed, because process ids come round again.
 */
final class OrphanedPostgres {
  private static final Logger log = LoggerFactory.getLogger(OrphanedPostgres.class);

  private static final Duration FAST_WITHIN = Duration.ofSeconds(15);
  private static final Duration IMMEDIATE_WITHIN = Duration.ofSeconds(5);
  private static final Duration KILLED_WITHIN = Duration.ofSeconds(5);
  private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private OrphanedPostgres() {}

  /**
   * After this no PostgreSQL runs on the folder and no {@code postmaster.pid} says so.
   *
   * @param data the cluster's folder, by its real path
   * @throws EmbeddedServerException when a process is still there after all bounds
   */
  static void stop(Path data) {
    List<ProcessHandle> orphans = processesOn(data);
    if (!orphans.isEmpty()) {
      log.warn(
          "Stopping the PostgreSQL that a killed program left on {}: process {}",
          data,
          heads(orphans).getFirst().pid());
      heads(orphans).forEach(each -> PostgresPrograms.signal("INT", each.pid()));
      if (!goneWithin(data, FAST_WITHIN)) {
        heads(processesOn(data)).forEach(each -> PostgresPrograms.signal("QUIT", each.pid()));
        if (!goneWithin(data, IMMEDIATE_WITHIN)) {
          processesOn(data).forEach(ProcessHandle::destroyForcibly);
          if (!goneWithin(data, KILLED_WITHIN)) {
            throw new EmbeddedServerException("A PostgreSQL on " + data + " does not stop");
          }
        }
      }
    }
    try {
      // Its process is gone. If another program has got its number, PostgreSQL would not start.
      Files.deleteIfExists(data.resolve("postmaster.pid"));
    } catch (IOException e) {
      throw new EmbeddedServerException("A stale postmaster.pid stays in " + data + ": " + e, e);
    }
  }

  /** All processes of the PostgreSQL on the folder, its postmaster and those it forked. */
  static List<ProcessHandle> processesOn(Path data) {
    return ProcessHandle.allProcesses().filter(each -> runsOn(each.pid(), data)).toList();
  }

  private static boolean runsOn(long pid, Path data) {
    try {
      Path process = Path.of("/proc", Long.toString(pid));
      return Files.readSymbolicLink(process.resolve("cwd")).equals(data)
          && isPostgres(Files.readSymbolicLink(process.resolve("exe")));
    } catch (IOException | SecurityException e) {
      return false; // gone in the meantime, or another user's and so not ours
    }
  }

  /** The kernel adds a word when the program's file has been deleted since. */
  private static boolean isPostgres(Path program) {
    Path name = program.getFileName();
    return name != null && name.toString().split(" ", -1)[0].equals("postgres");
  }

  /** The processes whose parent is not among them: the postmaster, or what outlived it. */
  private static List<ProcessHandle> heads(List<ProcessHandle> processes) {
    Set<Long> all = processes.stream().map(ProcessHandle::pid).collect(Collectors.toSet());
    return processes.stream()
        .filter(each -> each.parent().map(parent -> !all.contains(parent.pid())).orElse(true))
        .toList();
  }

  private static boolean goneWithin(Path data, Duration bound) {
    long until = System.nanoTime() + bound.toNanos();
    while (!processesOn(data).isEmpty()) {
      if (System.nanoTime() > until || Thread.currentThread().isInterrupted()) {
        return false;
      }
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
    }
    return true;
  }
}
