package xalesin.standalone.chaos;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import xalesin.edge.LocalKeys;
import xalesin.edge.Role;

/**
 * {@code ./xalesin up}, killed with SIGKILL at random moments under load and started again on the
 * same data. {@code -Dxalesin.seed=…} repeats a run, {@code -Dxalesin.kills=…} makes it longer.
 */
class WholeProcessKillE2E {
  private static final int KILLS = Integer.getInteger("xalesin.kills", 8);
  private static final int CLIENTS = 4;

  /** A kill comes at one of the first; the others meet what is left and what comes back. */
  private static final int BEFORE_KILL = 250;

  private static final int COMMANDS = 400;
  private static final Duration READY = Duration.ofMinutes(5);

  @TempDir private Path folder;

  @Test
  void what_was_acknowledged_survives_every_kill_exactly_once() throws Exception {
    long seed = Long.getLong("xalesin.seed", System.nanoTime());
    System.out.println("WholeProcessKillE2E seed " + seed);
    Random random = new Random(seed);
    Path data = folder.resolve("data");
    UpProcess running = UpProcess.start(folder, data, 0);
    LocalKeys keys = LocalKeys.load(data.resolve(LocalKeys.FILE));
    AtomicReference<URI> api = new AtomicReference<>(running.http());
    Map<String, String> clerks = new HashMap<>();
    for (String tenant : List.of("kill-one", "kill-two", "kill-three")) {
      clerks.put(tenant, keys.sign(tenant, "clerk", List.of(Role.CLERK), Duration.ofHours(1)));
    }
    try (StockWorkload workload = new StockWorkload(api::get, clerks)) {
      Reconciliation reconciliation =
          new Reconciliation(workload, tenant -> requireNonNull(clerks.get(tenant)));
      workload.createItems(3, random);
      for (int kill = 1; kill <= KILLS; kill++) {
        workload.start(CLIENTS, COMMANDS, random.nextLong());
        awaitMoreAnswers(workload, 1 + random.nextInt(BEFORE_KILL));
        running.process().kill();
        running = UpProcess.start(folder, data, 0);
        api.set(running.http());
        workload.pause();
        reconciliation.check(
            running.ready().path("postgres").asText(),
            running.ready().path("kafka").asText(),
            running.http());
      }
      assertThat(workload.count()).isGreaterThan(KILLS);
    } finally {
      running.process().stop();
    }
  }

  private static void awaitMoreAnswers(StockWorkload workload, int more) {
    long target = workload.count() + more;
    Awaitility.await().atMost(READY).until(() -> workload.count() >= target);
  }
}
