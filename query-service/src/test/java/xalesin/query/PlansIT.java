package xalesin.query;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;
import xalesin.edge.Role;

/** How an answer was read: told to administrators who ask, and in the log when it took long. */
@ExtendWith(TestNode.Started.class)
class PlansIT {
  private static final String LIST = "/api/inventory-items?category=Tea,Salt&limit=1";

  private final TestNode node = TestNode.shared();
  private final TenantStory story = TenantStory.of("plans", node::send);

  @Test
  void an_administrator_is_told_which_index_was_read_and_how_much_of_it() {
    UUID id = story.create("A-1", "Tea");
    story.create("A-2", "Tea");
    story.create("B-1", "Salt");
    try (TestNode.Door door = node.door(config -> config, InstantSource.system())) {
      Reader admin = door.reader(story.tenant(), Role.ADMIN);
      Answer answer = admin.getAfter(story, LIST, "Prefer", "explain").expect(200);
      assertThat(answer.header("Query-Plan"))
          .isEqualTo(
              "scan;index=\"inventory-items.by-category\";times=2;entries=3;rows=2, "
                  + "count;index=\"inventory-items.by-category\";times=2;entries=0;rows=0");
      assertThat(answer.header("Cache-Status")).startsWith("xalesin; fwd=request");
      assertThat(answer.response().headers().allValues("Preference-Applied")).contains("explain");
      assertThat(answer.total()).isEqualTo(3);
      assertThat(
              admin
                  .get("/api/inventory-items/" + id, "Prefer", "wait=1, Explain")
                  .expect(200)
                  .header("Query-Plan"))
          .isEqualTo("row;index=\"inventory-items\";times=1;entries=0;rows=1");
      assertThat(
              admin
                  .get("/api/search?q=item&types=inventory-items", "Prefer", "explain")
                  .expect(200)
                  .header("Query-Plan"))
          .startsWith("search;index=\"inventory-items\";times=1;");
      assertThat(admin.get(LIST).expect(200).header("Query-Plan")).isNull();
    }
  }

  @Test
  void nobody_else_is() {
    story.create("A-1", "Tea");
    for (Role role : List.of(Role.VIEWER, Role.CLERK, Role.ACCOUNTANT)) {
      try (TestNode.Door door = node.door(config -> config, InstantSource.system())) {
        Answer answer =
            door.reader(story.tenant(), role).getAfter(story, LIST, "Prefer", "explain");
        assertThat(answer.expect(200).header("Query-Plan")).isNull();
      }
    }
  }

  @Test
  void slow_reads_are_told_of_with_their_plan_and_without_values() {
    Logger log = (Logger) LoggerFactory.getLogger(SlowReads.class);
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    log.addAppender(lines);
    story.create("A-1", "Tea");
    try (TestNode.Door door =
        node.door(config -> config.withSlow(Duration.ZERO), InstantSource.system())) {
      door.reader(story.tenant()).getAfter(story, LIST).expect(200);
      assertThat(door.sum("query.slow")).isPositive();
      assertThat(lines.list.getFirst().getFormattedMessage())
          .startsWith("slow read: ")
          .contains(" for /api/inventory-items with [category, limit]: scan;index=")
          .doesNotContain("Tea");
    } finally {
      log.detachAppender(lines);
    }
  }
}
