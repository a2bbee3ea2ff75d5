package xalesin.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static xalesin.edge.TestDoor.await;
import static xalesin.edge.TestDoor.get;
import static xalesin.edge.TestDoor.post;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The plain port for those who begin with HTTP/2, as proxies do. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DoorHttp2Test {
  private static final Duration SOON = Duration.ofMillis(500);

  /** More than the buffers between both sides hold, of the smallest frames. */
  private static final int MANY = 2_000_000;

  private static final int MORE = 20;

  private final AtomicInteger served = new AtomicInteger();
  private final BlockingQueue<PushStream> streams = new LinkedBlockingQueue<>();
  private final CompletableFuture<Void> goOn = new CompletableFuture<>();
  private TestDoor door;
  private TestDoor impatient;

  /** Ends nothing for its slowness while a test runs. */
  private TestDoor unhurried;

  @BeforeAll
  void open() {
    List<Route> routes =
        List.of(
            get(
                "/api/x",
                Role.VIEWER,
                x -> {
                  served.incrementAndGet();
                  x.json(200, Map.of("of", x.caller().tenant()));
                }),
            post("/api/x", Role.VIEWER, x -> x.json(200, Map.of("bytes", x.rawBody().length))),
            post("/api/lines", Role.VIEWER, DoorHttp2Test::count),
            get(
                "/api/late",
                Role.VIEWER,
                x -> {
                  goOn.get(20, TimeUnit.SECONDS);
                  x.json(200, Map.of());
                }),
            get("/api/live", Role.VIEWER, x -> streams.add(x.push(200, "text/event-stream"))));
    Duration patient = Duration.ofSeconds(3);
    door = new TestDoor(HttpDoorConfig.of(0).withTimeouts(patient, patient, patient), routes);
    impatient =
        new TestDoor(HttpDoorConfig.of(0).withTimeouts(SOON, SOON, Duration.ofSeconds(5)), routes);
    unhurried =
        new TestDoor(
            HttpDoorConfig.of(0).withTimeouts(TestDoor.PATIENCE, TestDoor.PATIENCE, patient),
            routes);
  }

  private static void count(Exchange x) throws IOException {
    x.json(
        200,
        Map.of(
            "bytes", x.bodyLines("application/x-ndjson", 1 << 20, 1 << 10).readAllBytes().length));
  }

  @AfterAll
  void shut() {
    door.awaitNoConnections();
    impatient.awaitNoConnections();
    unhurried.awaitNoConnections();
    door.close();
    impatient.close();
    unhurried.close();
  }

  private String[] token() {
    return tokenOf(door);
  }

  private static String[] tokenOf(TestDoor door) {
    return new String[] {"authorization", "Bearer " + door.token(Role.VIEWER)};
  }

  @Test
  void requests_share_a_connection_and_are_answered_as_ever() throws Exception {
    try (RawHttp2 http = new RawHttp2(door.port())) {
      http.request(1, true, "GET", "/api/x", token());
      http.request(3, true, "GET", "/api/x");
      http.request(5, true, "GET", "/api/nowhere", token());
      http.request(7, false, "POST", "/api/x", token());
      http.send(RawHttp2.DATA, 0, 7, new byte[100]);
      http.send(RawHttp2.DATA, RawHttp2.END_STREAM, 7, new byte[23]);
      http.request(9, true, "DELETE", "/api/x", token());
      Set<Integer> open = new HashSet<>(Set.of(1, 3, 5, 7, 9));
      while (!open.isEmpty()) {
        int ended = http.await(frame -> open.stream().anyMatch(frame::ends)).stream();
        open.remove(ended);
      }
      assertThat(http.statuses).isEqualTo(Map.of(1, 200, 3, 401, 5, 404, 7, 200, 9, 405));
      assertThat(http.bodyOf(1)).isEqualTo("{\"of\":\"acme\"}");
      assertThat(http.bodyOf(3)).contains("\"type\":\"/problems/");
      assertThat(http.bodyOf(7)).isEqualTo("{\"bytes\":123}");
    }
  }

  @Test
  void a_request_that_asks_to_change_to_http2_is_answered_in_http1() throws Exception {
    RawHttp.Answer answer;
    try (RawHttp http = new RawHttp(impatient.port())) {
      http.send(
          "GET /api/x HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, HTTP2-Settings\r\n"
              + "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA\r\nAuthorization: Bearer "
              + impatient.token(Role.VIEWER)
              + "\r\n\r\n");
      answer = http.readAll();
    }
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.answers()).isEqualTo(1);
  }

  @Test
  void streams_beyond_the_bound_are_refused_and_the_others_go_on() throws Exception {
    try (RawHttp2 http = new RawHttp2(door.port())) {
      int last = 1 + 2 * Connectors.MAX_STREAMS;
      for (int stream = 1; stream <= last; stream += 2) {
        http.request(stream, true, "GET", "/api/late", token());
      }
      RawHttp2.Frame refused = http.await(frame -> frame.ends(last));
      assertThat(refused.type()).isEqualTo(RawHttp2.RESET);
      assertThat(refused.error()).isEqualTo(RawHttp2.REFUSED_STREAM);
      goOn.complete(null);
      assertThat(http.statusOf(1)).isEqualTo(200);
    }
  }

  @Test
  void a_flood_of_requests_that_are_taken_back_at_once_ends_the_connection() throws Exception {
    String[] token = tokenOf(unhurried);
    try (RawHttp2 http = new RawHttp2(unhurried.port())) {
      Flood flood =
          Flood.start(
              i -> {
                http.request(1 + 2 * i, true, "GET", "/api/x", token);
                http.reset(1 + 2 * i);
              });
      assertThat(http.farewell()).isIn(RawHttp2.ENHANCE_YOUR_CALM, RawHttp2.CUT_OFF);
      http.close();
      flood.assertCutShort("requests that are taken back");
    }
    try (RawHttp2 http = new RawHttp2(unhurried.port())) {
      http.request(1, true, "GET", "/api/x", token);
      assertThat(http.statusOf(1)).as("others are served").isEqualTo(200);
    }
  }

  @Test
  void floods_of_frames_that_cost_their_sender_nothing_end_the_connection() throws Exception {
    Map<String, Step> floods =
        Map.of(
            "pings", http -> http.send(RawHttp2.PING, 0, 0, new byte[8]),
            "settings", http -> http.send(RawHttp2.SETTINGS, 0, 0),
            "empty data", http -> http.send(RawHttp2.DATA, 0, 1),
            "empty continuations", http -> http.send(RawHttp2.CONTINUATION, 0, 3));
    for (Map.Entry<String, Step> each : floods.entrySet()) {
      try (RawHttp2 http = new RawHttp2(unhurried.port())) {
        if (each.getKey().endsWith("data")) {
          http.request(1, false, "POST", "/api/x", tokenOf(unhurried));
        } else if (each.getKey().endsWith("continuations")) {
          http.send(RawHttp2.HEADERS, 0, 3, RawHttp2.block(List.of(":method", "GET")));
        }
        Flood flood = Flood.start(_ -> each.getValue().with(http));
        assertThat(http.farewell())
            .as(each.getKey())
            .isIn(RawHttp2.ENHANCE_YOUR_CALM, RawHttp2.CUT_OFF);
        http.close();
        flood.assertCutShort(each.getKey());
      }
    }
  }

  private interface Step {
    void with(RawHttp2 http) throws IOException;
  }

  private interface Repeated {
    void step(int i) throws IOException;
  }

  /** Sends until the server has had enough of it; it must have before all of them. */
  private record Flood(Thread sender, AtomicInteger sent) {
    static Flood start(Repeated repeated) {
      AtomicInteger sent = new AtomicInteger();
      Thread sender =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      while (sent.get() < MANY) {
                        repeated.step(sent.get());
                        sent.incrementAndGet();
                      }
                    } catch (IOException e) {
                      // The connection has been ended.
                    }
                  });
      return new Flood(sender, sent);
    }

    void assertCutShort(String what) throws InterruptedException {
      sender.join();
      assertThat(sent).as(what).hasValueLessThan(MANY);
    }
  }

  @Test
  void heads_are_bounded_in_one_frame_and_in_many() throws Exception {
    int before = served.get();
    String large = "y".repeat(HttpDoorConfig.of(0).maxHeaderBytes());
    byte[] block =
        RawHttp2.block(
            List.of(
                ":method",
                "GET",
                ":scheme",
                "http",
                ":authority",
                "x",
                ":path",
                "/api/x",
                "large",
                large));
    try (RawHttp2 http = new RawHttp2(door.port())) {
      int half = block.length / 2;
      http.send(RawHttp2.HEADERS, RawHttp2.END_STREAM, 1, Arrays.copyOf(block, 16_000));
      http.send(RawHttp2.CONTINUATION, 0, 1, Arrays.copyOfRange(block, 16_000, half + 15_000));
      http.send(
          RawHttp2.CONTINUATION,
          RawHttp2.END_HEADERS,
          1,
          Arrays.copyOfRange(block, half + 15_000, block.length));
      assertThat(statusOrEnd(http)).isIn(0, 400, 431);
    }
    assertThat(served).as("no endpoint saw it").hasValue(before);
  }

  private static int statusOrEnd(RawHttp2 http) throws IOException {
    try {
      http.await(frame -> frame.ends(1) || frame.type() == RawHttp2.GO_AWAY);
    } catch (IOException e) {
      return 0;
    }
    return http.statuses.getOrDefault(1, 0);
  }

  @Test
  void what_a_proxy_would_turn_into_two_requests_is_refused() throws Exception {
    Map<String, List<String>> heads =
        Map.of(
            "a coding", List.of("transfer-encoding", "chunked"),
            "a connection", List.of("connection", "close"),
            "a line end in a value", List.of("x-a", "b\r\nGET /api/x HTTP/1.1"),
            "a line end in a name", List.of("x-a: b\r\nx-c", "d"),
            "a capital in a name", List.of("X-A", "b"),
            "a zero", List.of("x-a", "b\0c"),
            "two lengths", List.of("content-length", "1", "content-length", "2"),
            "a second method", List.of(":method", "POST"),
            "a blank in the path", List.of(":path", "/api/x HTTP/1.1\r\nx: y"));
    for (Map.Entry<String, List<String>> head : heads.entrySet()) {
      int before = served.get();
      List<String> all = new ArrayList<>(head.getValue());
      all.addAll(List.of(token()));
      try (RawHttp2 http = new RawHttp2(door.port())) {
        http.request(1, true, "GET", "/api/x", all.toArray(String[]::new));
        assertThat(statusOrEnd(http)).as(head.getKey()).isIn(0, 400);
      }
      assertThat(served.get()).as(head.getKey()).isEqualTo(before);
    }
    for (int announced : new int[] {0, 3, 100}) {
      try (RawHttp2 http = new RawHttp2(door.port())) {
        http.request(
            1, false, "POST", "/api/x", token()[0], token()[1], "content-length", "" + announced);
        http.send(RawHttp2.DATA, RawHttp2.END_STREAM, 1, new byte[44]);
        assertThat(statusOrEnd(http)).as("44 bytes for " + announced).isIn(0, 400);
      }
    }
  }

  @Test
  void a_body_that_trickles_is_answered_within_its_bound() throws Exception {
    for (String path : List.of("/api/x", "/api/lines")) {
      try (RawHttp2 http = new RawHttp2(impatient.port())) {
        http.request(
            1,
            false,
            "POST",
            path,
            "authorization",
            "Bearer " + impatient.token(Role.VIEWER),
            "content-type",
            "application/x-ndjson");
        Trickle trickle = Trickle.start(() -> http.send(RawHttp2.DATA, 0, 1, (byte) 'a'));
        assertThat(http.statusOf(1)).as(path).isEqualTo(408);
        trickle.endAndWait();
      }
    }
  }

  @Test
  void beyond_those_read_on_a_refused_request_is_over_though_its_body_never_ends()
      throws Exception {
    List<RawHttp2> all = new ArrayList<>();
    try {
      for (int i = 0; i < Doorman.MAX_LINGERING; i += Connectors.MAX_STREAMS) {
        RawHttp2 http = new RawHttp2(unhurried.port());
        all.add(http);
        refusedWithoutEnd(http, Connectors.MAX_STREAMS);
      }
      await()
          .untilAsserted(
              () ->
                  assertThat(
                          unhurried.registry.get("http.server.requests.lingering").gauge().value())
                      .isEqualTo(Doorman.MAX_LINGERING));
      RawHttp2 http = new RawHttp2(unhurried.port());
      all.add(http);
      refusedWithoutEnd(http, MORE);
      for (int i = 0; i < MORE; i++) {
        RawHttp2.Frame reset = http.await(frame -> frame.type() == RawHttp2.RESET);
        assertThat(reset.error()).as("the answer was whole").isEqualTo(RawHttp2.NO_ERROR);
        assertThat(http.statuses).containsEntry(reset.stream(), 401);
        assertThat(http.bodyOf(reset.stream())).endsWith("}");
      }
      String token = "Bearer " + unhurried.token(Role.VIEWER);
      http.request(2 * MORE + 1, true, "GET", "/api/x", "authorization", token);
      assertThat(http.statusOf(2 * MORE + 1)).as("the connection goes on").isEqualTo(200);
    } finally {
      for (RawHttp2 http : all) {
        http.close();
      }
    }
  }

  private static void refusedWithoutEnd(RawHttp2 http, int requests) throws IOException {
    for (int i = 0; i < requests; i++) {
      http.request(1 + 2 * i, false, "POST", "/api/x");
    }
  }

  @Test
  void a_live_stream_that_is_broken_off_leaves_the_others_on_its_connection() throws Exception {
    try (RawHttp2 http = new RawHttp2(door.port())) {
      http.request(1, true, "GET", "/api/live", token());
      PushStream live = streams.poll(20, TimeUnit.SECONDS);
      LinkedBlockingQueue<String> told = new LinkedBlockingQueue<>();
      write(live, "data: 1\n\n".getBytes(StandardCharsets.UTF_8), told);
      assertThat(told.poll(20, TimeUnit.SECONDS)).isEqualTo("done");
      http.await(frame -> frame.type() == RawHttp2.DATA);
      assertThat(http.bodyOf(1)).isEqualTo("data: 1\n\n");
      // More than the client has room for, which it never makes.
      write(live, new byte[1 << 20], told);
      live.abort();
      assertThat(told.poll(20, TimeUnit.SECONDS)).isEqualTo("failed");
      assertThat(http.await(frame -> frame.ends(1)).type()).isEqualTo(RawHttp2.RESET);
      http.send(RawHttp2.WINDOW_UPDATE, 0, 0, (byte) 0, (byte) 1, (byte) 0, (byte) 0);
      http.request(3, true, "GET", "/api/x", token());
      assertThat(http.statusOf(3)).isEqualTo(200);
    }
  }

  private static void write(PushStream live, byte[] bytes, BlockingQueue<String> told) {
    live.write(
        ByteBuffer.wrap(bytes),
        true,
        new Push.Written() {
          @Override
          public void done() {
            told.add("done");
          }

          @Override
          public void failed(Throwable failure) {
            told.add("failed");
          }
        });
  }

  @Test
  void a_closing_door_lets_requests_in_progress_end() throws Exception {
    CompletableFuture<Void> arrived = new CompletableFuture<>();
    CompletableFuture<Void> go = new CompletableFuture<>();
    TestDoor closing =
        new TestDoor(
            List.of(
                get(
                    "/api/slow",
                    Role.VIEWER,
                    x -> {
                      arrived.complete(null);
                      go.get(20, TimeUnit.SECONDS);
                      x.json(200, Map.of());
                    })));
    try (RawHttp2 http = new RawHttp2(closing.port())) {
      http.request(
          1, true, "GET", "/api/slow", "authorization", "Bearer " + closing.token(Role.VIEWER));
      arrived.get(20, TimeUnit.SECONDS);
      Thread close = Thread.ofVirtual().start(closing::close);
      go.complete(null);
      assertThat(http.statusOf(1)).isEqualTo(200);
      close.join();
      assertThatThrownBy(() -> new RawHttp2(closing.port())).isInstanceOf(IOException.class);
    }
  }
}
