package xalesin.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import xalesin.bench.inventory.Catalog;
import xalesin.bench.inventory.Mixed;
import xalesin.bench.load.Load;
import xalesin.bench.load.LoadClient;
import xalesin.bench.load.Outcome;
import xalesin.bench.report.Figure;
import xalesin.bench.report.Figure.Wanted;
import xalesin.bench.report.Plot;

/** Reads, searches and commands together, as users make them. */
final class MixedBench implements Bench {
  private static final Session.Extent EXTENT = new Session.Extent(20, 2_500, 100, 200);
  private static final int CONNECTIONS = 32;
  private static final int OPEN_RATE = 2_000;

  private static final List<String> KINDS =
      List.of(Mixed.LIST, Mixed.GET, Mixed.SEARCH, Mixed.COMMAND);

  @Override
  public String name() {
    return "mixed";
  }

  @Override
  public String question() {
    return "How many requests a second of a mixed load are served, and how fast is each kind?";
  }

  @Override
  public String baseline() {
    return "Node 20 with PostgreSQL on the same kind of machine: 2,650–2,970 requests/s; with Redis"
        + " and a cache that may be stale 4,500–6,000";
  }

  @Override
  public List<String> method() {
    return List.of(
        "Of a hundred requests 70 lists of 50 rows, 20 single rows, 5 searches, 5 commands; the"
            + " k-th tenant has weight 1/k.",
        "Throughput: closed loop over "
            + CONNECTIONS
            + " connections. Latency: open loop with"
            + " Poisson arrivals at "
            + OPEN_RATE
            + " requests/s, counted from the intended"
            + " sending.",
        "All answers are exact: totals too, and nothing stale is served.");
  }

  @Override
  public void measure(Session session, Findings findings) throws Exception {
    Options options = session.options;
    Duration length = session.runLength(findings, CONNECTIONS, 15);
    Catalog catalog = session.catalog(EXTENT, findings);
    List<Double> rates = new ArrayList<>();
    List<Double> all = new ArrayList<>();
    Map<String, List<Histogram>> byKind = new LinkedHashMap<>();
    KINDS.forEach(kind -> byKind.put(kind, new ArrayList<>()));
    try (LoadClient client = session.client(Mixed.source(catalog, options.seed), CONNECTIONS)) {
      session.warmUp("mixed", client, 1);
      for (int run = 1; run <= options.runs(); run++) {
        Outcome closed = findings.keep("closed " + run, client.run(Load.closed(length)));
        Outcome open =
            findings.keep(
                "open " + run, client.run(Load.poisson(OPEN_RATE, length, options.seed + run)));
        rates.add(closed.perSecondRate());
        all.add(millis(open.exchange(), 95));
        byKind.forEach((kind, histograms) -> histograms.add(open.series(kind)));
        session.say(
            "run %d: %.0f requests/s; at %d/s p95 %.1f ms",
            run, rates.getLast(), OPEN_RATE, all.getLast());
      }
    }
    findings.figures.add(
        Figure.of("mixed, closed loop", "requests/s", rates).wanting(Wanted.atLeast(10_000)));
    findings.figures.add(
        Figure.of("at " + OPEN_RATE + "/s, p95", "ms", all).wanting(Wanted.atMost(20)));
    List<Plot.Line> lines = new ArrayList<>();
    byKind.forEach(
        (kind, histograms) -> {
          for (int percentile : List.of(50, 95, 99)) {
            findings.figures.add(
                Figure.of(
                    "at %d/s: %s, p%d".formatted(OPEN_RATE, kind, percentile),
                    "ms",
                    histograms.stream().map(h -> millis(h, percentile)).toList()));
          }
          lines.add(Plot.quantiles(kind, histograms.getLast()));
        });
    findings.plots.add(Plot.latencies("Time to the answer at " + OPEN_RATE + "/s", lines));
  }

  private static double millis(Histogram histogram, double percentile) {
    return histogram.getValueAtPercentile(percentile) / 1e6;
  }
}
