package xalesin.bench;

import java.time.Duration;
import java.util.List;
import xalesin.bench.inventory.Catalog;
import xalesin.bench.inventory.ReadYourWrites;
import xalesin.bench.load.Load;
import xalesin.bench.load.LoadClient;
import xalesin.bench.load.Outcome;
import xalesin.bench.report.Figure;
import xalesin.bench.report.Figure.Wanted;
import xalesin.bench.report.Plot;
import xalesin.bench.report.Report;

/** Whether any read with a write's token ever misses the write. */
final class ConsistencyBench implements Bench {
  private static final Session.Extent EXTENT = new Session.Extent(8, 500, 40, 80);
  private static final int CHECKS = 100_000;
  private static final Duration LIMIT = Duration.ofMinutes(30);
  private static final String STALE = "stale reads";
  private static final String FAILED = "failed exchanges";

  @Override
  public String name() {
    return "consistency";
  }

  @Override
  public String question() {
    return "Does a read that carries a write's Consistency-Token always show that write?";
  }

  @Override
  public String baseline() {
    return "none: a single stale read is a failure";
  }

  @Override
  public List<String> method() {
    return List.of(
        "Closed loop: a command, then at once a read with its token by one of six ways drawn at"
            + " random (a third single items, then several by id, by SKU, by category, by status),"
            + " which must show the item at the written version or a later one.");
  }

  @Override
  public void measure(Session session, Findings findings) throws Exception {
    Options options = session.options;
    int checks = options.size(CHECKS, 2_000);
    findings.set("connections", options.connections());
    Catalog catalog = session.catalog(EXTENT, findings);
    ReadYourWrites reads = new ReadYourWrites(catalog);
    try (LoadClient client =
        session.client(reads.source(options.seed, session.startMillis()), options.connections())) {
      Outcome outcome = findings.keep("checks", client.run(Load.closed(checks, LIMIT)));
      session.say("%d checked, %d stale", reads.checked(), reads.stale());
      findings.evidence.put("stale", reads.examples());
      findings.figures.add(
          Figure.count("reads checked", "reads", reads.checked()).wanting(Wanted.atLeast(checks)));
      findings.figures.add(Figure.count(STALE, "reads", reads.stale()).wanting(Wanted.atMost(0)));
      findings.figures.add(
          Figure.count(FAILED, "exchanges", outcome.failed()).wanting(Wanted.atMost(0)));
      findings.figures.add(Figure.single("checked a second", "pairs/s", outcome.perSecondRate()));
      findings.plots.add(
          Plot.latencies(
              "A command and the read that shows it, under full load",
              List.of(Plot.quantiles("both", outcome.exchange()))));
    }
  }

  @Override
  public boolean failed(Report report) {
    return report.figures().stream().anyMatch(figure -> Boolean.FALSE.equals(figure.met()));
  }
}
