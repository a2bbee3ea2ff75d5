package xalesin.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;
import xalesin.bench.load.Load;
import xalesin.bench.load.LoadClient;
import xalesin.bench.load.Outcome;
import xalesin.bench.past.Question;
import xalesin.bench.report.Figure;
import xalesin.bench.report.Figure.Wanted;
import xalesin.bench.report.Plot;
import xalesin.bench.stack.Metrics;
import xalesin.bench.stack.StackException;

/** Asks the same questions at several sizes and compares them. Not thread-safe. */
final class GrowthRuns {
  /** Modest: a fraction of what two cores serve, so that no request waits for another. */
  static final int LIST_RATE = 300;

  static final int SEARCH_RATE = 40;

  private static final int CONNECTIONS = 16;
  private static final double MOST_GROWTH = 1.5;
  private static final Duration LOOK_LIMIT = Duration.ofMinutes(2);
  private static final String ENTRIES = "xalesin_views_entries_read_total";
  private static final String ROWS = "xalesin_views_rows_read_total";

  private final Session session;
  private final Findings findings;
  private final List<Size> sizes = new ArrayList<>();

  /** The questions of one size and what was measured of them. */
  private record Size(int rows, List<Asked> lists, List<Asked> searches, Map<String, Seen> seen) {
    List<Asked> all() {
      List<Asked> all = new ArrayList<>(lists);
      all.addAll(searches);
      return all;
    }
  }

  /**
   * A question at one size.
   *
   * @param nanos of all runs
   * @param touched entries and rows, or rows that match, for one request; in the mean of all paths
   */
  private record Seen(Histogram nanos, double touched) {
    double millis(double percentile) {
      return nanos.getValueAtPercentile(percentile) / 1e6;
    }
  }

  GrowthRuns(Session session, Findings findings) {
    this.session = session;
    this.findings = findings;
  }

  /** The questions of the next larger size, the same as of those before. */
  void add(int rows, List<Asked> asked) {
    sizes.add(
        new Size(
            rows,
            asked.stream().filter(each -> each.question().index() != null).toList(),
            asked.stream().filter(each -> each.question().index() == null).toList(),
            new LinkedHashMap<>()));
  }

  void measure() throws IOException, InterruptedException {
    Options options = session.options;
    Duration lists = Duration.ofSeconds(options.seconds(12));
    Duration searches = Duration.ofSeconds(options.seconds(6));
    findings.set(
        "seconds of a run", lists.toSeconds() + " lists, " + searches.toSeconds() + " searches");
    for (Size size : sizes) {
      warmUp(size);
    }
    for (Size size : sizes) {
      for (Asked asked : size.all()) {
        size.seen().put(asked.question().name(), new Seen(new Histogram(3), touched(asked)));
      }
    }
    for (int run = 1; run <= options.runs(); run++) {
      for (Size size : sizes) {
        run("lists", run, size, size.lists(), Load.poisson(LIST_RATE, lists, options.seed + run));
        run(
            "searches",
            run,
            size,
            size.searches(),
            Load.poisson(SEARCH_RATE, searches, options.seed + run));
      }
    }
    report();
  }

  private void warmUp(Size size) throws IOException, InterruptedException {
    String of = " of %,d rows".formatted(size.rows());
    warmUp("lists" + of, size.lists());
    warmUp("searches" + of, size.searches());
  }

  private void warmUp(String what, List<Asked> asked) throws IOException, InterruptedException {
    // Not every resource is searched.
    if (!asked.isEmpty()) {
      try (LoadClient client = client(asked)) {
        session.warmUp(what, client, 2 * sizes.size());
      }
    }
  }

  private LoadClient client(List<Asked> asked) throws IOException, InterruptedException {
    return session.client(Asked.atRandom(asked, session.options.seed), CONNECTIONS);
  }

  private void run(String what, int run, Size size, List<Asked> asked, Load load)
      throws IOException, InterruptedException {
    if (asked.isEmpty()) {
      return;
    }
    String name = "%s of %,d rows, run %d".formatted(what, size.rows(), run);
    try (LoadClient client = client(asked)) {
      Outcome outcome = findings.keep(name, client.run(load));
      outcome
          .series()
          .forEach(
              (series, nanos) -> {
                Seen seen = size.seen().get(series);
                if (seen != null) {
                  seen.nanos().add(nanos);
                }
              });
      session.say("%s: p99 %.1f ms", name, outcome.exchange().getValueAtPercentile(99) / 1e6);
    }
  }

  /** Asks every path once, alone, and looks at what the server counts meanwhile. */
  private double touched(Asked asked) throws IOException, InterruptedException {
    AtomicLong totals = new AtomicLong();
    Metrics before = session.stack().metrics();
    try (LoadClient client = session.client(asked.inTurn(totals), 1)) {
      Outcome outcome = client.run(Load.closed(asked.paths(), LOOK_LIMIT));
      if (outcome.failed() > 0) {
        throw new StackException(
            asked.question().name() + " is not answered: " + outcome.samples());
      }
    }
    Question question = asked.question();
    double touched =
        question.index() == null
            ? totals.get()
            : count(session.stack().metrics(), question) - count(before, question);
    return touched / asked.paths();
  }

  /** Entries and rows read by the question's index since the server began. */
  private static double count(Metrics metrics, Question question) {
    double count = 0;
    for (Map.Entry<String, Double> sample : metrics.samples().entrySet()) {
      String series = sample.getKey();
      if ((series.startsWith(ENTRIES) || series.startsWith(ROWS))
          && series.contains("view=\"" + question.view() + "\"")
          && series.contains("index=\"" + question.index() + "\"")) {
        count += sample.getValue();
      }
    }
    return count;
  }

  private void report() {
    List<Figure> details = new ArrayList<>();
    List<Plot.Line> lines = new ArrayList<>();
    for (Asked asked : sizes.getFirst().all()) {
      String name = asked.question().name();
      List<Plot.Point> points = new ArrayList<>();
      for (Size size : sizes) {
        Seen seen = size.seen().get(name);
        if (seen == null) {
          throw new IllegalStateException(name + " is not asked at every size");
        }
        String of = String.format(Locale.ROOT, "%s, %,d rows: ", name, size.rows());
        details.add(Figure.single(of + "p50", "ms", seen.millis(50)));
        details.add(Figure.single(of + "p99", "ms", seen.millis(99)));
        details.add(Figure.single(of + "touched", "a request", seen.touched()));
        points.add(new Plot.Point(Math.log10(size.rows()), seen.millis(99)));
      }
      growth(name);
      lines.add(new Plot.Line(name, points));
    }
    findings.figures.addAll(details);
    findings.plots.add(
        new Plot.Lines("99 of 100 requests", "ms", "rows, as a power of ten", false, lines));
  }

  private void growth(String name) {
    Seen first = sizes.getFirst().seen().get(name);
    Seen last = sizes.getLast().seen().get(name);
    if (first == null || last == null || first.nanos().getTotalCount() == 0) {
      findings.doubts.add(name + " was not asked often enough");
      return;
    }
    findings.figures.add(
        Figure.single(name + ": p99 grows to", "times", last.millis(99) / first.millis(99))
            .wanting(Wanted.atMost(MOST_GROWTH)));
    findings.figures.add(
        Figure.single(name + ": p50 grows to", "times", last.millis(50) / first.millis(50)));
    findings.figures.add(
        Figure.single(
            name + ": touched grows to", "times", last.touched() / Math.max(1, first.touched())));
  }
}
