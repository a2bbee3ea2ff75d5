package xalesin.bench.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a figure is worth nothing without: the machine, the JVM and the commit. */
public final class Machine {
  private static final Pattern CPU_MODEL = Pattern.compile("(?m)^model name\\s*:\\s*(.*)$");
  private static final Pattern MEMORY = Pattern.compile("(?m)^MemTotal:\\s*(\\d+) kB$");
  private static final int GIT_SECONDS = 10;

  private Machine() {}

  /**
   * @param root the project's folder
   */
  public static Map<String, String> describe(Path root) {
    Map<String, String> machine = new LinkedHashMap<>();
    machine.put("commit", commit(root));
    machine.put("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
    machine.put("processor", find(CPU_MODEL, Path.of("/proc/cpuinfo")));
    String kilobytes = find(MEMORY, Path.of("/proc/meminfo"));
    machine.put("memory", kilobytes.isEmpty() ? "" : Long.parseLong(kilobytes) / 1024 + " MiB");
    machine.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    machine.put(
        "jvm", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
    return machine;
  }

  private static String find(Pattern pattern, Path file) {
    try {
      Matcher matcher = pattern.matcher(Files.readString(file));
      return matcher.find() ? matcher.group(1) : "";
    } catch (IOException e) {
      // Not Linux: the figure stays without it.
      return "";
    }
  }

  /** The commit that is checked out, and whether files differ from it. */
  private static String commit(Path root) {
    String hash = git(root, "rev-parse", "--short=12", "HEAD");
    return hash.isEmpty()
        ? "unknown"
        : hash + (git(root, "status", "--porcelain").isEmpty() ? "" : " and changes");
  }

  private static String git(Path root, String... arguments) {
    List<String> command = new java.util.ArrayList<>(List.of("git", "-C", root.toString()));
    command.addAll(List.of(arguments));
    try {
      Path output = Files.createTempFile("xalesin-git", ".txt");
      try {
        Process git =
            new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!git.waitFor(GIT_SECONDS, TimeUnit.SECONDS)) {
          git.destroyForcibly();
          return "";
        }
        return git.exitValue() == 0 ? Files.readString(output).strip() : "";
      } finally {
        Files.delete(output);
      }
    } catch (IOException e) {
      // No git here.
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}
