package xalesin.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import xalesin.bench.baseline.AppendBaseline;
import xalesin.bench.inventory.Catalog;
import xalesin.bench.inventory.CommandMix;
import xalesin.bench.load.Load;
import xalesin.bench.load.LoadClient;
import xalesin.bench.load.Outcome;
import xalesin.bench.report.Figure;
import xalesin.bench.report.Figure.Wanted;
import xalesin.bench.report.Plot;
import xalesin.bench.stack.Metrics;
import xalesin.bench.stack.ProcessProbe;
import xalesin.bench.stack.Stack;

/** Durable commands per second over HTTP, and what the same PostgreSQL takes row by row. */
final class CommandsBench implements Bench {
  private static final Session.Extent EXTENT = new Session.Extent(8, 500, 40, 50);

  /** The server's own counters of its append transactions. */
  private static final String TRANSACTIONS = "command_append_batch_count";

  private static final String EVENTS = "command_append_batch_sum";
  private static final String APPEND_SECONDS = "command_append_duration_seconds_sum";

  private static final int[] BASELINE_CONNECTIONS = {16, 32};

  @Override
  public String name() {
    return "commands";
  }

  @Override
  public String question() {
    return "How many durable commands a second does the HTTP API take?";
  }

  @Override
  public String baseline() {
    return "single-row transactions appended to the same PostgreSQL over JDBC in the same run";
  }

  @Override
  public List<String> method() {
    return List.of(
        "Closed loop: each connection sends its next command when the one before is answered; an"
            + " answer means that the events are durable (fsync and synchronous_commit on).",
        "Commands: about 30 % receipts, 25 % issues, 30 % reservations and releases, 5 %"
            + " adjustments, 5 % price changes, 5 % new items, on items drawn at random.",
        "The rest of the road (cdc, Kafka, views) runs along on the same machine, as does the"
            + " client.",
        "Baseline: 16 and 32 JDBC connections, a thread each, one prepared INSERT per transaction"
            + " into a table of the same shape in a database of its own that is not captured;"
            + " measured between the runs, while the server is idle. The ratio is to the better.");
  }

  @Override
  public void measure(Session session, Findings findings) throws Exception {
    Options options = session.options;
    Duration length = session.runLength(findings, options.connections(), 15);
    Duration baselineLength = Duration.ofSeconds(options.size(5, 1));
    Catalog catalog = session.catalog(EXTENT, findings);
    Stack stack = session.stack();
    Runs runs = new Runs();
    try (LoadClient client =
            session.client(
                CommandMix.source(catalog, options.seed, session.startMillis()),
                options.connections());
        Baseline baseline = Baseline.of(stack.postgres())) {
      session.warmUp("commands", client, 1);
      session.settle(catalog);
      baseline.run(baselineLength);
      for (int run = 1; run <= options.runs(); run++) {
        double append = baseline.run(baselineLength);
        Server before = Server.of(stack);
        Outcome outcome = findings.keep("run " + run, client.run(Load.closed(length)));
        runs.add(outcome, append, before, Server.of(stack));
        session.say(
            "run %d: %.0f commands/s, p99 %.1f ms, client %.1f µs/request; baseline %.0f rows/s",
            run,
            outcome.perSecondRate(),
            outcome.exchange().getValueAtPercentile(99) / 1e6,
            outcome.clientCpuMicrosPerRequest(),
            append);
        session.settle(catalog);
      }
    }
    runs.into(findings);
  }

  /** What the server had used and counted at a moment. */
  private record Server(ProcessProbe.Usage usage, Metrics metrics) {
    static Server of(Stack stack) throws IOException, InterruptedException {
      return new Server(stack.probe().usage(), stack.metrics());
    }

    double count(String metric) {
      return metrics.sum(metric);
    }
  }

  /** The baseline, or nothing when no PostgreSQL is named. */
  private interface Baseline extends AutoCloseable {
    double run(Duration length) throws SQLException, InterruptedException;

    @Override
    void close() throws SQLException;

