package xalesin.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import xalesin.bench.inventory.Reads;
import xalesin.bench.inventory.Tenant;
import xalesin.bench.load.Load;
import xalesin.bench.load.LoadClient;
import xalesin.bench.load.Outcome;
import xalesin.bench.report.Figure;
import xalesin.bench.report.Figure.Wanted;
import xalesin.bench.stack.Stack;
import xalesin.edge.Role;

/** What a tenant that asks for ten times its limit does to another that keeps to its own. */
final class FairnessRuns {
  private static final String QUIET = "bench-quiet";
  private static final String NOISY = "bench-noisy";

  /** Of the noisy tenant, requests a second; the quiet one asks as often. */
  private static final int LIMIT = 200;

  private static final int TIMES = 10;
  private static final int BYTES = 1_000;

  /** Enough that nobody waits for a free one. */
  private static final int CONNECTIONS = 32;

  private static final int WARM_UP_SHARE = 2;

  private FairnessRuns() {}

  static String method() {
    return "Fairness: a tenant sends "
        + LIMIT
        + " requests/s (Poisson arrivals, every time from the intended sending), alone and beside"
        + " another that sends "
        + TIMES
        + " times the "
        + LIMIT
        + "/s that its policy allows, in turns.";
  }

  static void measure(Session session, Findings findings) throws Exception {
    Path data = session.data().resolveSibling("fairness");
    Files.createDirectories(data);
    Files.writeString(
        data.resolve("limits.json"),
        "{\"tenants\": {\"%s\": {\"tenant\": {\"read\": \"%d/1s\"}}}}".formatted(NOISY, LIMIT),
        StandardCharsets.US_ASCII);
    Duration length = Duration.ofSeconds(session.options.seconds(10));
    try (Stack stack = session.launcher.up(data, List.of("--bench-routes", "--no-demo"));
        LoadClient quiet = client(stack, data, QUIET);
        LoadClient noisy = client(stack, data, NOISY)) {
      session.warmUp("quiet tenant", quiet, WARM_UP_SHARE);
      session.warmUp("noisy tenant", noisy, WARM_UP_SHARE);
      List<Double> alone = new ArrayList<>();
      List<Double> beside = new ArrayList<>();
      List<Double> ratios = new ArrayList<>();
      List<Double> admitted = new ArrayList<>();
      for (int run = 1; run <= session.options.runs(); run++) {
        Load load = Load.poisson(LIMIT, length, session.options.seed + run);
        alone.add(p99(findings.keep("quiet tenant alone " + run, quiet.run(load))));
        FutureTask<Outcome> noise =
            inBackground(() -> noisy.run(Load.constant((double) LIMIT * TIMES, length)));
        beside.add(p99(findings.keep("quiet tenant beside the noisy " + run, quiet.run(load))));
        Outcome pressed = await(noise, length);
        ratios.add(beside.getLast() / alone.getLast());
        admitted.add(pressed.completed() / pressed.seconds());
        session.say(
            "run %d: p99 %.2f ms alone, %.2f ms beside; %.0f/s of the noisy tenant admitted",
            run, alone.getLast(), beside.getLast(), admitted.getLast());
      }
      findings.figures.add(Figure.of("quiet tenant alone: p99", "ms", alone));
      findings.figures.add(Figure.of("quiet tenant beside a noisy one: p99", "ms", beside));
      findings.figures.add(
          Figure.of("quiet tenant's p99, beside / alone", "ratio", ratios)
              .wanting(Wanted.atMost(1.5)));
      findings.figures.add(
          Figure.of("noisy tenant: admitted of " + LIMIT * TIMES + "/s", "requests/s", admitted));
    }
  }

  private static double p99(Outcome outcome) {
    return outcome.exchange().getValueAtPercentile(99) / 1e6;
  }

  private static LoadClient client(Stack stack, Path data, String tenant) throws IOException {
    Tenant who = Tenant.of(stack.http(), tenant, Session.token(data, tenant, "bench", Role.ADMIN));
    return new LoadClient(stack.http(), CONNECTIONS, 1, Reads.constants(who, BYTES));
  }

  private static FutureTask<Outcome> inBackground(Callable<Outcome> load) {
    FutureTask<Outcome> task = new FutureTask<>(load);
    Thread.ofPlatform().name("noisy-tenant").daemon(true).start(task);
    return task;
  }

  private static Outcome await(FutureTask<Outcome> task, Duration length)
      throws InterruptedException, TimeoutException, ExecutionException {
    Duration most = length.plus(LoadClient.DRAIN_LIMIT).plusMinutes(1);
    return task.get(most.toMillis(), TimeUnit.MILLISECONDS);
  }
}
