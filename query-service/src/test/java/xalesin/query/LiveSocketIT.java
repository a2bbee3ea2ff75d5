package xalesin.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import xalesin.query.live.LiveConfig;

/** What is pushed over a WebSocket, to a client that others wrote: that of the JDK. */
@ExtendWith(TestNode.Started.class)
class LiveSocketIT {
  private static final Duration WITHIN = Duration.ofSeconds(90);
  private static final String ITEMS = "inventory-items";

  private TestNode node;

  @BeforeEach
  void takeNode() {
    node = TestNode.shared();
  }

  private static void until(Callable<Boolean> holds) {
    await().atMost(WITHIN).pollInterval(Duration.ofMillis(5)).until(holds);
  }

  private SocketClient open(String tenant) {
    return open(node.door(), tenant);
  }

  private static SocketClient open(TestNode.Door door, String tenant) {
    return SocketClient.open(door.port(), door.token(tenant, "listener", Duration.ofHours(1)));
  }

  private static List<JsonNode> items(Answer answer) {
    List<JsonNode> items = new ArrayList<>();
    answer.expect(200).json().path("items").forEach(items::add);
    return items;
  }

  @Test
  void many_subscriptions_of_one_socket_each_equal_a_fresh_read() {
    TenantStory story = TenantStory.of("socket-many", node::send);
    Reader reader = node.reader(story.tenant());
    List<UUID> ids = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      ids.add(story.create("SKU-" + i, "c" + i % 2));
    }
    try (SocketClient client = open(story.tenant())) {
      client
          .send("{'subscribe': {'as': 'all', 'views': 'inventory-items', 'window': 10}}")
          .send(
              "{'subscribe': {'as': 'first', 'views': ['inventory-items'], 'status': 'active',"
                  + " 'sort': '-updatedAt', 'limit': 3, 'window': '10'}}")
          .send(
              "{'subscribe': {'as': 'two', 'views': 'inventory-items', 'id': ['%s', '%s']}}"
                  .formatted(ids.get(0), ids.get(1)))
          .send("{'subscribe': {'as': 'figures', 'views': 'overview'}}");
      for (int round = 0; round < 8; round++) {
        story.receive(ids.get(round % 6), 1 + round);
        if (round == 4) {
          story.deactivate(ids.get(1));
        }
        List<JsonNode> all = items(reader.getAfter(story, "/api/" + ITEMS + "?limit=500&sort=sku"));
        Answer first =
            reader.getAfter(story, "/api/" + ITEMS + "?status=active&sort=-updatedAt&limit=3");
        List<JsonNode> two =
            items(
                reader.getAfter(
                    story, "/api/%s?id=%s,%s".formatted(ITEMS, ids.get(0), ids.get(1))));
        JsonNode figures = reader.getAfter(story, "/api/overview").expect(200).json();
        until(() -> Set.copyOf(client.rows("all", ITEMS)).equals(new HashSet<>(all)));
        until(() -> client.rows("first", ITEMS).equals(items(first)));
        until(() -> client.total("first", ITEMS) == first.total());
        until(() -> Set.copyOf(client.rows("two", ITEMS)).equals(new HashSet<>(two)));
        until(() -> client.rows("figures", "overview").equals(List.of(figures)));
      }
      assertThat(client.events("all")).startsWith("subscribed", "snapshot").contains("batch");
    }
  }

  @Test
  void who_resumes_gets_only_what_it_has_missed_and_who_cannot_is_reset() {
    TenantStory story = TenantStory.of("socket-resume", node::send);
    story.create("KEPT", "c");
    UUID changed = story.create("CHANGED", "c");
    node.reader(story.tenant()).getAfter(story, "/api/" + ITEMS + "/" + changed).expect(200);
    try (SocketClient stays = open(story.tenant())) {
      stays.send("{'subscribe': {'as': 'i', 'views': 'inventory-items'}}");
      until(() -> stays.rows("i", ITEMS).size() == 2);
      long last = stays.newest("snapshot").path("data").path("sequence").asLong();
      story.receive(changed, 5);
      until(() -> stays.events("i").contains("batch"));
      for (String message :
          List.of(
              "{'resume': %d}|{'subscribe': {'as': 'i', 'views': 'inventory-items'}}",
              "{'subscribe': {'as': 'i', 'views': 'inventory-items', 'since': %d}}")) {
        try (SocketClient back = open(story.tenant())) {
          message.formatted(last).transform(all -> List.of(all.split("\\|"))).forEach(back::send);
          until(() -> back.rows("i", ITEMS).size() == 1);
          assertThat(back.events("i")).containsExactly("subscribed", "batch");
          assertThat(back.newest("batch")).isEqualTo(stays.newest("batch"));
        }
      }
      try (SocketClient late = open(story.tenant())) {
        late.send("{'subscribe': {'as': 'i', 'views': 'inventory-items', 'since': 1}}");
        until(() -> late.rows("i", ITEMS).size() == 2);
        assertThat(late.events("i")).containsExactly("subscribed", "reset", "snapshot");
      }
    }
  }

  @Test
  void nothing_comes_for_what_is_unsubscribed_and_its_name_is_free() {
    TenantStory story = TenantStory.of("socket-unsubscribe", node::send);
    UUID id = story.create("A", "c");
    try (SocketClient client = open(story.tenant())) {
      client
          .send("{'subscribe': {'as': 'gone', 'views': 'inventory-items', 'window': 10}}")
          .send("{'subscribe': {'as': 'kept', 'views': 'inventory-items', 'window': 10}}");
      until(() -> client.rows("gone", ITEMS).size() == 1);
      until(() -> client.rows("kept", ITEMS).size() == 1);
      client.send("{'unsubscribe': 'gone'}");
      until(() -> client.events("gone").contains("unsubscribed"));
      story.receive(id, 1);
      until(() -> client.events("kept").contains("batch"));
      assertThat(client.events("gone")).endsWith("unsubscribed");
      client.send("{'subscribe': {'as': 'gone', 'views': 'parties'}}");
      until(() -> client.events("gone").getLast().equals("snapshot"));
      assertThat(client.events("gone")).endsWith("unsubscribed", "subscribed", "snapshot");
    }
  }

  @Test
  void what_cannot_be_done_is_answered_with_a_problem_and_the_socket_goes_on() {
    TenantStory story = TenantStory.of("socket-wrong", node::send);
    story.create("A", "c");
    List<String> wrong =
        List.of(
            "no json",
            "[]",
            "{'shout': 1}",
            "{'resume': -1}",
            "{'unsubscribe': 'nothing'}",
            "{'subscribe': {'views': 'inventory-items'}}",
            "{'subscribe': {'as': 'a b', 'views': 'inventory-items'}}",
            "{'subscribe': {'as': 'x', 'views': {'a': 1}}}",
            "{'subscribe': {'as': 'x', 'views': 'inventory-items', 'since': 'x'}}",
            "{'subscribe': {'as': 'x', 'views': 'nothing'}}",
            "{'subscribe': {'as': 'x', 'views': 'inventory-items', 'colour': 'red'}}",
            "{'subscribe': {'as': 'x', 'views': 'inventory-items', 'window': 5}}");
    try (SocketClient client = open(story.tenant())) {
      wrong.forEach(client::send);
      client.send("{'subscribe': {'as': 'right', 'views': 'inventory-items'}}");
      until(() -> client.rows("right", ITEMS).size() == 1);
      List<String> problems = new ArrayList<>(client.events(""));
      problems.addAll(client.events("x"));
      assertThat(problems).hasSize(wrong.size()).containsOnly("problem");
      assertThat(client.newest("problem").path("data").path("status").asInt()).isEqualTo(400);
      client.send("{'subscribe': {'as': 'right', 'views': 'parties'}}");
      until(() -> client.events("right").contains("problem"));
      for (int i = 0; i < 50; i++) {
        client.send("{'subscribe': {'as': 's%d', 'views': 'inventory-items'}}".formatted(i));
      }
      until(() -> client.events("s49").equals(List.of("problem")));
      assertThat(client.newest("problem").path("data").path("type").asText())
          .endsWith("too-many-subscriptions");
      assertThat(client.events("s48")).startsWith("subscribed");
    }
  }

  @Test
  void who_may_not_is_refused_before_the_upgrade() {
    try (TestNode.Door door = node.door(LiveConfig.standard().withConnections(9, 1))) {
      String token = "Bearer " + door.token("socket-refused", "one", Duration.ofHours(1));
      assertThat(refusal(door, "")).isEqualTo(401);
      assertThat(refusal(door, "?ticket=none")).isEqualTo(401);
      assertThat(refusal(door, "?views=parties", "Authorization", token)).isEqualTo(400);
      assertThat(refusal(door, "", "Authorization", token, "Origin", "https://elsewhere.example"))
          .isEqualTo(403);
      new Reader(door.port(), door.token("socket-refused", "one", Duration.ofHours(1)))
          .get("/api/live/ws")
          .problem(426, "upgrade-required");
      try (SocketClient first = SocketClient.open(door.port(), "", "Authorization", token)) {
        assertThat(refusal(door, "", "Authorization", token)).isEqualTo(429);
        assertThat(first.closeCode()).isZero();
      }
      until(() -> door.sum("live.connections") == 0);
    }
  }

  private static int refusal(TestNode.Door door, String query, String... headers) {
    CompletionException refused =
        catchThrowableOfType(
            CompletionException.class,
            () -> SocketClient.open(door.port(), query, headers).close());
    assertThat(refused).hasCauseInstanceOf(WebSocketHandshakeException.class);
    WebSocketHandshakeException cause =
        (WebSocketHandshakeException) Objects.requireNonNull(refused.getCause());
    return cause.getResponse().statusCode();
  }

  @Test
  void a_page_of_this_host_may_listen_with_a_ticket() throws Exception {
    TenantStory story = TenantStory.of("socket-ticket", node::send);
    story.create("A", "c");
    TestNode.Door door = node.door();
    String ticket = LiveAccessIT.ticket(door, story.tenant());
    String origin = "http://127.0.0.1:" + door.port();
    try (SocketClient client =
        SocketClient.open(door.port(), "?ticket=" + ticket, "Origin", origin)) {
      client.send("{'subscribe': {'as': 'i', 'views': 'inventory-items'}}");
      until(() -> client.rows("i", ITEMS).size() == 1);
      assertThat(refusal(door, "?ticket=" + ticket)).isEqualTo(401);
    }
  }

  @Test
  void a_quiet_socket_gets_signs_of_life_with_its_sequences() {
    TenantStory story = TenantStory.of("socket-ping", node::send);
    UUID id = story.create("A", "c");
    node.reader(story.tenant()).getAfter(story, "/api/" + ITEMS + "/" + id).expect(200);
    LiveConfig hasty = LiveConfig.standard().withTimes(Duration.ofMillis(1), Duration.ofMinutes(1));
    try (TestNode.Door door = node.door(hasty);
        SocketClient client = open(door, story.tenant())) {
      client.send("{'subscribe': {'as': 'i', 'views': 'inventory-items'}}");
      until(() -> client.newest("ping").path("data").path("sequences").path("i").asLong() > 0);
      assertThat(client.newest("ping").path("data").path("sequences").path("i"))
          .isEqualTo(client.newest("snapshot").path("data").path("sequence"));
    }
  }

  @Test
  void a_socket_is_closed_for_what_it_cannot_take() {
    try (SocketClient client = open("socket-binary")) {
      client.sendBytes(new byte[8]);
      until(() -> client.closeCode() == 1003);
    }
    try (SocketClient client = open("socket-large")) {
      client.send("{'subscribe': {'as': '" + "x".repeat(40_000) + "'}}");
      until(() -> client.closeCode() == 1009);
    }
  }

  @Test
  void a_socket_is_closed_when_its_token_ends_and_when_its_process_stops() {
    TestClock clock = new TestClock();
    try (TestNode.Door door = node.door(LiveConfig.standard(), clock)) {
      try (SocketClient client = open(door, "socket-expiry")) {
        clock.advance(Duration.ofHours(2));
        until(() -> client.closeCode() == 4401);
      }
      clock.advance(Duration.ofHours(-2));
      try (SocketClient client = open(door, "socket-stop")) {
        door.close();
        until(() -> client.closeCode() == 1001);
      }
    }
  }

  @Test
  void a_client_that_has_gone_gives_its_place_back_at_once() {
    // Nothing is written to it: only its going can be noticed.
    LiveConfig silent = LiveConfig.standard().withTimes(Duration.ofDays(1), Duration.ofDays(1));
    try (TestNode.Door door = node.door(silent);
        SocketClient cut = open(door, "socket-gone");
        SocketClient polite = open(door, "socket-gone")) {
      until(() -> door.sum("live.connections") == 2);
      cut.cut();
      until(() -> door.sum("live.connections") == 1);
      polite.sayGoodbye();
      until(() -> door.sum("live.connections") == 0);
      assertThat(polite.closeCode()).isEqualTo(1000);
    }
  }
}
