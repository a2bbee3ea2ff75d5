package xalesin.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static xalesin.edge.TestDoor.get;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Senders who keep a connection busy with a byte now and then: far more often than the idle time,
 * and for far longer than they may take in all.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DoorSlowTest {
  private static final Duration SOON = Duration.ofMillis(500);

  private TestDoor door;

  @BeforeAll
  void open() {
    HttpDoorConfig config = HttpDoorConfig.of(0).withTimeouts(SOON, SOON, Duration.ofSeconds(5));
    door =
        new TestDoor(
            config,
            List.of(
                get("/api/x", Role.VIEWER, x -> x.json(200, Map.of())),
                TestDoor.post(
                    "/api/x", Role.VIEWER, x -> x.json(200, Map.of("n", x.rawBody().length))),
                TestDoor.post("/api/lines", Role.VIEWER, DoorSlowTest::count),
                TestDoor.post("/api/kept", Role.VIEWER, DoorSlowTest::countKept)));
  }

  private static void count(Exchange x) throws Exception {
    byte[] all = x.bodyLines("application/x-ndjson", 1 << 20, 1 << 10).readAllBytes();
    x.json(200, Map.of("n", all.length));
  }

  private static void countKept(Exchange x) throws Exception {
    byte[] all = x.bodyKept("application/x-ndjson", 1 << 20).readAllBytes();
    x.json(200, Map.of("n", all.length));
  }

  @AfterAll
  void shut() {
    door.close();
  }

  private String post(String path, String token, String more) {
    return "POST "
        + path
        + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-ndjson\r\n"
        + "Authorization: Bearer "
        + token
        + "\r\n"
        + more;
  }

  private String chunked(String path) {
    return post(path, door.token(Role.VIEWER), "Transfer-Encoding: chunked\r\n\r\n");
  }

  /** What is answered to the beginning and then, again and again, the same little. */
  private RawHttp.Answer answerTo(String beginning, String again) throws Exception {
    try (RawHttp http = new RawHttp(door.port())) {
      http.send(beginning);
      Trickle trickle = Trickle.start(() -> http.send(again));
      RawHttp.Answer answer = http.readAll();
      assertThat(trickle.wasCutShort()).as("ended before everything was sent").isTrue();
      return answer;
    }
  }

  @Test
  void a_head_that_trickles_is_cut_off() throws Exception {
    String line = "GET /api/x HTTP/1.1\r\nHost: localhost\r\n";
    assertThat(answerTo("", "G").answers()).isLessThanOrEqualTo(1);
    assertThat(answerTo("GET /", "x").text()).isEmpty();
    assertThat(answerTo(line + "X-A: ", "b").text()).isEmpty();
    assertThat(answerTo(line, "X: y\r\n").text()).isEmpty();
  }

  @Test
  void the_head_of_a_later_request_has_its_time_from_its_own_beginning() throws Exception {
    String get =
        "GET /api/x HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
            + door.token(Role.VIEWER)
            + "\r\n\r\n";
    try (RawHttp http = new RawHttp(door.port())) {
      long end = System.nanoTime() + 3 * SOON.toNanos();
      while (System.nanoTime() < end) {
        assertThat(http.send(get).readSome().status()).isEqualTo(200);
      }
      http.send(get + "GET /");
      Trickle.start(() -> http.send("x"));
      assertThat(http.readAll().answers()).isEqualTo(1);
    }
  }

  @Test
  void a_body_that_trickles_is_answered_within_its_time() throws Exception {
    String length = post("/api/x", door.token(Role.VIEWER), "Content-Length: 100000\r\n\r\n");
    for (Map.Entry<String, RawHttp.Answer> each :
        Map.of(
                "a length", answerTo(length, "a"),
                "chunks", answerTo(chunked("/api/x"), "1\r\na\r\n"),
                "a chunk", answerTo(chunked("/api/x") + "ffff\r\n", "a"))
            .entrySet()) {
      assertThat(each.getValue().status()).as(each.getKey()).isEqualTo(408);
      assertThat(each.getValue().answers()).as(each.getKey()).isEqualTo(1);
    }
  }

  @Test
  void bytes_that_are_no_part_of_the_body_do_not_prolong_its_time() throws Exception {
    for (String path : List.of("/api/x", "/api/lines")) {
      assertThat(answerTo(chunked(path) + "1\r\na\r\n1;b=", "c").status())
          .as("the extension of a chunk to " + path)
          .isEqualTo(408);
      assertThat(answerTo(chunked(path) + "1\r\na\r\n0\r\n", "x: y\r\n").status())
          .as("trailers to " + path)
          .isEqualTo(408);
    }
  }

  @Test
  void a_line_that_trickles_is_answered_within_its_time() throws Exception {
    assertThat(answerTo(chunked("/api/lines"), "1\r\na\r\n").status()).isEqualTo(408);
  }

  @Test
  void lines_that_are_kept_have_one_time_for_all_of_them() throws Exception {
    String length = post("/api/kept", door.token(Role.VIEWER), "Content-Length: 100000\r\n\r\n");
    assertThat(answerTo(length, "a\n").status()).isEqualTo(408);
    assertThat(answerTo(chunked("/api/kept"), "2\r\na\n\r\n").status()).isEqualTo(408);
  }

  @Test
  void lines_may_come_for_longer_than_each_of_them() throws Exception {
    try (RawHttp http = new RawHttp(door.port())) {
      http.send(chunked("/api/lines"));
      CountDownLatch longEnough = new CountDownLatch(3 * (int) SOON.toMillis() / 50);
      Trickle trickle =
          Trickle.start(
              () -> {
                http.send("2\r\na\n\r\n");
                longEnough.countDown();
              });
      assertThat(longEnough.await(20, TimeUnit.SECONDS)).isTrue();
      trickle.endAndWait();
      assertThat(http.send("0\r\n\r\n").readSome().status()).isEqualTo(200);
    }
  }

  @Test
  void who_was_refused_already_does_not_hold_the_connection_either() throws Exception {
    String refused = post("/api/x", "none", "Transfer-Encoding: chunked\r\n\r\n1;b=");
    RawHttp.Answer answer = answerTo(refused, "c");
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.answers()).isEqualTo(1);
  }
}
