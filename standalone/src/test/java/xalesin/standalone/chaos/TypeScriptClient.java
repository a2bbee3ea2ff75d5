package xalesin.standalone.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The client in TypeScript, compiled, and programs of it that run in Node. */
final class TypeScriptClient {
  private static final Path FOLDER = Path.of("..", "clients", "typescript").toAbsolutePath();
  private static final Duration WITHIN = Duration.ofMinutes(3);

  private TypeScriptClient() {}

  /** Compiles it, and gets the compiler when the one that the lock names is not there. */
  static void build(Path log) throws IOException, InterruptedException {
    Path installed = FOLDER.resolve("node_modules").resolve(".package-lock.json");
    Path lock = FOLDER.resolve("package-lock.json");
    if (!Files.exists(installed)
        || Files.getLastModifiedTime(installed).compareTo(Files.getLastModifiedTime(lock)) < 0) {
      run(log, "npm", "ci");
    }
    run(log, "npm", "run", "build");
  }

  /** Runs a program in its folder to its end, which must be a good one. */
  static void run(Path log, String... command) throws IOException, InterruptedException {
    expectSuccess(start(log, Map.of(), command), log);
  }

  static Process start(Path log, Map<String, String> environment, String... command)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(FOLDER.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    try {
      return builder.start();
    } catch (IOException e) {
      throw new IOException("Node 18 or newer and npm must be installed: " + command[0], e);
    }
  }

  static void expectSuccess(Process process, Path log) throws IOException, InterruptedException {
    try {
      boolean ended = process.waitFor(WITHIN.toMillis(), TimeUnit.MILLISECONDS);
      List<String> lines = Files.readAllLines(log);
      String tail = String.join("\n", lines.subList(Math.max(0, lines.size() - 80), lines.size()));
      assertThat(ended).as("ended within %s: %s", WITHIN, tail).isTrue();
      assertThat(process.exitValue()).as(tail).isZero();
    } finally {
      process.destroyForcibly();
    }
  }
}
