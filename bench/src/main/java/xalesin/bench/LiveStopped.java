package xalesin.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.HdrHistogram.Histogram;
import xalesin.bench.inventory.Catalog;
import xalesin.bench.report.Figure;
import xalesin.bench.report.Figure.Wanted;
import xalesin.bench.report.Plot;
import xalesin.bench.stack.HeapProbe;
import xalesin.bench.stack.StackException;

/** What connections that stop reading do to the others, and when they are gone. */
final class LiveStopped {
  private static final int CONNECTIONS = 1_000;
  private static final int TENANTS = 1;
  private static final int WINDOW_MILLIS = 50;

  /** Runs while the stopped ones are blocked: they are broken off after half a minute. */
  private static final int BLOCKED_RUNS = 3;

  private static final int BLOCKED_SECONDS = 8;
  private static final Duration STEP = Duration.ofSeconds(2);

  /** Until what the system keeps for a connection is full. */
  private static final Duration FILL_LIMIT = Duration.ofMinutes(5);

  private static final Duration GONE_LIMIT = Duration.ofMinutes(2);
  private static final double GONE_SECONDS = 30;

  private LiveStopped() {}

  static int connections(Options options) {
    return options.connections(options.size(CONNECTIONS, 40));
  }

  static int tenants(Options options) {
    return options.tenants(TENANTS);
  }

  static void measure(Session session, Findings findings, Catalog catalog) throws Exception {
    Options options = session.options;
    int percent = options.stopped == null ? 10 : options.stopped;
    int connections = connections(options);
    Duration length =
        Duration.ofSeconds(Math.min(BLOCKED_SECONDS, options.seconds(BLOCKED_SECONDS)));
    var plan =
        new LiveCrowd.Plan(tenants(options), connections, options.window(WINDOW_MILLIS), percent);
    findings.set("stopped: connections", connections);
    findings.set("stopped: tenants", plan.tenants());
    findings.set("stopped: window, ms", plan.windowMillis());
    findings.set("stopped: commands a second", options.rate);
    findings.set("stopped: seconds of a run", length.toSeconds());
    List<LiveRun> without = new ArrayList<>();
    List<LiveRun> with = new ArrayList<>();
    HeapProbe heap = new HeapProbe(session.stack().ready().pid());
    try (LiveCrowd crowd = LiveCrowd.open(session, catalog, plan)) {
      int stopped = crowd.stopping();
      findings.set("stopped: of them stop", stopped);
      if (options.warmUpSeconds() > 0) {
        session.say("warm-up");
        crowd.warmUp(options.rate, Duration.ofSeconds(options.warmUpSeconds()));
      }
      for (int run = 1; run <= options.runs(); run++) {
        without.add(
            crowd.run(findings, "all read " + run, options.rate, length, options.seed + run));
      }
      memory(findings, session, heap, "all read");
      try (StoppedWatch watch = new StoppedWatch(session.stack())) {
        crowd.stopReading();
        if (!options.quick) {
          until(session, crowd, FILL_LIMIT, "blocked", () -> watch.blocked() >= stopped);
        }
        for (int run = 1; run <= Math.min(BLOCKED_RUNS, options.runs()); run++) {
          with.add(
              crowd.run(findings, "some stopped " + run, options.rate, length, options.seed + run));
        }
        memory(findings, session, heap, "some stopped");
        if (options.quick) {
          findings.doubts.add("the quick form does not wait until the stopped ones are gone");
        } else {
          until(session, crowd, GONE_LIMIT, "gone", () -> watch.gone() >= stopped);
          findings.figures.add(
              Figure.single("stopped: gone after", "s", watch.longestSeconds(stopped))
                  .wanting(Wanted.atMost(GONE_SECONDS)));
        }
      }
    }
    figures(findings, without, with);
  }

  /** Commands go on until it holds. */
  private static void until(
      Session session, LiveCrowd crowd, Duration limit, String what, BooleanSupplier condition)
      throws Exception {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > limit.toNanos()) {
        throw new StackException("the stopped connections are not %s in time".formatted(what));
      }
      crowd.warmUp(session.options.rate, STEP);
    }
    session.say("the stopped ones are %s after %.1f s", what, (System.nanoTime() - start) / 1e9);
  }

  private static void memory(Findings findings, Session session, HeapProbe heap, String when)
      throws Exception {
    double mebibytes = heap.live().bytes() / (double) (1 << 20);
    double resident = session.stack().probe().usage().jvmMebibytes();
    findings.figures.add(Figure.single("stopped: heap, " + when, "MiB", mebibytes));
    findings.figures.add(Figure.single("stopped: resident memory, " + when, "MiB", resident));
  }

  private static void figures(Findings findings, List<LiveRun> without, List<LiveRun> with) {
    Figure before = LivePush.figure("others, all read: p99", "ms", without, run -> run.millis(99));
    Figure after = LivePush.figure("others, some stopped: p99", "ms", with, run -> run.millis(99));
    List<LiveRun> all = new ArrayList<>(without);
    all.addAll(with);
    findings.figures.addAll(
        0,
        List.of(
            LivePush.figure("others, all read: p50", "ms", without, run -> run.millis(50)),
            before,
            LivePush.figure("others, some stopped: p50", "ms", with, run -> run.millis(50)),
            after,
            Figure.single(
                    "others, p99: some stopped / all read",
                    "ratio",
                    after.median() / Math.max(0.001, before.median()))
                .wanting(Wanted.atMost(1.2)),
            LivePush.figure(
                    "others: " + LiveBench.MISSING, "deliveries", all, run -> run.seen().missing())
                .wanting(Wanted.atMost(0))));
    findings.plots.add(
        Plot.latencies(
            "From a command's answer to the last of the others' frames",
            List.of(
                Plot.quantiles("all read", together(without)),
                Plot.quantiles("some stopped", together(with)))));
  }

  private static Histogram together(List<LiveRun> runs) {
    Histogram all = new Histogram(3);
    runs.forEach(run -> all.add(run.last()));
    return all;
  }
}
