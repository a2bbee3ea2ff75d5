package xalesin.cdc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** cdc in its own processes under write load, killed and paused. */
class CrashE2E {
  private static final int KILLS = 10;

  @Test
  void each_event_arrives_once_and_in_order_however_often_cdc_is_killed() throws Exception {
    long seed = Long.getLong("xalesin.seed", System.nanoTime());
    System.out.println("seed " + seed + " (-Dxalesin.seed=… repeats it)");
    Random random = new Random(seed);
    try (Road road = Road.open("killed")) {
      CdcProcess active = CdcProcess.start(road.config);
      CdcProcess standby = CdcProcess.start(road.config);
      try (Writers writers = Writers.start(road, seed)) {
        for (int kill = 0; kill < KILLS; kill++) {
          // Most kills hit a process that publishes, some one that starts or takes over.
          if (random.nextInt(4) > 0) {
            CdcProcess one = active;
            CdcProcess other = standby;
            await()
                .atMost(Road.PATIENCE)
                .until(() -> one.state().equals("active") || other.state().equals("active"));
          }
          awaitMore(writers, random.nextInt(200));
          if (standby.state().equals("active")) {
            CdcProcess swap = active;
            active = standby;
            standby = swap;
          }
          active.kill();
          active = standby;
          standby = CdcProcess.start(road.config);
        }
        awaitMore(writers, 100);
      } finally {
        try {
          road.assertExactlyOnce();
        } finally {
          active.close();
          standby.close();
        }
      }
    }
  }

  @Test
  void a_process_that_stood_still_is_replaced_and_changes_nothing_when_it_goes_on()
      throws Exception {
    try (Road road = Road.open("zombie");
        CdcProcess old = CdcProcess.start(road.config)) {
      old.awaitState("active");
      try (Writers writers = Writers.start(road, 1);
          CdcProcess next = CdcProcess.start(road.config).awaitState("standby")) {
        awaitMore(writers, 100);
        old.pause();
        next.awaitState("active");
        awaitMore(writers, 200);
        old.resume();
        old.awaitState("standby");
        assertThat(next.state()).isEqualTo("active");
        awaitMore(writers, 100);
        // And back: the one that was fenced can lead again.
        next.kill();
        old.awaitState("active");
        awaitMore(writers, 100);
      }
      road.assertExactlyOnce();
    }
  }

  private static void awaitMore(Writers writers, int transactions) {
    long target = writers.committed() + transactions;
    await().atMost(Road.PATIENCE).until(() -> writers.committed() >= target);
  }
}
