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
 * A running {@code xalesin up} that this program started, with its output in a file. Closing it
 * always ends it: SIGTERM, then SIGKILL after a bounded wait. Not thread-safe.
 */
public final class ServerProcess implements AutoCloseable {
  /** A clean stop closes stores, flushes and stops PostgreSQL. */
  private static final Duration STOP_LIMIT = Duration.ofSeconds(60);

  private static final Duration KILL_LIMIT = Duration.ofSeconds(10);
  private static final Duration POLL = Duration.ofMillis(5);
  private static final int LOG_LINES = 30;

  private final Process process;
  private final Path output;
  private final long startNanos;

  /** Ends the server when this program is ended in the middle of a measurement. */
  private final Thread atExit;

  private ServerProcess(Process process, Path output, long startNanos) {
    this.process = process;
    this.output = output;
    this.startNanos = startNanos;
    this.atExit = Thread.ofPlatform().name("end-server").unstarted(this::end);
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  static ServerProcess start(List<String> command, Map<String, String> environment, Path output)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
    builder.environment().putAll(environment);
    long startNanos = System.nanoTime();
    return new ServerProcess(builder.start(), output, startNanos);
  }

  /** Ready with its addresses, and how long that took from the start of the process. */
  public record Ready(ReadyFile file, Duration after) {}

  Ready awaitReady(Path readyFile, Duration limit) throws IOException, InterruptedException {
    while (System.nanoTime() - startNanos < limit.toNanos()) {
      ReadyFile ready = ReadyFile.read(readyFile);
      if (ready != null) {
        return new Ready(ready, Duration.ofNanos(System.nanoTime() - startNanos));
      }
      if (process.waitFor(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new StackException(
            "the server ended with exit code " + process.exitValue() + ":\n" + tail());
      }
    }
    throw new StackException("the server was not ready within " + limit + ":\n" + tail());
  }

  /** What there is to say about a server that misbehaved: whether it ended, its last output. */
  String diagnosis() {
    String state =
        process.isAlive() ? "the server runs" : "the server ended with code " + process.exitValue();
    return state + "; its last output:\n" + tail();
  }

  private String tail() {
    try {
      List<String> lines = new ArrayList<>(Files.readAllLines(output));
      return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
    } catch (IOException e) {
      return "(its output cannot be read: " + e.getMessage() + ")";
    }
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // This program is ending: the hook does it.
      return;
    }
    end();
  }

  private void end() {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroy();
    try {
      if (!process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        process.waitFor(KILL_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    // A killed server leaves its PostgreSQL running; a clean stop leaves nothing to end.
    children.forEach(ProcessHandle::destroyForcibly);
  }
}
