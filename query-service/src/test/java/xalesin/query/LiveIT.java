package xalesin.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import xalesin.query.live.LiveConfig;

/** Clients that apply what is pushed have what a fresh read answers. */
@ExtendWith(TestNode.Started.class)
class LiveIT {
  private static final Duration WITHIN = Duration.ofSeconds(90);
  private static final String ITEMS = "inventory-items";

  private TestNode node;

  @BeforeEach
  void takeNode() {
    node = TestNode.shared();
  }

  private LiveClient follow(String tenant, String question) {
    return new LiveClient(node.door()::port, token(tenant), "/api/live?views=" + question).start();
  }

  private String token(String tenant) {
    return node.door().token(tenant, "listener", Duration.ofHours(1));
  }

  private static List<JsonNode> items(Answer answer) {
    List<JsonNode> items = new ArrayList<>();
    answer.expect(200).json().path("items").forEach(items::add);
    return items;
  }

  private static Map<String, JsonNode> byId(List<JsonNode> rows) {
    Map<String, JsonNode> byId = new HashMap<>();
    rows.forEach(row -> byId.put(row.path("id").asText(), row));
    return byId;
  }

  /** What a question is checked against. */
  private record Checked(LiveClient client, String view, String list, boolean ordered) {
    /** The list as it is now, once the client has it too; also at every instant that both saw. */
    void equalsList(Reader reader, TenantStory story) {
      Answer answer = reader.getAfter(story, list);
      List<JsonNode> expected = items(answer);
      await()
          .atMost(WITHIN)
          .pollInterval(Duration.ofMillis(2))
          .untilAsserted(() -> assertThat(same(client.rows(view), expected)).as(list).isTrue());
      if (ordered) {
        await()
            .atMost(WITHIN)
            .pollInterval(Duration.ofMillis(2))
            .untilAsserted(() -> assertThat(client.total(view)).isEqualTo(answer.total()));
      }
    }

    /** Compares at the instant of a read that nobody waited for, when a frame was of it. */
    boolean equalsAtOneInstant(Reader reader) {
      Answer answer = reader.get(list);
      long sequence = Long.parseLong(answer.requiredHeader("View-Sequence"));
      List<JsonNode> then = client.rowsAt(sequence, view);
      if (then == null) {
        return false;
      }
      assertThat(same(then, items(answer))).as(list + " at " + sequence).isTrue();
      return true;
    }

    private boolean same(List<JsonNode> rows, List<JsonNode> expected) {
      return ordered ? rows.equals(expected) : byId(rows).equals(byId(expected));
    }
  }

