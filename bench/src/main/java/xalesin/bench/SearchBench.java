package xalesin.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import xalesin.bench.inventory.Catalog;
import xalesin.bench.inventory.Search;
import xalesin.bench.load.Load;
import xalesin.bench.load.LoadClient;
import xalesin.bench.load.Outcome;
import xalesin.bench.report.Figure;
import xalesin.bench.report.Figure.Wanted;
import xalesin.bench.report.Plot;

/** Full-text search alone. */
final class SearchBench implements Bench {
  private static final Session.Extent EXTENT = new Session.Extent(2, 10_000, 100, 500);
  private static final int CONNECTIONS = 32;

  @Override
  public String name() {
    return "search";
  }

  @Override
  public String question() {
    return "How many full-text searches a second are answered?";
  }

  @Override
  public String baseline() {
    return "Node 20 with PostgreSQL's full text on the same kind of machine: 570–660 requests/s";
  }

  @Override
  public List<String> method() {
    return List.of(
        "Closed loop over "
            + CONNECTIONS
            + " connections; two words, beginnings, a phrase, an"
            + " exclusion, a typing error; the first 50 rows with an exact total.",
        "Nothing is written meanwhile; no result is cached.");
  }

  @Override
  public void measure(Session session, Findings findings) throws Exception {
    Options options = session.options;
    Duration length = session.runLength(findings, CONNECTIONS, 10);
    Catalog catalog = session.catalog(EXTENT, findings);
    List<Double> rates = new ArrayList<>();
    List<Double> p99 = new ArrayList<>();
    try (LoadClient client = session.client(Search.source(catalog, options.seed), CONNECTIONS)) {
      session.warmUp("search", client, 1);
      Outcome last = null;
      for (int run = 1; run <= options.runs(); run++) {
        last = findings.keep("run " + run, client.run(Load.closed(length)));
        rates.add(last.perSecondRate());
        p99.add(last.exchange().getValueAtPercentile(99) / 1e6);
        session.say("run %d: %.0f searches/s, p99 %.1f ms", run, rates.getLast(), p99.getLast());
      }
      if (last != null) {
        findings.plots.add(
            Plot.latencies(
                "Time to the answer under full load, last run",
                List.of(Plot.quantiles("search", last.exchange()))));
      }
    }
    findings.figures.add(Figure.of("searches", "requests/s", rates).wanting(Wanted.atLeast(2_500)));
    findings.figures.add(Figure.of("searches, p99", "ms", p99));
  }
}
