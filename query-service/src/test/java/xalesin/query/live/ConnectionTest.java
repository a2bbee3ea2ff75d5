package xalesin.query.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A client that follows several questions on one connection and stops taking what it is sent. */
class ConnectionTest {
  private static final Duration WITHIN = Duration.ofSeconds(30);
  private static final UUID ROW = new UUID(7, 7);

  private final TestHub rig = new TestHub();
  private final TestPush client = new TestPush();

  @AfterEach
  void close() {
    rig.close();
  }

  private static void until(Callable<Boolean> condition) {
    await().atMost(WITHIN).pollInterval(Duration.ofMillis(2)).until(condition);
  }

  private void follow(String... names) {
    Connection connection = rig.connect(client);
    for (String name : names) {
      Question question =
          new Question(name, TestHub.WINDOW, List.of(new RowsPart(MemoryViews.VIEW, null)));
      rig.follow(connection, name, TestHub.asked(question), -1);
    }
    until(() -> client.messages().size() == names.length);
    assertThat(client.messages()).allMatch(message -> message.contains("\"event\":\"snapshot\""));
  }

  private boolean has(String name, String row) {
    return client.messages().stream()
        .anyMatch(
            message -> message.startsWith("{\"as\":\"" + name + "\"") && message.contains(row));
  }

  private void untilSuperseded(int frames) {
    until(() -> rig.count("live.superseded") == frames);
  }

  @Test
  void of_each_question_one_frame_waits_and_the_newest_state_comes_in_its_place() {
    rig.views.put(ROW, "{\"n\":0}");
    follow("a", "b", "c");
    client.stopTaking();
    rig.views.put(ROW, "{\"n\":1}");
    until(() -> rig.count("live.batches") == 3);
    rig.settle();
    // The one that is under way has room for one more, the others have one waiting already.
    rig.views.put(ROW, "{\"n\":2}");
    untilSuperseded(2);
    rig.views.put(ROW, "{\"n\":3}");
    untilSuperseded(3);
    rig.views.put(ROW, "{\"n\":4}");
    rig.settle();
    assertThat(client.messages()).hasSize(3);

    client.goOnTaking();
    until(() -> has("a", "{\"n\":4}") && has("b", "{\"n\":4}") && has("c", "{\"n\":4}"));
    assertThat(client.messages())
        .hasSize(7)
        .noneMatch(message -> message.contains("{\"n\":2}") || message.contains("{\"n\":3}"));
  }

  @Test
  void what_waits_for_a_connection_is_bounded_over_all_of_its_questions() {
    rig.views.put(ROW, "{\"n\":0}");
    follow("a", "b", "c", "d");
    client.stopTaking();
    String large = "{\"n\":\"" + "x".repeat(600_000) + "\"}";
    rig.views.put(ROW, large);
    // One is under way, one waits, and a second one beside it would be more than a mebibyte.
    untilSuperseded(2);
    client.goOnTaking();
    until(() -> has("a", large) && has("b", large) && has("c", large) && has("d", large));
  }
}
