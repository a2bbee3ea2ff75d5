package xalesin.query.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import xalesin.edge.ProblemException;
import xalesin.projection.TenantViews;

/** Who follows what, and what it takes to begin to. */
class RegisterTest {
  private final TestHub rig = new TestHub();

  @AfterEach
  void close() {
    rig.close();
  }

  private static Question whole(String text) {
    return new Question(text, TestHub.WINDOW, TestHub.whole().parts());
  }

  private Question checked(String text) {
    Question whole = whole(text);
    try (TenantViews at = rig.views.snapshot(MemoryViews.TENANT)) {
      whole.parts().forEach(part -> part.bytes(at));
    }
    return whole;
  }

  private Topic follow(String text) {
    return rig.hub.register().follow(MemoryViews.TENANT, new Asked(text, () -> checked(text)));
  }

  @Test
  void whether_a_whole_view_can_be_followed_is_said_without_reading_its_rows_into_memory() {
    rig.views.put(new UUID(0, 1), "{}");
    follow("whole");
    assertThat(rig.views.wholes()).isZero();
    rig.views.put(new UUID(0, 2), "\"" + "x".repeat((int) RowsPart.MAX_BYTES) + '"');
    assertThatThrownBy(() -> follow("another"))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("more than 4194304 bytes");
  }

  @Test
  void a_question_that_takes_long_to_be_made_holds_up_nobody_and_is_followed_once()
      throws Exception {
    int clients = 8;
    CountDownLatch begun = new CountDownLatch(clients);
    CountDownLatch goOn = new CountDownLatch(1);
    Asked slow =
        new Asked(
            "slow",
            () -> {
              begun.countDown();
              TestHub.awaitLatch(goOn);
              return whole("slow");
            });
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Topic>> topics = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        topics.add(threads.submit(() -> rig.hub.register().follow(MemoryViews.TENANT, slow)));
      }
      TestHub.awaitLatch(begun);
      Topic other = follow("other");
      goOn.countDown();
      Topic first = topics.getFirst().get();
      for (Future<Topic> topic : topics) {
        assertThat(topic.get()).isSameAs(first).isNotSameAs(other);
      }
      assertThat(rig.hub.register().topics()).containsExactlyInAnyOrder(first, other);
      for (int i = 0; i < clients; i++) {
        rig.hub.register().exit(MemoryViews.TENANT, first);
      }
      assertThat(rig.hub.register().topics()).containsExactly(other);
    }
  }

  @Test
  void a_tenant_follows_so_many_questions_and_may_follow_another_once_one_is_free() {
    List<Topic> topics = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      topics.add(follow("question " + i));
    }
    follow("question 499");
    assertThatThrownBy(() -> follow("one more"))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("500 different questions");
    rig.hub.register().exit(MemoryViews.TENANT, topics.getLast());
    assertThatThrownBy(() -> follow("one more")).isInstanceOf(ProblemException.class);
    rig.hub.register().exit(MemoryViews.TENANT, topics.getLast());
    follow("one more");
  }
}
