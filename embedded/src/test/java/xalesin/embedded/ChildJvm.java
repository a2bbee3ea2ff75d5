package xalesin.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Another JVM on this one's class path, whose output is read line by line. */
final class ChildJvm implements AutoCloseable {
  private static final int END_SECONDS = 30;

  private final Process process;
  private final BufferedReader output;

  private ChildJvm(Process process) {
    this.process = process;
    this.output = process.inputReader(StandardCharsets.UTF_8);
  }

  static ChildJvm start(Class<?> main, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    return new ChildJvm(
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .redirectInput(Path.of("/dev/null").toFile())
            .start());
  }

  /** The next line that begins so; the child's end without one fails the test. */
  String awaitLine(String prefix) throws IOException {
    List<String> seen = new ArrayList<>();
    String line;
    while ((line = output.readLine()) != null) {
      if (line.startsWith(prefix)) {
        return line;
      }
      seen.add(line);
    }
    throw new AssertionError("No line '" + prefix + "' but:\n" + String.join("\n", seen));
  }

  /** SIGKILL; the lines that it had printed before can still be read. */
  void kill() {
    // Not by Process itself, which would close the output as well.
    process.toHandle().destroyForcibly();
    process.onExit().orTimeout(END_SECONDS, TimeUnit.SECONDS).join();
  }

  List<String> remainingLines() {
    return output.lines().toList();
  }

  @Override
  public void close() {
    kill();
  }
}