  @Test
  void applied_frames_equal_a_fresh_read_through_random_changes_and_cuts() {
    int comparisons = Integer.getInteger("xalesin.live.comparisons", 240);
    long seed = Long.getLong("xalesin.live.seed", new Random().nextLong());
    Random random = new Random(seed);
    TenantStory story = TenantStory.of("live-random", node::send);
    Reader reader = node.reader(story.tenant());
    List<UUID> ids = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      ids.add(story.create("SKU-" + i, "c" + i % 3));
    }
    String two = ids.get(0) + "," + ids.get(1);
    List<Checked> all =
        List.of(
            checked(story, ITEMS, "window=10", "limit=500", false),
            checked(story, ITEMS, "status=active&sort=-updatedAt&limit=5&window=10", "", true),
            checked(story, ITEMS, "category=c1&limit=3&window=20", "", true),
            checked(story, ITEMS, "id=" + two + "&window=10", "id=" + two, false),
            checked(story, "stock-movements", "item=" + ids.get(2) + "&limit=4", "", true));
    try {
      int instants = 0;
      for (int done = 0; done < comparisons; ) {
        int burst = 1 + random.nextInt(6);
        for (int i = 0; i < burst; i++) {
          happen(story, ids, random);
          if (all.get(random.nextInt(all.size())).equalsAtOneInstant(reader)) {
            instants++;
            done++;
          }
        }
        if (random.nextInt(8) == 0) {
          all.get(random.nextInt(all.size())).client.cut();
        }
        for (Checked checked : all) {
          checked.equalsList(reader, story);
          done++;
        }
      }
      assertThat(instants).as("comparisons at one instant").isPositive();
    } catch (AssertionError e) {
      throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
    } finally {
      all.forEach(checked -> checked.client.close());
    }
  }

  private Checked checked(
      TenantStory story, String view, String question, String list, boolean ordered) {
    LiveClient client = follow(story.tenant(), view + "&" + question);
    String asked = list.isEmpty() ? question.replaceAll("&?window=\\d+", "") : list;
    return new Checked(client, view, "/api/" + view + "?" + asked, ordered);
  }

  private static void happen(TenantStory story, List<UUID> ids, Random random) {
    story.after(random.nextInt(3));
    UUID id = ids.get(random.nextInt(ids.size()));
    switch (random.nextInt(7)) {
      case 0 -> ids.add(story.create("NEW-" + ids.size(), "c" + random.nextInt(3)));
      case 1 -> story.recategorise(id, "c" + random.nextInt(3));
      case 2 -> story.deactivate(id);
      case 3 -> story.activate(id);
      case 4 -> {
        if (ids.size() > 8 && !id.equals(ids.get(2))) {
          ids.remove(id);
          story.delete(id);
        }
      }
      default -> story.receive(id, 1 + random.nextInt(9));
    }
  }

  @Test
  void who_comes_back_gets_only_what_it_has_missed() {
    TenantStory story = TenantStory.of("live-resume", node::send);
    UUID kept = story.create("KEPT", "c");
    UUID changed = story.create("CHANGED", "c");
    Reader reader = node.reader(story.tenant());
    reader.getAfter(story, "/api/" + ITEMS + "/" + kept).expect(200);
    try (LiveClient stays = follow(story.tenant(), ITEMS);
        LiveClient leaves = follow(story.tenant(), ITEMS)) {
      await().atMost(WITHIN).until(() -> stays.rows(ITEMS).size() == 2);
      await().atMost(WITHIN).until(() -> leaves.rows(ITEMS).size() == 2);
      String last = leaves.last();
      leaves.close();
      story.receive(changed, 5);
      await().atMost(WITHIN).until(() -> stays.events().contains("batch"));

      try (LiveClient back = follow(story.tenant(), ITEMS + "&since=" + last)) {
        await().atMost(WITHIN).until(() -> back.rows(ITEMS).size() == 1);
        assertThat(back.events()).contains("batch").doesNotContain("snapshot", "reset");
        assertThat(back.rows(ITEMS).getFirst().path("id").asText()).isEqualTo(changed.toString());
        assertThat(back.last()).isEqualTo(stays.last());
      }
    }
  }

  @Test
  void who_was_away_for_longer_than_the_log_reaches_is_reset_and_gets_all() {
    TenantStory story = TenantStory.of("live-reset", node::send);
    story.create("A", "c");
    UUID b = story.create("B", "c");
    node.reader(story.tenant()).getAfter(story, "/api/" + ITEMS + "/" + b).expect(200);
    try (LiveClient client = follow(story.tenant(), ITEMS + "&since=1")) {
      await().atMost(WITHIN).until(() -> client.rows(ITEMS).size() == 2);
      assertThat(client.events()).containsSubsequence("reset", "snapshot");
    }
  }

  @Test
  void tenants_hear_nothing_of_each_other() {
    TenantStory mine = TenantStory.of("live-mine", node::send);
    TenantStory theirs = TenantStory.of("live-theirs", node::send);
    UUID my = mine.create("MINE", "c");
    try (LiveClient client = follow(mine.tenant(), ITEMS + "&window=10")) {
      await().atMost(WITHIN).until(() -> client.rows(ITEMS).size() == 1);
      UUID other = theirs.create("THEIRS", "c");
      node.reader(theirs.tenant()).getAfter(theirs, "/api/" + ITEMS + "/" + other).expect(200);
      mine.receive(my, 7);
      await()
          .atMost(WITHIN)
          .until(() -> client.rows(ITEMS).getFirst().path("version").asInt() == 2);
      assertThat(client.rows(ITEMS)).hasSize(1);
    }
  }

  @Test
  void a_client_that_stops_reading_is_given_the_newest_state_and_holds_up_nobody() {
    TenantStory story = TenantStory.of("live-slow", node::send);
    UUID id = story.create("BUSY", "c");
    Reader reader = node.reader(story.tenant());
    try (TestNode.Door door = node.door(LiveConfig.standard());
        LiveClient slow = client(door, story.tenant());
        LiveClient quick = client(door, story.tenant())) {
      await().atMost(WITHIN).until(() -> slow.rows(ITEMS).size() == 1);
      await().atMost(WITHIN).until(() -> quick.rows(ITEMS).size() == 1);
      story.after(1).describe(id, "first", "");
      slow.stopReading();
      String large = "x".repeat(60_000);
      int changes = 0;
      while (superseded(door) == 0) {
        assertThat(++changes).as("frames until the buffers are full").isLessThan(2_000);
        story.after(1).describe(id, "name " + changes, large);
        int seen = changes + 2;
        await()
            .atMost(WITHIN)
            .pollInterval(Duration.ofMillis(2))
            .until(() -> version(quick) >= seen);
      }
      for (int i = 0; i < 20; i++) {
        story.after(1).describe(id, "later " + i, large);
      }
      story.after(1).describe(id, "newest", "");
      slow.goOnReading();
      JsonNode newest = reader.getAfter(story, "/api/" + ITEMS + "/" + id).json();
      await().atMost(WITHIN).until(() -> slow.rows(ITEMS).equals(List.of(newest)));
      await().atMost(WITHIN).until(() -> quick.rows(ITEMS).equals(List.of(newest)));
      assertThat(slow.connections()).isEqualTo(1);
    }
  }

  private static LiveClient client(TestNode.Door door, String tenant) {
    String token = door.token(tenant, "listener", Duration.ofHours(1));
    return new LiveClient(door::port, token, "/api/live?window=10&views=" + ITEMS).start();
  }

  private static double superseded(TestNode.Door door) {
    return door.registry().get("live.superseded").functionCounter().count();
  }

  private static int version(LiveClient client) {
    List<JsonNode> rows = client.rows(ITEMS);
    return rows.isEmpty() ? 0 : rows.getFirst().path("version").asInt();
  }

  @Test
  void a_quiet_connection_gets_signs_of_life() {
    TenantStory story = TenantStory.of("live-ping", node::send);
    story.create("QUIET", "c");
    LiveConfig hasty = LiveConfig.standard().withTimes(Duration.ofMillis(1), Duration.ofMinutes(1));
    try (TestNode.Door door = node.door(hasty);
        LiveClient client = client(door, story.tenant())) {
      await().atMost(WITHIN).until(() -> client.events().contains(": ping"));
      assertThat(client.answerHead()).contains("200 OK").contains("text/event-stream");
      assertThat(client.events()).contains("retry: 1000");
    }
  }

  @Test
  void the_overview_is_pushed_as_it_is_read() {
    TenantStory story = TenantStory.of("live-overview", node::send);
    UUID id = story.create("LOW", "c");
    Reader reader = node.reader(story.tenant());
    try (LiveClient client = follow(story.tenant(), "overview")) {
      story.receive(id, 3);
      JsonNode overview = reader.getAfter(story, "/api/overview").json();
      await().atMost(WITHIN).until(() -> client.rows("overview").equals(List.of(overview)));
    }
  }

  @Test
  void a_connection_ends_when_its_token_does() {
    TenantStory story = TenantStory.of("live-expiry", node::send);
    story.create("SHORT", "c");
    TestClock clock = new TestClock();
    try (TestNode.Door door = node.door(LiveConfig.standard(), clock);
        LiveClient client = client(door, story.tenant())) {
      await().atMost(WITHIN).until(() -> client.rows(ITEMS).size() == 1);
      clock.advance(Duration.ofHours(2));
      await().atMost(WITHIN).until(() -> client.answerHead().contains(" 401 "));
    }
  }

  @Test
  void more_connections_than_a_limit_are_refused() {
    TenantStory story = TenantStory.of("live-limit", node::send);
    // Nothing is written to who is quiet, so that its going can only be noticed by itself.
    LiveConfig few =
        LiveConfig.standard()
            .withConnections(2, 1)
            .withTimes(Duration.ofDays(1), Duration.ofDays(1));
    try (TestNode.Door door = node.door(few)) {
      String path = "/api/live?views=" + ITEMS;
      String one = door.token(story.tenant(), "one", Duration.ofHours(1));
      String two = door.token(story.tenant(), "two", Duration.ofHours(1));
      try (LiveClient first = new LiveClient(door::port, one, path).start()) {
        await().atMost(WITHIN).until(() -> first.events().contains("snapshot"));
        new Reader(door.port(), one).get(path).problem(429, "too-many-connections");
        try (LiveClient second = new LiveClient(door::port, two, path).start()) {
          await().atMost(WITHIN).until(() -> second.events().contains("snapshot"));
          String three = door.token(story.tenant(), "three", Duration.ofHours(1));
          new Reader(door.port(), three).get(path).problem(429, "too-many-connections");
        }
      }
      LiveClient again = new LiveClient(door::port, one, path).start();
      try (again) {
        await().atMost(WITHIN).until(() -> again.events().contains("snapshot"));
      }
    }
  }

  @Test
  void what_cannot_be_followed_is_refused_before_the_answer_begins() {
    Reader reader = node.reader("live-refused");
    assertThat(reader.get("/api/live").problem(400, "bad-request").path("detail").asText())
        .contains("views");
    reader.get("/api/live?views=nothing").problem(400, "bad-request");
    reader.get("/api/live?views=" + ITEMS + "&window=5").problem(400, "bad-request");
    reader.get("/api/live?views=" + ITEMS + "&since=x").problem(400, "bad-request");
    reader.get("/api/live?views=" + ITEMS + "&colour=red").problem(400, "unknown-parameter");
    reader.get("/api/live?views=" + ITEMS + ",parties&limit=5").problem(400, "unknown-parameter");
    reader.get("/api/live?views=" + ITEMS + "&sort=price").problem(400, "not-served");
    reader.get("/api/live?views=" + ITEMS + "&id=7").problem(400, "bad-request");
    reader
        .get("/api/live?views=" + ITEMS, "Origin", "https://elsewhere.example")
        .problem(403, "origin-not-allowed");
  }
}
