package xalesin.edge;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import xalesin.edge.HealthCheck.Status;

/**
 * Asks all checks side by side and waits for none longer than its patience. A check that hangs
 * holds one thread, not one per question: while it has not answered, it is not asked again.
 * Thread-safe.
 */
final class HealthChecks {
  private final Duration patience;
  private final List<Asked> checks = new ArrayList<>();

  private static final class Asked {
    final HealthCheck check;
    @Nullable FutureTask<Status> open;

    Asked(HealthCheck check) {
      this.check = check;
    }

    /** The question that is under way, or a new one. */
    synchronized FutureTask<Status> ask() {
      if (open == null || open.isDone()) {
        open = new FutureTask<>(check.status()::get);
        Thread.ofVirtual().name("health-" + check.name()).start(open);
      }
      return open;
    }
  }

  HealthChecks(List<HealthCheck> checks, Duration patience) {
    this.patience = patience;
    checks.forEach(check -> this.checks.add(new Asked(check)));
  }

  /** The status of each check by its name, in the order given. */
  Map<String, Status> ask() throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    Map<String, FutureTask<Status>> open = new LinkedHashMap<>();
    for (Asked asked : checks) {
      open.put(asked.check.name(), asked.ask());
    }
    Map<String, Status> statuses = new LinkedHashMap<>();
    for (Map.Entry<String, FutureTask<Status>> question : open.entrySet()) {
      statuses.put(question.getKey(), answer(question.getValue(), deadline - System.nanoTime()));
    }
    return statuses;
  }

  private Status answer(FutureTask<Status> question, long nanos) throws InterruptedException {
    try {
      return question.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      return HealthCheck.down("the check failed: " + e.getCause());
    } catch (TimeoutException e) {
      return HealthCheck.down("no answer within " + patience.toMillis() + " ms");
    }
  }
}
