package xalesin.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs PostgreSQL's programs, which refuse to run as root and must not hear the terminal's Ctrl-C.
 *
 * <p>As root they run in a user namespace of their own ({@code unshare -U}): to PostgreSQL it is
 * nobody, to the kernel its files still belong to root. {@code setsid} keeps Ctrl-C from them, so
 * that the services above can finish before their database goes. Both replace themselves by the
 * program, so the process id is the program's.
 */
final class PostgresPrograms {
  private static final int ROOT = 0;
  private static final int INITDB_SECONDS = 120;
  private static final int PROBE_SECONDS = 10;

  private final Path binaries;
  private final List<String> prefix;

  PostgresPrograms(Path binaries) {
    this.binaries = binaries;
    this.prefix = prefix();
  }

  private static List<String> prefix() {
    List<String> prefix = new ArrayList<>();
    if (onPath("setsid")) {
      prefix.add("setsid");
    }
    if (runsAsRoot()) {
      if (!canUnshare()) {
        throw new EmbeddedServerException(
            "PostgreSQL does not run as root, and 'unshare -U' is not permitted here:"
                + " run as another user");
      }
      prefix.addAll(List.of("unshare", "-U"));
    }
    return prefix;
  }

  private static boolean runsAsRoot() {
    try {
      return Files.getAttribute(Path.of("/proc/self"), "unix:uid") instanceof Integer uid
          && uid == ROOT;
    } catch (IOException e) {
      throw new EmbeddedServerException("Who runs this process? " + e, e);
    }
  }

  private static boolean canUnshare() {
    return onPath("unshare") && run(List.of("unshare", "-U", "true"), PROBE_SECONDS).ok();
  }

  private static boolean onPath(String program) {
    for (String folder : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
      if (Files.isExecutable(Path.of(folder, program))) {
        return true;
      }
    }
    return false;
  }

  /** Makes an empty cluster in the folder; its superuser's password is the file's first line. */
  void initdb(Path data, String user, Path passwordFile) {
    Result result =
        run(
            command(
                "initdb",
                List.of(
                    "--pgdata=" + data,
                    "--username=" + user,
                    "--pwfile=" + passwordFile,
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                    "--locale=C",
                    "--locale-provider=builtin",
                    "--builtin-locale=C.UTF-8")),
            INITDB_SECONDS);
    if (!result.ok()) {
      throw new EmbeddedServerException("initdb failed: " + result.output());
    }
  }

  /** Starts the server; what it says goes to the end of the file. */
  Process postgres(List<String> arguments, Path log) throws IOException {
    return builder(command("postgres", arguments))
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .start();
  }

  /**
   * INT asks a server for a fast shutdown, QUIT for an immediate one; Java itself sends neither.
   */
  static void signal(String signal, long pid) {
    run(List.of("sh", "-c", "kill -" + signal + " " + pid), PROBE_SECONDS);
  }

  private List<String> command(String program, List<String> arguments) {
    List<String> command = new ArrayList<>(prefix);
    command.add(binaries.resolve("bin").resolve(program).toString());
    command.addAll(arguments);
    return command;
  }

  private static ProcessBuilder builder(List<String> command) {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectInput(Path.of("/dev/null").toFile());
    // PGDATA, PGPORT and the like of the user's own PostgreSQL must not reach ours.
    builder.environment().keySet().removeIf(key -> key.startsWith("PG"));
    builder.environment().put("LC_ALL", "C");
    return builder;
  }

  private static Result run(List<String> command, int withinSeconds) {
    Path output = null;
    try {
      output = Files.createTempFile("xalesin-", ".out");
      Process process = builder(command).redirectOutput(output.toFile()).start();
      if (!process.waitFor(withinSeconds, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return new Result(false, "no end after " + withinSeconds + " s");
      }
      return new Result(process.exitValue() == 0, Files.readString(output));
    } catch (IOException e) {
      return new Result(false, e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EmbeddedServerException("Interrupted while " + command.getFirst() + " ran", e);
    } finally {
      deleteQuietly(output);
    }
  }

  private static void deleteQuietly(@Nullable Path file) {
    try {
      if (file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      file.toFile().deleteOnExit();
    }
  }

  private record Result(boolean ok, String output) {}
}
