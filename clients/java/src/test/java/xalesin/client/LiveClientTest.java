package xalesin.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a client does with what a server, or what stands between, does to it. */
class LiveClientTest {
  private static final Duration WITHIN = Duration.ofSeconds(30);
  private static final LiveQuestion ITEMS = LiveQuestion.views("items");

  private ScriptedServer server;
  private LiveClient client;

  @BeforeEach
  void start() throws Exception {
    server = new ScriptedServer();
    client = client(Duration.ofSeconds(60), Duration.ofSeconds(60));
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  private LiveClient client(Duration stall, Duration offline) {
    return LiveClient.of(
        LiveClientConfig.of(server.uri(), TokenSource.of("secret"))
            .withTimes(stall, offline, Duration.ofMillis(20))
            .withMaxFrameBytes(4 << 10));
  }

  /** Nothing is asked for until all of it is done, however slow the machine. */
  private static void together(LiveClient client, Runnable subscriptions) {
    synchronized (client) {
      subscriptions.run();
    }
  }

  private static String change(String view, String rest) {
    return "{\"view\":\"%s\",%s}".formatted(view, rest);
  }

  private static String rows(String view, String... rows) {
    return change(view, "\"upserts\":[%s],\"deletes\":[]".formatted(String.join(",", rows)));
  }

  private static String list(int total, String order, String... rows) {
    return change(
        "orders",
        "\"upserts\":[%s],\"deletes\":[],\"order\":[%s],\"total\":%d"
            .formatted(String.join(",", rows), order, total));
  }

  private static String row(String id, int n) {
    return "{\"id\":\"%s\",\"n\":%d}".formatted(id, n);
  }

  @Test
  void equal_questions_share_one_connection_and_the_last_to_leave_ends_it() throws Exception {
    Recorder one = new Recorder();
    Recorder two = new Recorder();
    Recorder late = new Recorder();
    LiveSubscription first = client.subscribe(ITEMS, one);
    LiveSubscription second = client.subscribe(LiveQuestion.views("items"), two);
    ScriptedServer.Asked asked = server.next().open();
    assertThat(asked.query()).isEqualTo("views=items");
    assertThat(asked.header("Authorization")).isEqualTo("Bearer secret");
    assertThat(asked.header("Last-Event-ID")).isNull();
    asked.frame("snapshot", 3, rows("items", row("a", 1), row("b", 1)));
    one.awaitChanges("3: items +a=1 +b=1;");
    two.awaitChanges("3: items +a=1 +b=1;");
    LiveSubscription third = client.subscribe(ITEMS, late);
    late.awaitChanges("3: items +a=1 +b=1;");
    asked.frame(
        "batch", 4, change("items", "\"upserts\":[" + row("a", 2) + "],\"deletes\":[\"b\"]"));
    one.awaitChanges("3: items +a=1 +b=1;", "4: items +a=2 -b;");
    late.awaitChanges("3: items +a=1 +b=1;", "4: items +a=2 -b;");
    assertThat(one.rows("items")).isEqualTo("[a=2] of 1");
    first.close();
    second.close();
    assertThat(asked.isGone()).isFalse();
    assertThat(client.statistics().connections()).isOne();
    third.close();
    await().atMost(WITHIN).until(asked::isGone);
    assertThat(client.statistics().connections()).isZero();
    assertThat(third.connection()).isEqualTo(ConnectionState.CLOSED);
    assertThat(server.hasMore()).isFalse();
  }

  @Test
  void views_asked_together_share_a_connection_and_each_listener_gets_its_own() throws Exception {
    Recorder items = new Recorder();
    Recorder orders = new Recorder();
    Recorder both = new Recorder();
    together(
        client,
        () -> {
          client.subscribe(ITEMS, items);
          client.subscribe(LiveQuestion.views("orders"), orders);
        });
    ScriptedServer.Asked asked = server.next().open();
    assertThat(asked.query()).isEqualTo("views=items,orders");
    asked.frame("snapshot", 1, rows("items", row("a", 1)), rows("orders"));
    items.awaitChanges("1: items +a=1;");
    orders.awaitChanges("1: ");
    client.subscribe(LiveQuestion.views("orders", "items"), both);
    both.awaitChanges("1: items +a=1;");
    asked.frame("batch", 2, rows("orders", row("o", 1)));
    orders.awaitChanges("1: ", "2: orders +o=1;");
    both.awaitChanges("1: items +a=1;", "2: orders +o=1;");
    assertThat(items.changes()).hasSize(1);
    assertThat(server.hasMore()).isFalse();
  }

  @Test
  void rows_of_a_view_asked_together_share_a_connection() throws Exception {
    Recorder a = new Recorder();
    Recorder b = new Recorder();
    together(
        client,
        () -> {
          client.subscribe(LiveQuestion.rows("items", List.of("a")), a);
          client.subscribe(LiveQuestion.rows("items", List.of("b")), b);
        });
    ScriptedServer.Asked asked = server.next().open();
    assertThat(asked.query()).isEqualTo("id=a,b&views=items");
    asked.frame("snapshot", 1, rows("items", row("a", 1), row("b", 1)));
    asked.frame("batch", 2, change("items", "\"upserts\":[],\"deletes\":[\"b\"]"));
    b.awaitChanges("1: items +b=1;", "2: items -b;");
    a.awaitChanges("1: items +a=1;");
  }

  @Test
  void a_refused_group_is_asked_one_by_one_so_that_only_the_one_at_fault_fails() throws Exception {
    Recorder good = new Recorder();
    Recorder bad = new Recorder();
    together(
        client,
        () -> {
          client.subscribe(ITEMS, good);
          client.subscribe(LiveQuestion.views("huge"), bad);
        });
    String problem = "{\"type\":\"too-many-rows\",\"detail\":\"huge is huge\"}";
    server.next().answer(400, "", problem);
    for (int i = 0; i < 2; i++) {
      ScriptedServer.Asked asked = server.next();
      if (asked.query().equals("views=huge")) {
        asked.answer(400, "", problem);
      } else {
        assertThat(asked.query()).isEqualTo("views=items");
        asked.open().frame("snapshot", 1, rows("items", row("a", 1)));
      }
    }
    LiveException failure = bad.awaitFailure();
    assertThat(failure.status()).isEqualTo(400);
    assertThat(failure.type()).isEqualTo("too-many-rows");
    assertThat(failure).hasMessage("huge is huge");
    assertThat(bad.states()).endsWith(ConnectionState.FAILED);
    good.awaitChanges("1: items +a=1;");
    assertThat(good.failure()).isNull();
  }

  @Test
  void lists_keep_the_order_and_the_total_of_the_server() throws Exception {
    Recorder list = new Recorder();
    client.subscribe(
        LiveQuestion.list("orders", Map.of("status", "open,held", "sort", "-date", "limit", "2"))
            .within(Duration.ofMillis(100)),
        list);
    ScriptedServer.Asked asked = server.next().open();
    assertThat(asked.query())
        .isEqualTo("limit=2&sort=-date&status=open,held&views=orders&window=100");
    asked.frame("snapshot", 1, list(7, "\"b\",\"a\"", row("a", 1), row("b", 1)));
    await().atMost(WITHIN).until(() -> list.rows("orders"), "[b=1, a=1] of 7"::equals);
    asked.frame("batch", 2, change("orders", "\"upserts\":[],\"deletes\":[],\"total\":8"));
    await().atMost(WITHIN).until(() -> list.rows("orders"), "[b=1, a=1] of 8"::equals);
    asked.frame("batch", 3, list(7, "\"a\",\"c\"", row("c", 1)));
    await().atMost(WITHIN).until(() -> list.rows("orders"), "[a=1, c=1] of 7"::equals);
    list.awaitChanges("1: orders +b=1 +a=1;", "2: orders;", "3: orders +c=1 -b;");
  }

  @Test
  void a_lost_connection_goes_on_where_it_was_and_nothing_is_told_twice() throws Exception {
    Recorder items = new Recorder();
    client.subscribe(ITEMS, items);
    server.next().open().frame("snapshot", 5, rows("items", row("a", 1), row("b", 1))).end();
    ScriptedServer.Asked again = server.next().open();
    assertThat(again.header("Last-Event-ID")).isEqualTo("5");
    again.frame("batch", 8, rows("items", row("a", 1), row("b", 2)));
    items.awaitChanges("5: items +a=1 +b=1;", "8: items +b=2;");
    again.send(": ping\nid: 11\n\n").end();
    assertThat(server.next().header("Last-Event-ID")).isEqualTo("11");
    LiveStatistics statistics = client.statistics();
    assertThat(statistics.connects()).isEqualTo(2);
    assertThat(statistics.resumes()).isOne();
    assertThat(statistics.frames()).isEqualTo(2);
    assertThat(statistics.bytes()).isPositive();
    assertThat(statistics.lastFrameAge()).isNotNull();
    assertThat(items.states())
        .startsWith(
            ConnectionState.CONNECTING,
            ConnectionState.LIVE,
            ConnectionState.RECONNECTING,
            ConnectionState.LIVE);
  }

  @Test
  void frames_that_come_twice_change_nothing() throws Exception {
    Recorder items = new Recorder();
    client.subscribe(ITEMS, items);
    ScriptedServer.Asked asked = server.next().open();
    String all = rows("items", row("a", 1));
    asked.frame("snapshot", 1, all).frame("batch", 2, rows("items", row("a", 2)));
    asked.frame("batch", 3, rows("items", row("b", 3)));
    asked.frame("batch", 2, rows("items", row("a", 2)));
    asked.send("event: reset\ndata: {\"sequence\":1}\n\n").frame("snapshot", 1, all);
    asked.frame("batch", 3, rows("items", row("b", 3)));
    asked.frame("batch", 4, rows("items", row("c", 4)));
    items.awaitChanges("1: items +a=1;", "2: items +a=2;", "3: items +b=3;", "4: items +c=4;");
    assertThat(items.rows("items")).isEqualTo("[a=2, b=3, c=4] of 3");
    assertThat(client.statistics().repeats()).isEqualTo(3);
    assertThat(client.statistics().resets()).isZero();
  }

  @Test
  void after_a_reset_the_difference_to_what_was_is_told() throws Exception {
    Recorder items = new Recorder();
    client.subscribe(ITEMS, items);
    server.next().open().frame("snapshot", 50, rows("items", row("a", 1), row("b", 1))).end();
    ScriptedServer.Asked again = server.next().open();
    // The node may know less than the one before.
    again.send("event: reset\ndata: {\"sequence\":40}\n\n");
    again.frame("snapshot", 40, rows("items", row("b", 1), row("c", 1)));
    again.frame("batch", 41, rows("items", row("c", 2)));
    items.awaitChanges("50: items +a=1 +b=1;", "40: items +c=1 -a;", "41: items +c=2;");
    assertThat(client.statistics().resets()).isOne();
  }

  @Test
  void an_order_of_unknown_rows_makes_the_client_ask_for_all_again() throws Exception {
    Recorder list = new Recorder();
    client.subscribe(LiveQuestion.list("orders", Map.of("limit", "2")), list);
    ScriptedServer.Asked asked = server.next().open();
    asked.frame("snapshot", 1, list(1, "\"a\"", row("a", 1)));
    asked.frame("batch", 2, list(1, "\"b\""));
    ScriptedServer.Asked again = server.next().open();
    assertThat(again.header("Last-Event-ID")).isNull();
    again.frame("snapshot", 2, list(1, "\"b\"", row("b", 1)));
    list.awaitChanges("1: orders +a=1;", "2: orders +b=1 -a;");
  }

  @Test
  void a_silent_connection_is_made_again_and_a_lost_one_counts_as_offline() throws Exception {
    client.close();
    client = client(Duration.ofMillis(200), Duration.ofMillis(200));
    Recorder items = new Recorder();
    client.subscribe(ITEMS, items);
    ScriptedServer.Asked silent =
        server.next().open().frame("snapshot", 1, rows("items", row("a", 1)));
    ScriptedServer.Asked unanswered = server.next();
    assertThat(unanswered.header("Last-Event-ID")).isEqualTo("1");
    items.awaitState(ConnectionState.OFFLINE);
    assertThat(client.connection()).isEqualTo(ConnectionState.OFFLINE);
    unanswered.open().frame("batch", 2, rows("items", row("a", 2)));
    items.awaitChanges("1: items +a=1;", "2: items +a=2;");
    silent.end();
  }

  @Test
  void who_is_sent_away_for_a_while_comes_back() throws Exception {
    Recorder items = new Recorder();
    client.subscribe(ITEMS, items);
    server.next().answer(429, "0", "{}");
    server.next().answer(503, "", "");
    server.next().open().frame("snapshot", 1, rows("items", row("a", 1)));
    items.awaitChanges("1: items +a=1;");
    assertThat(items.failure()).isNull();
  }

  @Test
  void a_refused_token_is_asked_for_once_more_and_then_reported() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    Recorder items = new Recorder();
    try (LiveClient other = LiveClient.of(server.uri(), () -> "token-" + asked.incrementAndGet())) {
      other.subscribe(ITEMS, items);
      ScriptedServer.Asked first = server.next();
      assertThat(first.header("Authorization")).isEqualTo("Bearer token-1");
      first.answer(401, "", "{}");
      ScriptedServer.Asked second = server.next();
      assertThat(second.header("Authorization")).isEqualTo("Bearer token-2");
      second.answer(401, "", "{\"type\":\"token-invalid\"}");
      assertThat(items.awaitFailure().status()).isEqualTo(401);
      assertThat(asked).hasValue(2);
    }
  }

