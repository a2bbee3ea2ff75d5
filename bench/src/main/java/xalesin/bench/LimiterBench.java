package xalesin.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import xalesin.bench.inventory.Reads;
import xalesin.bench.inventory.Tenant;
import xalesin.bench.limits.LimiterCost;
import xalesin.bench.load.Load;
import xalesin.bench.load.LoadClient;
import xalesin.bench.load.Outcome;
import xalesin.bench.report.Figure;
import xalesin.bench.report.Plot;
import xalesin.bench.stack.Stack;
import xalesin.edge.Role;

/** What counting requests costs. */
final class LimiterBench implements Bench {
  private static final String TENANT = "bench-01";
  private static final int BYTES = 1_000;
  private static final int WARM_UP_ITERATIONS = 3;

  @Override
  public String name() {
    return "limiter";
  }

  @Override
  public String question() {
    return "What does the rate limiter cost a request, and does it keep tenants apart?";
  }

  @Override
  public String baseline() {
    return "the same constant answer from a server without limits in the same run";
  }

  @Override
  public List<String> method() {
    return List.of(
        "Nanoseconds: JMH, a JVM of its own for each figure, one-second iterations; one call"
            + " charges a caller and its tenant and makes the texts of the headers.",
        "Requests a second: closed loop on a constant answer of "
            + BYTES
            + " bytes; two servers run side by side, one with limits that nobody reaches and one"
            + " without, and take turns.",
        FairnessRuns.method());
  }

  @Override
  public void measure(Session session, Findings findings) throws Exception {
    if (session.options.url != null) {
      throw new IllegalArgumentException("limiter starts its own servers: leave out --url");
    }
    cost(session, findings);
    throughput(session, findings);
    session.stopStack();
    FairnessRuns.measure(session, findings);
  }

  private static void cost(Session session, Findings findings) throws RunnerException {
    int processors = Runtime.getRuntime().availableProcessors();
    for (int threads : new TreeSet<>(List.of(1, processors))) {
      session.say("JMH on %d threads", threads);
      var options =
          new OptionsBuilder()
              .include(LimiterCost.class.getName() + "\\.")
              .forks(1)
              .threads(threads)
              .warmupIterations(WARM_UP_ITERATIONS)
              .warmupTime(TimeValue.seconds(1))
              .measurementIterations(session.options.runs())
              .measurementTime(TimeValue.seconds(1))
              .verbosity(VerboseMode.SILENT)
              .shouldFailOnError(true)
              .build();
      for (RunResult result : new Runner(options).run()) {
        List<Double> nanos = new ArrayList<>();
        result
            .getAggregatedResult()
            .getIterationResults()
            .forEach(iteration -> nanos.add(iteration.getPrimaryResult().getScore()));
        String what = result.getPrimaryResult().getLabel() + ", threads: " + threads;
        findings.figures.add(Figure.of(what, "ns/request", nanos));
      }
    }
  }

  private static void throughput(Session session, Findings findings) throws Exception {
    Duration length = session.runLength(findings, session.options.connections(), 10);
    List<Double> with = new ArrayList<>();
    List<Double> without = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    var otherData = session.data().resolveSibling("without-limits");
    Stack limited = session.stack("--bench-routes");
    try (Stack free =
            session.launcher.up(otherData, List.of("--bench-routes", "--no-demo", "--no-limits"));
        LoadClient onLimited = client(session, limited, session.data());
        LoadClient onFree = client(session, free, otherData)) {
      session.warmUp("with limits", onLimited, 2);
      session.warmUp("without", onFree, 2);
      for (int run = 1; run <= session.options.runs(); run++) {
        Outcome a = findings.keep("with limits " + run, onLimited.run(Load.closed(length)));
        Outcome b = findings.keep("without limits " + run, onFree.run(Load.closed(length)));
        with.add(a.perSecondRate());
        without.add(b.perSecondRate());
        ratios.add(a.perSecondRate() / Math.max(1, b.perSecondRate()));
        session.say("run %d: %.0f/s with, %.0f/s without", run, with.getLast(), without.getLast());
      }
    }
    List<Figure> rates =
        List.of(
            Figure.of("with limits", "requests/s", with),
            Figure.of("baseline: without limits", "requests/s", without));
    findings.figures.addAll(rates);
    findings.figures.add(Figure.of("with / without", "ratio", ratios));
    findings.plots.add(Plot.bars("Requests a second", rates));
  }

  private static LoadClient client(Session session, Stack stack, Path data)
      throws IOException, InterruptedException {
    Tenant tenant =
        Tenant.of(stack.http(), TENANT, Session.token(data, TENANT, "bench", Role.ADMIN));
    return new LoadClient(
        stack.http(), session.options.connections(), 1, Reads.constants(tenant, BYTES));
  }
}
