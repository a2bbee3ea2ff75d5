package xalesin.bench.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Starts servers through the project's own command line, as any user does, so that they run with
 * the JVM options that users get. Stateless.
 *
 * @param launcher the {@code xalesin} script
 * @param environment added to the server's: settings that a benchmark states
 */
public record StackLauncher(Path launcher, Map<String, String> environment) {
  /** Generous: the script may have to build first. */
  private static final Duration READY_LIMIT = Duration.ofMinutes(5);

  private static final Duration COMMAND_LIMIT = Duration.ofMinutes(30);

  /**
   * Starts {@code up} on the data folder and waits until it is ready.
   *
   * @param more further options of {@code up}
   */
  public Stack up(Path data, List<String> more) throws IOException, InterruptedException {
    Files.createDirectories(data);
    Path readyFile = data.resolveSibling(data.getFileName() + ".ready");
    Files.deleteIfExists(readyFile);
    List<String> command = new ArrayList<>(List.of(launcher.toString(), "up"));
    command.addAll(List.of("--data", data.toString(), "--ready-file", readyFile.toString()));
    for (String port : List.of("--port", "--management-port", "--kafka-port", "--postgres-port")) {
      command.addAll(List.of(port, "0"));
    }
    command.addAll(more);
    Path output = data.resolveSibling(data.getFileName() + ".log");
    ServerProcess process = ServerProcess.start(command, environment, output);
    try {
      ServerProcess.Ready ready = process.awaitReady(readyFile, READY_LIMIT);
      return new Stack(ready.file(), ready.after(), process);
    } catch (IOException | InterruptedException | RuntimeException e) {
      process.close();
      throw e;
    }
  }

  /** Runs another command of the script to its end and gives back what it printed. */
  public String run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(arguments));
    Path output = Files.createTempFile("xalesin-bench", ".out");
    Path errors = Files.createTempFile("xalesin-bench", ".err");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(output.toFile()).redirectError(errors.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      if (!process.waitFor(COMMAND_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new StackException(String.join(" ", command) + " did not end in time");
      }
      if (process.exitValue() != 0) {
        throw new StackException(
            String.join(" ", command)
                + " ended with exit code "
                + process.exitValue()
                + ":\n"
                + Files.readString(output)
                + Files.readString(errors));
      }
      return Files.readString(output);
    } finally {
      process.destroyForcibly();
      Files.deleteIfExists(output);
      Files.deleteIfExists(errors);
    }
  }
}
