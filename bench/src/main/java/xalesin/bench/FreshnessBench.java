package xalesin.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import xalesin.bench.inventory.Catalog;
import xalesin.bench.inventory.CommandThenRead;
import xalesin.bench.load.Load;
import xalesin.bench.load.LoadClient;
import xalesin.bench.load.Outcome;
import xalesin.bench.report.Figure;
import xalesin.bench.report.Figure.Wanted;
import xalesin.bench.report.Plot;
import xalesin.bench.stack.Metrics;

/** How long from a command's sending until a reader sees it, and where that time goes. */
final class FreshnessBench implements Bench {
  private static final Session.Extent EXTENT = new Session.Extent(8, 500, 40, 50);

  /** Enough that no command waits for a free connection. */
  private static final int CONNECTIONS = 32;

  /** Commands per second to warm up with: more than is measured, so that the JIT has enough. */
  private static final int WARM_UP_RATE = 1_000;

  /** The server's own histograms of the hops, in seconds, and what they are. */
  private static final Map<String, String> HOPS = hops();

  /** What is asked at a rate. */
  private record Rate(int perSecond, double p50Millis, double p99Millis) {}

  private static final List<Rate> RATES = List.of(new Rate(50, 8, 30), new Rate(200, 12, 50));

  private static Map<String, String> hops() {
    Map<String, String> hops = new LinkedHashMap<>();
    hops.put("xalesin_cdc_hop_seconds", "recorded → committed in Kafka");
    hops.put("xalesin_freshness_seconds", "recorded → applied to the views");
    return hops;
  }

  @Override
  public String name() {
    return "freshness";
  }

  @Override
  public String question() {
    return "How long does it take from sending a command until a read shows it?";
  }

  @Override
  public String baseline() {
    return "Axon Framework 5.0.1 on the same kind of machine, from a table that its own process"
        + " tails: p50 6 ms, p99 16 ms";
  }

  @Override
  public List<String> method() {
    return List.of(
        "Open loop with Poisson arrivals: commands are sent when the schedule says, and every time"
            + " is counted from the intended sending (HdrHistogram, no coordinated omission).",
        "As soon as a command is answered, its item is read with the command's Consistency-Token"
            + " and Prefer: wait=5; the read's answer is the moment of visibility.",
        "Nothing else runs on the server. The hops are the server's own histograms of the same"
            + " minutes, read from its management port before and after each run; they include"
            + " the time within a bucket only by interpolation.",
        "Each figure is the median over the runs of that run's quantile.");
  }

  @Override
  public void measure(Session session, Findings findings) throws Exception {
    Options options = session.options;
    Duration length = session.runLength(findings, CONNECTIONS, 30);
    Catalog catalog = session.catalog(EXTENT, findings);
    List<Plot.Line> lines = new ArrayList<>();
    try (LoadClient client =
        session.client(
            CommandThenRead.source(catalog, options.seed, session.startMillis()), CONNECTIONS)) {
      if (options.warmUpSeconds() > 0) {
        session.say("warm-up at %d commands/s", WARM_UP_RATE);
        Duration warmUp = Duration.ofSeconds(options.warmUpSeconds());
        client.run(Load.poisson(WARM_UP_RATE, warmUp, options.seed));
      }
      session.settle(catalog);
      for (Rate rate : RATES) {
        lines.add(measure(session, findings, client, rate, length));
      }
    }
    findings.plots.add(Plot.latencies("From sending a command until a read shows it", lines));
  }

  private static Plot.Line measure(
      Session session, Findings findings, LoadClient client, Rate rate, Duration length)
      throws Exception {
    String at = rate.perSecond() + "/s";
    Quantiles visible = new Quantiles("visible");
    Quantiles append = new Quantiles("command answered");
    Quantiles late = new Quantiles("sent late");
    Map<String, Hop> hops = new LinkedHashMap<>();
    HOPS.forEach((metric, meaning) -> hops.put(metric, new Hop(meaning)));
    Histogram all = new Histogram(3);
    for (int run = 1; run <= session.options.runs(); run++) {
      Metrics before = session.stack().metrics();
      Load load = Load.poisson(rate.perSecond(), length, session.options.seed + run);
      Outcome outcome = findings.keep("at " + at + ", run " + run, client.run(load));
      Metrics after = session.stack().metrics();
      visible.add(outcome.exchange());
      append.add(outcome.series(CommandThenRead.APPEND));
      late.add(outcome.series(Outcome.SENT_LATE));
      all.add(outcome.exchange());
      hops.forEach((metric, hop) -> hop.add(after.since(before, metric)));
      session.say(
          "run %d at %s: visible p50 %.1f ms, p99 %.1f ms, max %.1f ms; answered p50 %.1f ms",
          run,
          at,
          outcome.exchange().getValueAtPercentile(50) / 1e6,
          outcome.exchange().getValueAtPercentile(99) / 1e6,
          outcome.exchange().getMaxValue() / 1e6,
          outcome.series(CommandThenRead.APPEND).getValueAtPercentile(50) / 1e6);
    }
    List<Figure> figures = findings.figures;
    figures.add(visible.figure(at, 50).wanting(Wanted.atMost(rate.p50Millis())));
    figures.add(visible.figure(at, 90));
    figures.add(visible.figure(at, 99).wanting(Wanted.atMost(rate.p99Millis())));
    figures.add(visible.figure(at, 100));
    figures.add(append.figure(at, 50));
    figures.add(append.figure(at, 99));
    for (Hop hop : hops.values()) {
      figures.addAll(hop.figures(at));
    }
    figures.add(late.figure(at, 99));
    findings.evidence.put("visible at " + at + ", all runs", Evidence.millis(all));
    return Plot.quantiles("at " + at, all);
  }

  /** One series of latencies over the runs. */
  private static final class Quantiles {
    private final String name;
    private final List<Histogram> runs = new ArrayList<>();

    private Quantiles(String name) {
      this.name = name;
    }

    private void add(Histogram run) {
      runs.add(run);
    }

    private Figure figure(String at, int percentile) {
      String quantile = percentile == 100 ? "max" : "p" + percentile;
      List<Double> values =
          runs.stream().map(run -> run.getValueAtPercentile(percentile) / 1e6).toList();
      return Figure.of(at + ": " + name + ", " + quantile, "ms", values);
    }
  }

  /** One of the server's own histograms over the runs. */
  private static final class Hop {
    private final String meaning;
    private final List<Metrics.Buckets> runs = new ArrayList<>();

    private Hop(String meaning) {
      this.meaning = meaning;
    }

    private void add(Metrics.Buckets run) {
      if (run.count() > 0) {
        runs.add(run);
      }
    }

    private List<Figure> figures(String at) {
      if (runs.isEmpty()) {
        return List.of();
      }
      return List.of(figure(at, 0.5, "p50"), figure(at, 0.99, "p99"));
    }

    private Figure figure(String at, double quantile, String name) {
      List<Double> millis = runs.stream().map(run -> run.quantile(quantile) * 1e3).toList();
      return Figure.of(at + ": " + meaning + ", " + name, "ms", millis);
    }
  }
}
