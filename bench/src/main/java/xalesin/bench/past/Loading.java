package xalesin.bench.past;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import xalesin.bench.stack.Metrics;
import xalesin.bench.stack.Stack;
import xalesin.bench.stack.StackException;
import xalesin.bench.stack.Watch;

/**
 * Writes the pasts of tenants into the event table, all side by side, and waits until capture and
 * views have taken them the usual way. It keeps only so far ahead of the views, so that no more
 * write-ahead log is held back than a server allows. Bounded in time. Not thread-safe.
 */
public final class Loading {
  /** Events of one transaction: what a bulk import of the command service has. */
  private static final int TRANSACTION = 1_000;

  /** Events written and not applied yet. */
  private static final int MOST_AHEAD = 40_000;

  private static final Duration LIMIT = Duration.ofMinutes(90);

  /** Without anything applied for so long the server does not do its work. */
  private static final Duration STALL = Duration.ofMinutes(3);

  private static final Duration EVERY = Duration.ofMillis(200);
  private static final Duration PROGRESS = Duration.ofSeconds(15);
  private static final String APPLIED = "xalesin_views_applied_total";
  private static final String PARKED = "xalesin_views_parked_total";

  private final Stack stack;
  private final EventTable table;
  private final Consumer<String> progress;
  private final double appliedBefore;
  private long written;
  private double applied;

  /** The newest look, by a thread of its own. */
  private volatile Metrics seen;

  private long appliedNanos;
  private long toldNanos;

  /** One tenant and its past. */
  public record Part(String tenant, Past past) {}

  /**
   * @param progress told now and then how far it is
   */
  public Loading(Stack stack, EventTable table, Consumer<String> progress)
      throws IOException, InterruptedException {
    this.stack = stack;
    this.table = table;
    this.progress = progress;
    this.seen = stack.metrics();
    this.appliedBefore = seen.sum(APPLIED);
  }

  /**
   * Writes all of them and returns when they are applied.
   *
   * @return how many events they are
   * @throws StackException when the server does not take them in time
   */
  public long run(List<Part> parts) throws SQLException, IOException, InterruptedException {
    long start = System.nanoTime();
    appliedNanos = start;
    toldNanos = start;
    List<Part> left = new ArrayList<>(parts);
    while (!left.isEmpty()) {
      // The one that is least far: so they end together, on all threads that apply.
      Part part = left.stream().min(Comparator.comparingDouble(p -> p.past().told())).orElseThrow();
      append(part);
      if (part.past().isOver()) {
        left.remove(part);
      }
      if (written - applied > MOST_AHEAD) {
        await(written - MOST_AHEAD / 2, start, parts);
      }
    }
    await(written, start, parts);
    return written;
  }

  private void append(Part part) throws SQLException, IOException {
    List<Happening> happenings = new ArrayList<>(TRANSACTION + 3);
    while (happenings.size() < TRANSACTION && !part.past().isOver()) {
      part.past().next(happenings);
    }
    table.append(part.tenant(), happenings);
    written += happenings.size();
  }

  private void await(long count, long start, List<Part> parts)
      throws IOException, InterruptedException {
    try (Watch watch = new Watch(EVERY, () -> seen = stack.metrics())) {
      if (!watch.await(() -> isApplied(count, start, parts), LIMIT)) {
        throw stuck();
      }
    }
  }

  private boolean isApplied(long count, long start, List<Part> parts) {
    Metrics metrics = seen;
    if (metrics.sum(PARKED) > 0) {
      throw new StackException("the views refuse events: " + stack.diagnosis());
    }
    double now = metrics.sum(APPLIED) - appliedBefore;
    long nanos = System.nanoTime();
    if (now > applied) {
      applied = now;
      appliedNanos = nanos;
    }
    tell(start, nanos, parts);
    if (applied >= count) {
      return true;
    }
    if (nanos - appliedNanos > STALL.toNanos() || nanos - start > LIMIT.toNanos()) {
      throw stuck();
    }
    return false;
  }

  private StackException stuck() {
    return new StackException(
        "the views have applied %.0f of %d events and do not go on".formatted(applied, written));
  }

  private void tell(long start, long nanos, List<Part> parts) {
    if (applied == 0 || nanos - toldNanos < PROGRESS.toNanos()) {
      return;
    }
    toldNanos = nanos;
    double told = parts.stream().mapToDouble(p -> p.past().told() * p.past().rows()).sum();
    double rows = parts.stream().mapToDouble(p -> p.past().rows()).sum();
    double seconds = (nanos - start) / 1e9;
    double part = told / rows * applied / written;
    progress.accept(
        String.format(
            Locale.ROOT,
            "%.0f events applied, %.0f %% of all, %.0f/s, %.0f s to go",
            applied,
            100 * part,
            applied / seconds,
            seconds / part - seconds));
  }
}
