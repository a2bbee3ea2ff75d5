package xalesin.standalone.imports;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Tells how far an import is: a bar that is drawn over itself on a terminal, a line now and then
 * elsewhere. For one thread.
 */
final class Progress {
  private static final int BAR_WIDTH = 30;
  private static final long BAR_EVERY_NANOS = 100_000_000L;
  private static final long LINE_EVERY_NANOS = 5_000_000_000L;
  private static final double NANOS = 1e9;

  private final PrintStream out;
  private final boolean terminal;
  private final LongSupplier nanoTime;
  private final long total;
  private final long before;
  private final long started;
  private long lastShown;
  private boolean barDrawn;

  /**
   * @param total entries of the whole import
   * @param before entries that an earlier run has done
   */
  Progress(PrintStream out, boolean terminal, LongSupplier nanoTime, long total, long before) {
    this.out = out;
    this.terminal = terminal;
    this.nanoTime = nanoTime;
    this.total = total;
    this.before = before;
    this.started = nanoTime.getAsLong();
    this.lastShown = started - BAR_EVERY_NANOS;
  }

  /**
   * @param file what is being imported
   */
  void show(Summary summary, Path file) {
    long now = nanoTime.getAsLong();
    if (now - lastShown < (terminal ? BAR_EVERY_NANOS : LINE_EVERY_NANOS)) {
      return;
    }
    lastShown = now;
    String line = text(summary, now) + ", " + file.getFileName();
    if (terminal) {
      out.print("\r" + bar(summary.entries()) + " " + line + "\u001b[K");
      out.flush();
      barDrawn = true;
    } else {
      out.println(line);
    }
  }

  /** A line of its own. */
  void say(String line) {
    endBar();
    out.println(line);
  }

  /** The bar as it is at the end, and the line's end. */
  void finish(Summary summary) {
    if (terminal) {
      out.print(
          "\r" + bar(summary.entries()) + " " + text(summary, nanoTime.getAsLong()) + "\u001b[K");
      barDrawn = true;
    }
    endBar();
  }

  private void endBar() {
    if (barDrawn) {
      out.println();
      barDrawn = false;
    }
  }

  private String bar(long done) {
    int filled = total == 0 ? BAR_WIDTH : (int) (done * BAR_WIDTH / total);
    return "[" + "#".repeat(filled) + ".".repeat(BAR_WIDTH - filled) + "]";
  }

  private String text(Summary summary, long now) {
    long done = summary.entries();
    double seconds = (now - started) / NANOS;
    double rate = seconds <= 0 ? 0 : (done - before) / seconds;
    String left =
        rate <= 0 || done >= total ? "" : ", " + duration((long) ((total - done) / rate)) + " left";
    String errors = summary.errors() == 0 ? "" : ", " + summary.errors() + " errors";
    long percent = total == 0 ? 100 : done * 100 / total;
    return String.format(
        Locale.ROOT, "%3d %%  %,d of %,d, %,.0f/s%s%s", percent, done, total, rate, left, errors);
  }

  private static String duration(long seconds) {
    return seconds < 60 ? seconds + " s" : "%d:%02d min".formatted(seconds / 60, seconds % 60);
  }
}
