package xalesin.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import xalesin.bench.inventory.Catalog;
import xalesin.bench.inventory.Reads;
import xalesin.bench.load.Load;
import xalesin.bench.load.LoadClient;
import xalesin.bench.load.Outcome;
import xalesin.bench.load.Script;
import xalesin.bench.report.Figure;
import xalesin.bench.report.Figure.Wanted;
import xalesin.bench.report.Plot;

/** Reads per second, each held against a constant answer of the same size. */
final class ReadsBench implements Bench {
  /** So that a page of 50 rows is full, whichever filter it has. */
  private static final Session.Extent EXTENT = new Session.Extent(20, 1_000, 100, 200);

  private static final double MEMORY_MEBIBYTES = 900;

  @Override
  public String name() {
    return "reads";
  }

  @Override
  public String question() {
    return "How many single rows and how many pages of 50 rows a second are served?";
  }

  @Override
  public String baseline() {
    return "a constant answer of the same size from the same server in the same run";
  }

  @Override
  public List<String> method() {
    return List.of(
        "Closed loop; every request draws one of all items, or one of all first pages (by"
            + " category, by category and status, by status; 50 rows), of all tenants.",
        "The constant answer passes the same door (HTTP, token check, tenant) and has the mean"
            + " size of the answers that it is held against.",
        "Get, its constant, list, its constant take turns; nothing is written meanwhile, so"
            + " whatever caches the server has are warm.",
        "Memory: the largest resident set (VmRSS) of the server's JVM seen during the reads;"
            + " PostgreSQL is a process of its own and counted apart (Pss).");
  }

  @Override
  public void measure(Session session, Findings findings) throws Exception {
    Options options = session.options;
    Duration length = session.runLength(findings, options.connections(), 10);
    session.stack("--bench-routes");
    Catalog catalog = session.catalog(EXTENT, findings);
    Map<String, Kind> kinds = new LinkedHashMap<>();
    kinds.put("get", new Kind(Reads.gets(catalog, options.seed)));
    kinds.put("list of 50", new Kind(Reads.lists(catalog, options.seed)));
    try (MemoryWatch memory = new MemoryWatch(session.stack().probe())) {
      for (Map.Entry<String, Kind> kind : kinds.entrySet()) {
        kind.getValue().bytes =
            answerBytes(session, catalog, kind.getKey(), kind.getValue().scripts, kinds.size());
      }
      for (int run = 1; run <= options.runs(); run++) {
        for (Map.Entry<String, Kind> kind : kinds.entrySet()) {
          run(session, catalog, findings, kind, run, length);
        }
      }
      memory.into(findings, MEMORY_MEBIBYTES);
    }
    findings.figures.addAll(0, figures(kinds));
    List<Figure> rates =
        findings.figures.stream().filter(figure -> figure.unit().equals("requests/s")).toList();
    findings.plots.add(Plot.bars("Requests a second", rates));
    List<Plot.Line> lines = new ArrayList<>();
    kinds.forEach((name, kind) -> lines.add(Plot.quantiles(name, kind.last().exchange())));
    findings.plots.add(Plot.latencies("Time to the answer under full load, last run", lines));
  }

  /**
   * Warms up the reads and their constant; the size of a constant as large as their mean answer.
   *
   * @param share how many share the time to warm up
   */
  static int answerBytes(
      Session session, Catalog catalog, String name, Script.Source scripts, int share)
      throws Exception {
    int connections = session.options.connections();
    int bytes;
    try (LoadClient client = session.client(scripts, connections)) {
      session.warmUp(name, client, share);
      Outcome sized = client.run(Load.closed(1_000, Duration.ofSeconds(30)));
      bytes = (int) (sized.bytesRead() / Math.max(1, sized.requests()));
    }
    try (LoadClient client = session.client(Reads.constants(catalog, bytes), connections)) {
      session.warmUp("constant for " + name, client, share * 2);
      // The mean answer without the headers that the constant has as well.
      Outcome sized = client.run(Load.closed(1_000, Duration.ofSeconds(30)));
      int headers = (int) (sized.bytesRead() / Math.max(1, sized.requests())) - bytes;
      return Math.max(1, bytes - Math.max(0, headers));
    }
  }

  private static void run(
      Session session,
      Catalog catalog,
      Findings findings,
      Map.Entry<String, Kind> named,
      int run,
      Duration length)
      throws Exception {
    Kind kind = named.getValue();
    String name = named.getKey();
    int connections = session.options.connections();
    try (LoadClient reads = session.client(kind.scripts, connections);
        LoadClient constants = session.client(Reads.constants(catalog, kind.bytes), connections)) {
      Outcome read = findings.keep(name + " " + run, reads.run(Load.closed(length)));
      Outcome constant =
          findings.keep("constant for " + name + " " + run, constants.run(Load.closed(length)));
      kind.reads.add(read);
      kind.constants.add(constant);
      session.say(
          "run %d, %s: %.0f/s, p99 %.1f ms; constant of %d bytes %.0f/s; client %.1f µs/request",
          run,
          name,
          read.perSecondRate(),
          read.exchange().getValueAtPercentile(99) / 1e6,
          kind.bytes,
          constant.perSecondRate(),
          read.clientCpuMicrosPerRequest());
    }
  }

  private static List<Figure> figures(Map<String, Kind> kinds) {
    List<Figure> figures = new ArrayList<>();
    kinds.forEach(
        (name, kind) -> {
          boolean get = name.equals("get");
          List<Double> ratios = new ArrayList<>();
          for (int i = 0; i < kind.reads.size(); i++) {
            double constant = Math.max(1, kind.constants.get(i).perSecondRate());
            ratios.add(kind.reads.get(i).perSecondRate() / constant);
          }
          Figure ratio = Figure.of(name + " / constant", "ratio", ratios);
          figures.add(
              Figure.of(name, "requests/s", rates(kind.reads))
                  .wanting(Wanted.atLeast(get ? 25_000 : 8_000)));
          figures.add(
              Figure.of(
                  "baseline: constant of " + kind.bytes + " bytes",
                  "requests/s",
                  rates(kind.constants)));
          figures.add(get ? ratio.wanting(Wanted.atLeast(0.5)) : ratio);
          figures.add(Figure.of(name + ", p99", "ms", p99(kind.reads)));
        });
    return figures;
  }

  private static List<Double> rates(List<Outcome> outcomes) {
    return outcomes.stream().map(Outcome::perSecondRate).toList();
  }

  private static List<Double> p99(List<Outcome> outcomes) {
    return outcomes.stream().map(o -> o.exchange().getValueAtPercentile(99) / 1e6).toList();
  }

  /** One kind of read with its runs. */
  private static final class Kind {
    private final Script.Source scripts;
    private final List<Outcome> reads = new ArrayList<>();
    private final List<Outcome> constants = new ArrayList<>();
    private int bytes;

    private Kind(Script.Source scripts) {
      this.scripts = scripts;
    }

    private Outcome last() {
      return reads.getLast();
    }
  }
}
