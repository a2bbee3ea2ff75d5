package xalesin.query;

import static org.assertj.core.api.Assertions.assertThat;
import static xalesin.query.Reader.await;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import xalesin.schemas.ConsistencyToken;
import xalesin.schemas.StreamName;

/** Reads that must have seen a write. */
@ExtendWith(TestNode.Started.class)
class ConsistencyIT {
  private final TestNode node = TestNode.shared();
  private final TenantStory story = TenantStory.of("token", node::send);
  private final Reader reader = node.reader(story.tenant());

  private static String token(UUID item, long version) {
    return new ConsistencyToken(new StreamName(StreamName.INVENTORY_ITEMS, item), version).encode();
  }

  @Test
  void every_kind_of_read_waits_for_its_token() {
    UUID id = story.create("A-1", "Tea");
    List<String> paths =
        List.of(
            "/api/inventory-items/" + id,
            "/api/inventory-items?id=" + id,
            "/api/inventory-items?status=active",
            "/api/stock-movements?item=" + id);
    for (int round = 0; round < 50; round++) {
      for (String path : paths) {
        story.after(1).receive(id, 1);
        Answer answer = reader.getAfter(story, path).expect(200);
        assertThat(Long.parseLong(answer.requiredHeader("View-Sequence")))
            .as(path)
            .isEqualTo(story.item(id).version);
        switch (paths.indexOf(path)) {
          case 0 ->
              assertThat(answer.json().path("version").asLong()).isEqualTo(story.item(id).version);
          case 1, 2 ->
              assertThat(answer.json().path("items").get(0).path("version").asLong())
                  .isEqualTo(story.item(id).version);
          default -> assertThat(answer.total()).isEqualTo(story.movements().size());
        }
      }
    }
    story.receive(id, 1);
    assertThat(reader.getAfter(story, "/api/stock-movements/anchors?step=50").expect(200).total())
        .isEqualTo(story.movements().size());
  }

  @Test
  void a_wait_ends_when_a_later_event_comes() throws Exception {
    UUID id = story.create("A-1", "Tea");
    reader.getAfter(story, "/api/inventory-items/" + id).expect(200);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      double before = node.waiters();
      Future<Answer> waiting =
          threads.submit(
              () ->
                  reader.get(
                      "/api/inventory-items/" + id,
                      "Consistency-Token",
                      token(id, 3),
                      "Prefer",
                      "wait=30"));
      await().until(() -> node.waiters() > before);
      story.receive(id, 4);
      assertThat(waiting.isDone()).isFalse();
      story.receive(id, 5);
      Answer answer = waiting.get(Reader.PATIENCE.toSeconds(), TimeUnit.SECONDS).expect(200);
      assertThat(answer.json().path("onHand").asText()).isEqualTo("9");
      assertThat(answer.header("Preference-Applied")).isEqualTo("wait=30");
    }
  }

  @Test
  void a_write_that_does_not_come_in_time_is_said_so() {
    UUID id = story.create("A-1", "Tea");
    reader.getAfter(story, "/api/inventory-items/" + id).expect(200);
    for (String path :
        List.of(
            "/api/inventory-items/" + id,
            "/api/inventory-items?id=" + id,
            "/api/inventory-items",
            "/api/stock-movements/anchors")) {
      Answer answer = reader.get(path, "Consistency-Token", token(id, 2), "Prefer", "wait=1");
      assertThat(answer.problem(503, "not-yet-applied").path("detail").asText())
          .isEqualTo(
              "version 2 of inventory-items/%s was not applied within 1 s: the views have version 1"
                  .formatted(id));
      assertThat(answer.header("Retry-After")).isEqualTo("1");
    }
    reader
        .get("/api/inventory-items/" + id, "Consistency-Token", token(id, 2), "Prefer", "wait=0")
        .problem(503, "not-yet-applied");
    reader
        .get(
            "/api/inventory-items/" + id,
            "Consistency-Token",
            token(UUID.randomUUID(), 1),
            "Prefer",
            "wait=0")
        .problem(503, "not-yet-applied");
  }

  @Test
  void a_token_of_another_tenant_names_nothing_here() {
    TenantStory other = TenantStory.of("token", node::send);
    UUID id = other.create("A-1", "Tea");
    node.reader(other.tenant()).getAfter(other, "/api/inventory-items/" + id).expect(200);
    reader
        .get("/api/inventory-items", "Consistency-Token", other.token(), "Prefer", "wait=0")
        .problem(503, "not-yet-applied");
  }

  @Test
  void what_is_no_token_is_refused() {
    for (String token : List.of("", "x", "aW52ZW50b3J5", "%%%", "A".repeat(300))) {
      reader.get("/api/inventory-items", "Consistency-Token", token).problem(400, "bad-request");
    }
  }

  @Test
  void a_preference_is_applied_only_where_there_is_something_to_wait_for() {
    UUID id = story.create("A-1", "Tea");
    reader.getAfter(story, "/api/inventory-items/" + id).expect(200);
    assertThat(
            reader
                .get(
                    "/api/inventory-items", "Consistency-Token", story.token(), "Prefer", "wait=99")
                .expect(200)
                .header("Preference-Applied"))
        .isEqualTo("wait=30");
    assertThat(
            reader
                .get("/api/inventory-items/" + id, "Prefer", "wait=3")
                .expect(200)
                .header("Preference-Applied"))
        .isNull();
  }

  @Test
  void more_waiting_reads_than_a_node_bears_are_turned_away() throws Exception {
    UUID id = story.create("A-1", "Tea");
    reader.getAfter(story, "/api/inventory-items/" + id).expect(200);
    try (TestNode.Door narrow = node.doorWithWaiters(2);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Reader narrowReader = narrow.reader(story.tenant());
      List<Future<Answer>> waiting = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        waiting.add(
            threads.submit(
                () ->
                    narrowReader.get(
                        "/api/inventory-items",
                        "Consistency-Token",
                        token(id, 2),
                        "Prefer",
                        "wait=30")));
      }
      await().until(() -> narrow.waiters() == 2);
      narrowReader
          .get("/api/inventory-items", "Consistency-Token", token(id, 2))
          .problem(503, "too-many-waiting");
      narrowReader.get("/api/inventory-items").expect(200);
      narrowReader.get("/api/inventory-items", "Consistency-Token", token(id, 1)).expect(200);
      story.receive(id, 1);
      for (Future<Answer> answer : waiting) {
        answer.get(Reader.PATIENCE.toSeconds(), TimeUnit.SECONDS).expect(200);
      }
    }
  }
}
