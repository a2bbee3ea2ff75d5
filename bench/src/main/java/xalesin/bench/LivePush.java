package xalesin.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;
import xalesin.bench.inventory.Catalog;
import xalesin.bench.report.Figure;
import xalesin.bench.report.Figure.Wanted;
import xalesin.bench.report.Plot;
import xalesin.bench.stack.HeapProbe;
import xalesin.bench.stack.Metrics;

/** How soon everybody has a change, and what a connection costs. */
final class LivePush {
  private static final int CONNECTIONS = 10_000;
  private static final int TENANTS = 20;
  private static final int WINDOW_MILLIS = 50;
  private static final double KIBIBYTES_PER_CONNECTION = 15;

  private LivePush() {}

  static int connections(Options options) {
    return options.connections(options.size(CONNECTIONS, 40));
  }

  static int tenants(Options options) {
    return options.tenants(options.size(TENANTS, 2));
  }

  static void measure(Session session, Findings findings, Catalog catalog) throws Exception {
    Options options = session.options;
    Duration length = Duration.ofSeconds(options.seconds(20));
    int connections = connections(options);
    var plan =
        new LiveCrowd.Plan(
            tenants(options), connections, options.window(WINDOW_MILLIS), /* stoppedPercent= */ 0);
    findings.set("connections", connections);
    findings.set("window, ms", plan.windowMillis());
    findings.set("commands a second", options.rate);
    findings.set("seconds of a run", length.toSeconds());
    warmUp(session, catalog, plan);
    Memory before = Memory.of(session);
    List<LiveRun> runs = new ArrayList<>();
    try (LiveCrowd crowd = LiveCrowd.open(session, catalog, plan)) {
      memory(session, findings, before, Memory.of(session), connections);
      Metrics first = session.stack().metrics();
      for (int run = 1; run <= options.runs(); run++) {
        runs.add(crowd.run(findings, "run " + run, options.rate, length, options.seed + run));
      }
      Metrics last = session.stack().metrics();
      double superseded = last.sum("live_superseded_total") - first.sum("live_superseded_total");
      findings.figures.add(Figure.single("frames replaced by newer ones", "frames", superseded));
      findings.figures.add(
          mean("server, from a change to its frame, mean", "live_window_delay", first, last));
      findings.figures.add(
          mean("server, from an event's recording to its frame, mean", "live_age", first, last));
    }
    findings.figures.addAll(0, figures(runs));
    Histogram all = new Histogram(3);
    runs.forEach(run -> all.add(run.last()));
    findings.plots.add(
        Plot.latencies(
            "From a command's answer to the last connection's frame",
            List.of(Plot.quantiles("last connection", all))));
  }

  /** Milliseconds over all runs, of a timer of the server. */
  private static Figure mean(String name, String timer, Metrics first, Metrics last) {
    double seconds = last.sum(timer + "_seconds_sum") - first.sum(timer + "_seconds_sum");
    double count = last.sum(timer + "_seconds_count") - first.sum(timer + "_seconds_count");
    return Figure.single(name, "ms", 1_000 * seconds / Math.max(1, count));
  }

  private static void warmUp(Session session, Catalog catalog, LiveCrowd.Plan plan)
      throws IOException, InterruptedException {
    int seconds = session.options.warmUpSeconds();
    if (seconds > 0) {
      session.say("warm-up");
      try (LiveCrowd crowd = LiveCrowd.open(session, catalog, plan)) {
        crowd.warmUp(session.options.rate, Duration.ofSeconds(seconds));
        crowd.leave();
      }
    }
  }

  /** What the server's JVM holds. */
  private record Memory(double residentKibibytes, HeapProbe.Live heap) {
    static Memory of(Session session) throws IOException, InterruptedException {
      HeapProbe.Live live = new HeapProbe(session.stack().ready().pid()).live();
      return new Memory(session.stack().probe().usage().jvmMebibytes() * 1024, live);
    }
  }

  private static void memory(
      Session session, Findings findings, Memory before, Memory after, int connections) {
    double resident = (after.residentKibibytes - before.residentKibibytes) / connections;
    double heap = (after.heap.bytes() - before.heap.bytes()) / 1024.0 / connections;
    session.say("an idle connection: %.1f KiB resident, %.1f KiB heap", resident, heap);
    Wanted wanted = Wanted.atMost(KIBIBYTES_PER_CONNECTION);
    findings.figures.add(
        Figure.single("an idle connection, resident memory", "KiB", resident).wanting(wanted));
    findings.figures.add(Figure.single("an idle connection, heap", "KiB", heap).wanting(wanted));
    findings.figures.add(
        Figure.single("heap with all connections", "MiB", after.heap.bytes() / (double) (1 << 20)));
    findings.figures.add(
        Figure.single(
            "resident memory with all connections", "MiB", after.residentKibibytes / 1024));
    findings.evidence.put("heap without connections", before.heap.top());
    findings.evidence.put("heap with connections", after.heap.top());
  }

  private static List<Figure> figures(List<LiveRun> runs) {
    return List.of(
        figure("last connection, p50", "ms", runs, run -> run.millis(50))
            .wanting(Wanted.atMost(80)),
        figure("last connection, p99", "ms", runs, run -> run.millis(99))
            .wanting(Wanted.atMost(180)),
        figure("last connection, max", "ms", runs, run -> run.millis(100)),
        figure("changes delivered", "deliveries/s", runs, LiveRun::changesPerSecond),
        figure("frames", "frames/s", runs, LiveRun::framesPerSecond),
        figure("bytes", "MiB/s", runs, LiveRun::mebibytesPerSecond),
        figure(LiveBench.MISSING, "deliveries", runs, run -> run.seen().missing())
            .wanting(Wanted.atMost(0)),
        figure(LiveBench.LOST, "connections", runs, run -> run.counts().lost())
            .wanting(Wanted.atMost(0)),
        figure("CPU of the server's JVM", "cores", runs, LiveRun::serverCores),
        figure("CPU of the client that reads", "cores", runs, LiveRun::clientCores));
  }

  static Figure figure(
      String name, String unit, List<LiveRun> runs, ToDoubleFunction<LiveRun> value) {
    return Figure.of(name, unit, runs.stream().map(value::applyAsDouble).toList());
  }
}
