package xalesin.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import xalesin.query.live.LiveConfig;

/** What is measured while changes are pushed. */
@ExtendWith(TestNode.Started.class)
class LiveMetricsIT {
  private static final Duration WITHIN = Duration.ofSeconds(90);
  private static final String ITEMS = "inventory-items";

  @Test
  void frames_are_counted_once_for_all_and_once_for_each_who_gets_them() {
    TestNode node = TestNode.shared();
    TenantStory story = TenantStory.of("live-metrics", node::send);
    UUID id = story.create("COUNTED", "c");
    Reader reader = node.reader(story.tenant());
    reader.getAfter(story, "/api/" + ITEMS + "/" + id).expect(200);
    String path = "/api/live?window=1000&views=" + ITEMS;
    try (TestNode.Door door = node.door(LiveConfig.standard())) {
      String token = door.token(story.tenant(), "listener", Duration.ofHours(1));
      try (LiveClient stream = new LiveClient(door::port, token, path).start();
          SocketClient socket = SocketClient.open(door.port(), token)) {
        socket.send("{'subscribe': {'as': 'i', 'views': 'inventory-items', 'window': 1000}}");
        await().atMost(WITHIN).until(() -> stream.rows(ITEMS).size() == 1);
        await().atMost(WITHIN).until(() -> socket.rows("i", ITEMS).size() == 1);
        for (int i = 0; i < 6; i++) {
          story.receive(id, 1);
        }
        var newest = List.of(reader.getAfter(story, "/api/" + ITEMS + "/" + id).json());
        await().atMost(WITHIN).until(() -> stream.rows(ITEMS).equals(newest));
        await().atMost(WITHIN).until(() -> socket.rows("i", ITEMS).equals(newest));

        double batches = door.sum("live.batches");
        assertThat(batches).isBetween(1.0, 6.0);
        assertThat(door.sum("live.events")).isEqualTo(6);
        assertThat(door.sum("live.rows")).isEqualTo(batches);
        assertThat(door.sum("live.frames")).isEqualTo(2 + 2 * batches);
        assertThat(door.sum("live.bytes")).isGreaterThan(newest.toString().length() * 2.0);
        assertThat(door.sum("live.subscriptions")).isEqualTo(1);
        assertThat(door.sum("live.connections")).isEqualTo(2);
        for (String name : List.of("live.window.delay", "live.age")) {
          Timer timer = door.registry().get(name).timer();
          assertThat(timer.count()).as(name).isEqualTo((long) batches);
        }
        assertThat(door.registry().scrape())
            .contains(
                "live_superseded_total 0",
                "live_stalled_total 0",
                "live_resets_total 0",
                "live_refused_total 0");
      }
    }
  }
}