    static Baseline of(String jdbcUrl) throws SQLException {
      if (jdbcUrl.isEmpty()) {
        return new Baseline() {
          @Override
          public double run(Duration length) {
            return 0;
          }

          @Override
          public void close() {}
        };
      }
      AppendBaseline append = new AppendBaseline(jdbcUrl);
      return new Baseline() {
        @Override
        public double run(Duration length) throws SQLException, InterruptedException {
          double best = 0;
          for (int connections : BASELINE_CONNECTIONS) {
            best = Math.max(best, append.run(connections, length));
          }
          return best;
        }

        @Override
        public void close() throws SQLException {
          append.close();
        }
      };
    }
  }

  /** What the runs measured, series by series. */
  private static final class Runs {
    private final List<Double> commands = new ArrayList<>();
    private final List<Double> appends = new ArrayList<>();
    private final List<Double> ratios = new ArrayList<>();
    private final List<Double> p50 = new ArrayList<>();
    private final List<Double> p99 = new ArrayList<>();
    private final List<Double> batches = new ArrayList<>();
    private final List<Double> transactionMillis = new ArrayList<>();
    private final List<Double> clientCpu = new ArrayList<>();
    private final List<Double> serverCpu = new ArrayList<>();
    private final List<Double> postgresCpu = new ArrayList<>();
    private final List<Plot.Line> latency = new ArrayList<>();
    private final List<Plot.Line> timeline = new ArrayList<>();

    void add(Outcome outcome, double append, Server before, Server after) {
      String name = "run " + (commands.size() + 1);
      double done = Math.max(1, outcome.completed());
      commands.add(outcome.perSecondRate());
      p50.add(outcome.exchange().getValueAtPercentile(50) / 1e6);
      p99.add(outcome.exchange().getValueAtPercentile(99) / 1e6);
      clientCpu.add(outcome.clientCpuMicrosPerRequest());
      ProcessProbe.Usage used = after.usage().since(before.usage());
      serverCpu.add(used.jvmCpuSeconds() * 1e6 / done);
      postgresCpu.add(used.postgresCpuSeconds() * 1e6 / done);
      double transactions = after.count(TRANSACTIONS) - before.count(TRANSACTIONS);
      if (transactions > 0) {
        batches.add((after.count(EVENTS) - before.count(EVENTS)) / transactions);
        double seconds = after.count(APPEND_SECONDS) - before.count(APPEND_SECONDS);
        transactionMillis.add(seconds * 1e3 / transactions);
      }
      latency.add(Plot.quantiles(name, outcome.exchange()));
      timeline.add(Plot.bySecond(name, outcome.perSecond()));
      if (append > 0) {
        appends.add(append);
        ratios.add(outcome.perSecondRate() / append);
      }
    }

    void into(Findings findings) {
      Figure rate =
          Figure.of("durable commands", "commands/s", commands).wanting(Wanted.atLeast(6_000));
      findings.figures.add(rate);
      List<Figure> rates = new ArrayList<>(List.of(rate));
      if (!appends.isEmpty()) {
        Figure rows = Figure.of("baseline: single-row appends", "rows/s", appends);
        rates.add(rows);
        findings.figures.add(rows);
        findings.figures.add(Figure.of("commands / appends", "ratio", ratios));
      }
      findings.figures.add(Figure.of("answer, p50", "ms", p50));
      findings.figures.add(Figure.of("answer, p99", "ms", p99));
      if (!batches.isEmpty()) {
        findings.figures.add(Figure.of("events in a transaction, mean", "events", batches));
        findings.figures.add(Figure.of("transaction, mean", "ms", transactionMillis));
      }
      findings.figures.add(Figure.of("CPU of the client", "µs/request", clientCpu));
      findings.figures.add(Figure.of("CPU of the server's JVM", "µs/command", serverCpu));
      findings.figures.add(Figure.of("CPU of PostgreSQL", "µs/command", postgresCpu));
      findings.plots.add(Plot.bars("Commands and single-row appends a second", rates));
      findings.plots.add(Plot.timeline("Commands in each second", "commands/s", timeline));
      findings.plots.add(Plot.latencies("Time to the answer under full load", latency));
    }
  }
}
