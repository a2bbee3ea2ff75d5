package xalesin.query.live;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import xalesin.edge.Push;

/** Connections are looked after, whatever happens to one of them. */
class LiveHubTest {
  private static final Duration WITHIN = Duration.ofSeconds(30);

  @Test
  void tokens_end_connections_also_after_an_error_with_one_of_them() {
    try (TestHub rig = new TestHub()) {
      rig.connect(new TestPush().failingToEnd(), 0);
      TestPush second = new TestPush();
      rig.connect(second, 0);
      await().atMost(WITHIN).until(() -> second.ending() == Push.Ending.EXPIRED);
      rig.connect(new TestPush().failingToEnd(), 0);
      TestPush later = new TestPush();
      rig.connect(later, 0);
      await().atMost(WITHIN).until(() -> later.ending() == Push.Ending.EXPIRED);
    }
  }
}
