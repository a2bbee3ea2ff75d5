package xalesin.bench.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What lives in the heap of another JVM: its objects after a full collection, by the JDK's {@code
 * jcmd}. Stateless.
 */
public final class HeapProbe {
  private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)$");
  private static final int SECONDS = 60;

  /** The classes that take most, for whoever wonders what it is. */
  private static final int TOP = 30;

  private final long pid;

  public HeapProbe(long pid) {
    this.pid = pid;
  }

  /**
   * @param bytes of all objects that are reachable
   * @param top the classes that take most of them: rank, instances, bytes, name
   */
  public record Live(long bytes, List<String> top) {}

  /** Collects, then counts; stops the other JVM for some tenths of a second. */
  public Live live() throws IOException, InterruptedException {
    Path output = Files.createTempFile("xalesin-bench", ".heap");
    try {
      Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
      Process process =
          new ProcessBuilder(jcmd.toString(), Long.toString(pid), "GC.class_histogram")
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new StackException("the heap of process " + pid + " was not counted in time");
      }
      String text = Files.readString(output);
      Matcher total = TOTAL.matcher(text);
      if (!total.find()) {
        throw new StackException("the heap of process " + pid + " cannot be counted: " + text);
      }
      List<String> lines = text.lines().skip(1).limit(TOP + 2L).toList();
      return new Live(Long.parseLong(total.group(1)), lines);
    } finally {
      Files.delete(output);
    }
  }
}
