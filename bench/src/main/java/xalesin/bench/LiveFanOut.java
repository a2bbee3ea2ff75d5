package xalesin.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import xalesin.bench.inventory.Catalog;
import xalesin.bench.live.Counter;
import xalesin.bench.live.LiveClient;
import xalesin.bench.live.Rounds;
import xalesin.bench.report.Figure;
import xalesin.bench.report.Figure.Wanted;
import xalesin.bench.report.Plot;
import xalesin.bench.stack.ProcessProbe;
import xalesin.bench.stack.StackException;

/** The most that is delivered, held against bytes that are encoded beforehand and only written. */
final class LiveFanOut {
  private static final int WINDOW_MILLIS = 10;
  private static final double FIRST_RATE = 20;
  private static final double FASTER = 1.4;
  private static final int MAX_STEPS = 16;

  /** Beyond it the server is behind for good, and what is delivered lay in buffers before. */
  private static final double BEHIND_MILLIS = 1_000;

  /** Frames a second grow when they are so many times as many. */
  private static final double GROWTH = 1.03;

  /** By which the server finds that nobody reads any more. */
  private static final int LAST_ROUNDS = 3;

  private static final Duration ROUND_LIMIT = Duration.ofSeconds(30);
  private static final Duration OPEN_LIMIT = Duration.ofMinutes(5);

  private LiveFanOut() {}

  static int tenants(Options options) {
    int connections = LivePush.connections(options);
    return options.tenants((connections + LiveBench.MAX_PER_TENANT - 1) / LiveBench.MAX_PER_TENANT);
  }

  /** Commands a second, and what they came to. */
  private record Step(double rate, LiveRun run) {}

  static void measure(Session session, Findings findings, Catalog catalog) throws Exception {
    Options options = session.options;
    Duration length = Duration.ofSeconds(options.seconds(10));
    int connections = LivePush.connections(options);
    var plan =
        new LiveCrowd.Plan(
            tenants(options), connections, options.window(WINDOW_MILLIS), /* stoppedPercent= */ 0);
    findings.set("fan-out: connections", connections);
    findings.set("fan-out: tenants", plan.tenants());
    findings.set("fan-out: window, ms", plan.windowMillis());
    findings.set("fan-out: seconds of a run", length.toSeconds());
    List<LiveRun> live = new ArrayList<>();
    try (LiveCrowd crowd = LiveCrowd.open(session, catalog, plan)) {
      if (options.warmUpSeconds() > 0) {
        session.say("warm-up");
        crowd.warmUp(FIRST_RATE * 2, Duration.ofSeconds(options.warmUpSeconds()));
      }
      Step best = search(crowd, findings, length, options.seed);
      findings.figures.add(
          Figure.single("fan-out: commands at the most frames", "commands/s", best.rate));
      for (int run = 1; run <= options.runs(); run++) {
        live.add(crowd.run(findings, "fan-out " + run, best.rate, length, options.seed - run));
      }
      crowd.leave();
    }
    int bytes = (int) live.stream().mapToDouble(LiveFanOut::bytesPerFrame).average().orElseThrow();
    List<Raw> raw = raw(session, findings, catalog, connections, bytes, length);
    figures(findings, live, raw, bytes);
  }

  private static double bytesPerFrame(LiveRun run) {
    return (double) run.counts().bytes() / Math.max(1, run.counts().frames());
  }

  /** The fastest commands whose changes are still delivered in time. */
  private static Step search(LiveCrowd crowd, Findings findings, Duration length, long seed)
      throws Exception {
    Step best = null;
    double rate = FIRST_RATE;
    for (int step = 1; step <= MAX_STEPS; step++) {
      String name = "fan-out, %.0f commands/s".formatted(rate);
      LiveRun run = crowd.run(findings, name, rate, length, seed + step);
      boolean inTime = run.isWhole() && run.millis(99) <= BEHIND_MILLIS;
      if (best != null
          && (!inTime || run.framesPerSecond() < best.run.framesPerSecond() * GROWTH)) {
        return best;
      }
      best = new Step(rate, run);
      if (!inTime) {
        findings.doubts.add(name + ", the fewest that are tried, are not delivered in time");
        return best;
      }
      rate *= FASTER;
    }
    if (best == null) {
      throw new IllegalStateException("no step was taken");
    }
    return best;
  }

