package xalesin.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import xalesin.bench.inventory.Catalog;
import xalesin.bench.inventory.ReadMostly;
import xalesin.bench.inventory.Reads;
import xalesin.bench.load.Load;
import xalesin.bench.load.LoadClient;
import xalesin.bench.load.Outcome;
import xalesin.bench.load.Script;
import xalesin.bench.report.Figure;
import xalesin.bench.report.Figure.Wanted;
import xalesin.bench.report.Plot;
import xalesin.bench.stack.Metrics;

/** What kept answers spare the store, and how fast they are. */
final class CacheBench implements Bench {
  private static final Session.Extent EXTENT = new Session.Extent(20, 1_000, 200, 200);
  private static final double MEMORY_MEBIBYTES = 900;
  private static final String REQUESTS = "query_cache_requests_total";

  @Override
  public String name() {
    return "cache";
  }

  @Override
  public String question() {
    return "How many reads of a read-mostly load are answered by the cache, how much of the store's"
        + " work does that save, and how fast is a kept list?";
  }

  @Override
  public String baseline() {
    return "a constant answer of the same size from the same server in the same run; for the store's"
        + " work, that of the same requests without the cache";
  }

  @Override
  public List<String> method() {
    return List.of(
        "Read-mostly: closed loop of lists of all resources and the overview, the k-th tenant and"
            + " its k-th list with weight 1/k; one request in "
            + ReadMostly.COMMAND_EVERY
            + " is a command (half receipts, half new prices) to a tenant drawn in the same way.",
        "Hits, and reads of the store (index entries, rows, look-ups) done and saved, are the"
            + " server's own counters over the run; a read that another request's read answered"
            + " counts as a hit.",
        "Kept list: first pages of 50 items as in `reads`, nothing is written meanwhile; it takes"
            + " turns with the constant, which passes the same door and has the mean size.",
        "All answers are exact: the cache has no time-outs and gives nothing stale.");
  }

  @Override
  public void measure(Session session, Findings findings) throws Exception {
    Options options = session.options;
    Duration length = session.runLength(findings, options.connections(), 10);
    session.stack("--bench-routes");
    Catalog catalog = session.catalog(EXTENT, findings);
    try (MemoryWatch memory = new MemoryWatch(session.stack().probe())) {
      readMostly(session, catalog, findings, length);
      keptLists(session, catalog, findings, length);
      memory.into(findings, MEMORY_MEBIBYTES);
    }
  }

  private static void readMostly(
      Session session, Catalog catalog, Findings findings, Duration length) throws Exception {
    List<Double> rates = new ArrayList<>();
    List<Double> hits = new ArrayList<>();
    List<Double> saved = new ArrayList<>();
    Script.Source scripts = ReadMostly.source(catalog, session.options.seed);
    try (LoadClient client = session.client(scripts, session.options.connections())) {
      session.warmUp("read-mostly", client, 2);
      for (int run = 1; run <= session.options.runs(); run++) {
        Metrics before = session.stack().metrics();
        Outcome outcome = findings.keep("read-mostly " + run, client.run(Load.closed(length)));
        Metrics after = session.stack().metrics();
        rates.add(outcome.perSecondRate());
        hits.add(percent(hits(after) - hits(before), after.sum(REQUESTS) - before.sum(REQUESTS)));
        double spared = since(before, after, "query_store_reads_saved_total");
        saved.add(percent(spared, spared + since(before, after, "query_store_reads_total")));
        session.say(
            "run %d, read-mostly: %.0f/s, %.1f %% hits, %.1f %% of the store's reads saved",
            run, rates.getLast(), hits.getLast(), saved.getLast());
      }
    }
    findings.figures.add(Figure.of("read-mostly, hits", "%", hits).wanting(Wanted.atLeast(80)));
    findings.figures.add(
        Figure.of("read-mostly, reads of the store saved", "%", saved).wanting(Wanted.atLeast(70)));
    findings.figures.add(Figure.of("read-mostly", "requests/s", rates));
  }

  private static double hits(Metrics metrics) {
    return metrics.sum(REQUESTS, "result=\"hit\"") + metrics.sum(REQUESTS, "result=\"collapsed\"");
  }

  private static double since(Metrics before, Metrics after, String name) {
    return after.sum(name) - before.sum(name);
  }

  /** 0 when there was nothing, as of a server whose metrics are not known. */
  private static double percent(double part, double all) {
    return all == 0 ? 0 : 100 * part / all;
  }

  private static void keptLists(
      Session session, Catalog catalog, Findings findings, Duration length) throws Exception {
    int connections = session.options.connections();
    Script.Source lists = Reads.lists(catalog, session.options.seed);
    List<Double> rates = new ArrayList<>();
    List<Double> constants = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    int bytes = ReadsBench.answerBytes(session, catalog, "kept list", lists, 2);
    Outcome list = null;
    try (LoadClient reads = session.client(lists, connections);
        LoadClient plain = session.client(Reads.constants(catalog, bytes), connections)) {
      for (int run = 1; run <= session.options.runs(); run++) {
        list = findings.keep("kept list " + run, reads.run(Load.closed(length)));
        Outcome constant = findings.keep("constant " + run, plain.run(Load.closed(length)));
        rates.add(list.perSecondRate());
        constants.add(constant.perSecondRate());
        ratios.add(list.perSecondRate() / Math.max(1, constant.perSecondRate()));
        session.say(
            "run %d, kept list: %.0f/s; constant of %d bytes %.0f/s; client %.1f µs/request",
            run, rates.getLast(), bytes, constants.getLast(), list.clientCpuMicrosPerRequest());
      }
    }
    findings.figures.add(
        Figure.of("kept list / constant", "ratio", ratios).wanting(Wanted.atLeast(0.75)));
    findings.figures.add(
        Figure.of("kept list of 50", "requests/s", rates).wanting(Wanted.atLeast(8_000)));
    findings.figures.add(
        Figure.of("baseline: constant of " + bytes + " bytes", "requests/s", constants));
    if (list != null) {
      findings.plots.add(
          Plot.latencies(
              "Time to the answer under full load, last run",
              List.of(Plot.quantiles("kept list", list.exchange()))));
    }
  }
}