  @Test
  void a_token_source_that_fails_is_asked_again() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    LiveClientConfig config =
        LiveClientConfig.of(
                server.uri(),
                () -> {
                  if (asked.incrementAndGet() < 3) {
                    throw new IllegalStateException("the identity provider is away");
                  }
                  return "late";
                })
            .withTimes(Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofMillis(20));
    try (LiveClient other = LiveClient.of(config)) {
      other.subscribe(ITEMS, new Recorder());
      assertThat(server.next().header("Authorization")).isEqualTo("Bearer late");
    }
  }

  private LiveClient clientWith(TokenSource tokens, Duration limit) {
    LiveClientConfig config = LiveClientConfig.of(server.uri(), tokens);
    return LiveClient.of(
        new LiveClientConfig(
            config.server(),
            tokens,
            limit,
            config.stallAfter(),
            config.offlineAfter(),
            Duration.ofMillis(20),
            config.maxFrameBytes()));
  }

  @Test
  void a_token_source_that_fails_with_an_error_is_asked_again() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    TokenSource tokens =
        () -> {
          if (asked.incrementAndGet() == 1) {
            throw new NoClassDefFoundError("thrown by a token source on purpose");
          }
          return "late";
        };
    try (LiveClient other = clientWith(tokens, Duration.ofSeconds(10))) {
      other.subscribe(ITEMS, new Recorder());
      assertThat(server.next().header("Authorization")).isEqualTo("Bearer late");
    }
  }

  @Test
  void a_token_source_that_never_answers_is_interrupted_and_asked_again() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    CountDownLatch never = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    TokenSource tokens =
        () -> {
          if (asked.incrementAndGet() > 1) {
            return "late";
          }
          try {
            never.await();
            return "never";
          } finally {
            interrupted.countDown();
          }
        };
    try (LiveClient other = clientWith(tokens, Duration.ofMillis(50))) {
      other.subscribe(ITEMS, new Recorder());
      assertThat(server.next().header("Authorization")).isEqualTo("Bearer late");
      assertThat(interrupted.getCount()).isZero();
    }
  }

  @Test
  void a_token_source_that_cannot_be_interrupted_is_not_asked_twice_at_once() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    CompletableFuture<String> late = new CompletableFuture<>();
    TokenSource tokens =
        () -> {
          asked.incrementAndGet();
          return late.join();
        };
    try (LiveClient other = clientWith(tokens, Duration.ofMillis(5))) {
      other.subscribe(ITEMS, new Recorder());
      await().atMost(WITHIN).until(() -> other.statistics().losses() >= 3);
      assertThat(asked).hasValue(1);
    } finally {
      late.complete("late");
    }
  }

  @Test
  void the_line_end_of_a_token_is_left_out() throws Exception {
    try (LiveClient other = LiveClient.of(server.uri(), TokenSource.of("secret\r\n"))) {
      other.subscribe(ITEMS, new Recorder());
      assertThat(server.next().header("Authorization")).isEqualTo("Bearer secret");
    }
  }

  @Test
  void a_token_that_no_header_may_have_fails_the_question() throws Exception {
    Recorder broken = new Recorder();
    try (LiveClient other = LiveClient.of(server.uri(), TokenSource.of("sec\nret"))) {
      LiveSubscription subscription = other.subscribe(ITEMS, broken);
      assertThat(broken.awaitFailure()).hasMessageContaining("line end");
      assertThat(broken.awaitFailure().status()).isZero();
      assertThat(subscription.connection()).isEqualTo(ConnectionState.FAILED);
    }
    Recorder empty = new Recorder();
    try (LiveClient other = LiveClient.of(server.uri(), TokenSource.of(" "))) {
      other.subscribe(ITEMS, empty);
      assertThat(empty.awaitFailure()).hasMessageContaining("empty token");
    }
    assertThat(server.hasMore()).isFalse();
  }

  @Test
  void what_is_neither_a_stream_nor_a_refusal_is_tried_again() throws Exception {
    Recorder items = new Recorder();
    client.subscribe(ITEMS, items);
    server.next().answer(302, "", "");
    server.next().answer(204, "", "");
    server.next().answer(200, "", "the page of a captive portal");
    server.next().open().frame("snapshot", 1, rows("items", row("a", 1)));
    items.awaitChanges("1: items +a=1;");
    assertThat(items.failure()).isNull();
    assertThat(items.states()).containsExactly(ConnectionState.CONNECTING, ConnectionState.LIVE);
    assertThat(client.statistics().connects()).isOne();
  }

  @Test
  void a_frame_larger_than_is_taken_fails_the_question() throws Exception {
    Recorder items = new Recorder();
    client.subscribe(ITEMS, items);
    server.next().open().send("data: " + "x".repeat(5_000));
    assertThat(items.awaitFailure()).hasMessageContaining("4096 bytes");
  }

  @Test
  void a_listener_that_throws_does_not_keep_others_from_being_told() throws Exception {
    Recorder items = new Recorder();
    client.subscribe(
        ITEMS,
        (_, _) -> {
          throw new AssertionError("thrown by a listener on purpose");
        });
    client.subscribe(
        ITEMS,
        (_, _) -> {
          throw new IllegalStateException("thrown by a listener on purpose");
        });
    client.subscribe(ITEMS, items);
    ScriptedServer.Asked asked = server.next().open();
    asked.frame("snapshot", 1, rows("items", row("a", 1)));
    asked.frame("batch", 2, rows("items", row("a", 2)));
    items.awaitChanges("1: items +a=1;", "2: items +a=2;");
  }

  @Test
  void a_listener_that_interrupts_its_thread_ends_nothing() throws Exception {
    Recorder items = new Recorder();
    client.subscribe(ITEMS, (_, _) -> Thread.currentThread().interrupt());
    client.subscribe(ITEMS, items);
    ScriptedServer.Asked asked = server.next().open();
    asked.frame("snapshot", 1, rows("items", row("a", 1)));
    items.awaitChanges("1: items +a=1;");
    asked.end();
    server.next().open().frame("batch", 2, rows("items", row("a", 2)));
    items.awaitChanges("1: items +a=1;", "2: items +a=2;");
  }

  @Test
  void a_failed_subscription_is_counted_down_once() throws Exception {
    Recorder failed = new Recorder();
    LiveSubscription subscription = client.subscribe(ITEMS, failed);
    client.subscribe(LiveQuestion.list("orders", Map.of("limit", "2")), new Recorder());
    for (int i = 0; i < 2; i++) {
      ScriptedServer.Asked asked = server.next();
      if (asked.query().equals("views=items")) {
        asked.answer(403, "", "{}");
      } else {
        asked.open();
      }
    }
    failed.awaitFailure();
    assertThat(client.statistics().subscriptions()).isOne();
    subscription.close();
    assertThat(client.statistics().subscriptions()).isOne();
  }

  @Test
  void questions_that_no_server_takes_are_refused_at_once() {
    assertThatThrownBy(() -> LiveQuestion.views()).hasMessageContaining("names");
    assertThatThrownBy(() -> LiveQuestion.views("a,b")).hasMessageContaining("a,b");
    assertThatThrownBy(() -> LiveQuestion.rows("items", List.of())).hasMessageContaining("ids");
    assertThatThrownBy(() -> LiveQuestion.list("items", Map.of("since", "3")))
        .hasMessageContaining("since");
    assertThatThrownBy(() -> ITEMS.within(Duration.ofMillis(9))).hasMessageContaining("window");
    client.close();
    assertThatThrownBy(() -> client.subscribe(ITEMS, new Recorder()))
        .isInstanceOf(IllegalStateException.class);
  }
}