  /** A run of bytes that are only written. */
  private record Raw(double framesPerSecond, double framesPerServerSecond, double serverCores) {}

  private static List<Raw> raw(
      Session session,
      Findings findings,
      Catalog catalog,
      int connections,
      int bytes,
      Duration length)
      throws Exception {
    List<Raw> runs = new ArrayList<>();
    Rounds rounds = new Rounds(connections);
    String token = catalog.tenants().getFirst().token();
    String request =
        "GET /bench/push HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\n\r\n"
            .formatted(session.stack().http().getAuthority(), token);
    try (LiveClient client = new LiveClient(session.stack().http())) {
      for (int i = 0; i < connections; i++) {
        client.add(request.getBytes(US_ASCII), new Counter(rounds), /* stops= */ false);
      }
      client.open(OPEN_LIMIT);
      session.say("%d connections that are only written to, %d bytes a frame", connections, bytes);
      String path = "/bench/push?bytes=" + bytes;
      ProcessProbe probe = session.stack().probe();
      long sent = 0;
      for (int run = 0; run <= session.options.runs(); run++) {
        LiveClient.Counts countsBefore = client.counts();
        ProcessProbe.Usage before = probe.usage();
        long start = System.nanoTime();
        while (System.nanoTime() - start < length.toNanos()) {
          session.stack().post(path, token);
          sent++;
          if (!rounds.await(sent - 1, ROUND_LIMIT)) {
            throw new StackException("a round did not arrive everywhere: " + client.losses());
          }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        long frames = client.counts().since(countsBefore).frames();
        double cpuSeconds = Math.max(0.01, probe.usage().since(before).jvmCpuSeconds());
        Raw each = new Raw(frames / seconds, frames / cpuSeconds, cpuSeconds / seconds);
        session.say(
            "only written, %s: %.0f frames/s, server %.2f cores",
            run == 0 ? "warm-up" : "run " + run, each.framesPerSecond, each.serverCores);
        if (run > 0) {
          runs.add(each);
        }
      }
      findings.figures.add(
          Figure.count(
                  "fan-out, only written: " + LiveBench.LOST, "connections", client.counts().lost())
              .wanting(Wanted.atMost(0)));
    }
    for (int round = 0; round < LAST_ROUNDS; round++) {
      session.stack().post("/bench/push", token);
    }
    return runs;
  }

  private static void figures(Findings findings, List<LiveRun> live, List<Raw> raw, int bytes) {
    List<Double> ratios = new ArrayList<>();
    List<Double> perSecond = new ArrayList<>();
    List<Double> perServerSecond = new ArrayList<>();
    List<Double> cpuRatios = new ArrayList<>();
    for (int i = 0; i < raw.size(); i++) {
      perSecond.add(raw.get(i).framesPerSecond);
      perServerSecond.add(raw.get(i).framesPerServerSecond);
      ratios.add(live.get(i).framesPerSecond() / Math.max(1, raw.get(i).framesPerSecond));
      cpuRatios.add(
          live.get(i).framesPerServerSecond() / Math.max(1, raw.get(i).framesPerServerSecond));
    }
    Figure most = LivePush.figure("fan-out", "deliveries/s", live, LiveRun::framesPerSecond);
    Figure baseline =
        Figure.of("baseline: only written, " + bytes + " bytes", "deliveries/s", perSecond);
    findings.figures.addAll(
        List.of(
            most,
            baseline,
            Figure.of("fan-out / only written", "ratio", ratios),
            LivePush.figure(
                "fan-out, of a core of the server",
                "deliveries/s",
                live,
                LiveRun::framesPerServerSecond),
            Figure.of("baseline, of a core of the server", "deliveries/s", perServerSecond),
            Figure.of("fan-out / only written, of a core", "ratio", cpuRatios),
            LivePush.figure("fan-out: last connection, p99", "ms", live, run -> run.millis(99)),
            LivePush.figure("fan-out: CPU of the server", "cores", live, LiveRun::serverCores),
            LivePush.figure(
                    "fan-out: " + LiveBench.MISSING,
                    "deliveries",
                    live,
                    run -> run.seen().missing())
                .wanting(Wanted.atMost(0)),
            LivePush.figure(
                    "fan-out: " + LiveBench.LOST, "connections", live, run -> run.counts().lost())
                .wanting(Wanted.atMost(0))));
    findings.plots.add(Plot.bars("Deliveries a second", List.of(most, baseline)));
  }
}
