package xalesin.bench.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How many files and sockets a process may have open, from {@code /proc}. */
public final class FileLimit {
  private static final Pattern OPEN_FILES = Pattern.compile("(?m)^Max open files\\s+(\\d+)\\s");

  private FileLimit() {}

  /**
   * Throws when the process may not open so many, and says what to do.
   *
   * @param process {@code self} or a process id
   * @param whose for the message
   */
  public static void require(String process, String whose, int needed) throws IOException {
    Path file = Path.of("/proc", process, "limits");
    if (!Files.exists(file)) {
      // Not Linux: what is missing shows when a connection cannot be opened.
      return;
    }
    Matcher limit = OPEN_FILES.matcher(Files.readString(file));
    if (limit.find() && Long.parseLong(limit.group(1)) < needed) {
      throw new StackException(
          "%s may open %s files and needs %d: raise the limit (ulimit -n %d) and start again"
              .formatted(whose, limit.group(1), needed, needed));
    }
  }
}
