package xalesin.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static xalesin.edge.TestDoor.get;
import static xalesin.edge.TestDoor.post;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DoorProtocolTest {
  /** Longer than a busy machine stands still between a connection and its first bytes. */
  private static final Duration SOON = Duration.ofSeconds(1);

  private final AtomicInteger served = new AtomicInteger();
  private TestDoor door;
  private TestDoor impatient;

  @BeforeAll
  void open() {
    HttpDoorConfig patient = HttpDoorConfig.of(0);
    door = new TestDoor(patient, routes());
    impatient = new TestDoor(patient.withTimeouts(SOON, SOON, Duration.ofSeconds(5)), routes());
  }

  private List<Route> routes() {
    return List.of(
        get(
            "/api/x",
            Role.VIEWER,
            x -> {
              served.incrementAndGet();
              x.json(200, Map.of());
            }),
        post(
            "/api/x",
            Role.VIEWER,
            x -> {
              served.incrementAndGet();
              x.json(200, Map.of("bytes", x.rawBody().length));
            }));
  }

  @AfterAll
  void shut() {
    door.close();
    impatient.close();
  }

  private String authorization() {
    return authorization(door);
  }

  private static String authorization(TestDoor door) {
    return "Host: localhost\r\nAuthorization: Bearer " + door.token(Role.VIEWER) + "\r\n";
  }

  private RawHttp.Answer answerTo(String request) throws Exception {
    return answerTo(door, request);
  }

  private static RawHttp.Answer answerTo(TestDoor door, String request) throws Exception {
    try (RawHttp http = new RawHttp(door.port())) {
      return http.send(request).readAll();
    }
  }

  /** The answer to a client that says that it has nothing more to send. */
  private RawHttp.Answer answerToAll(String request) throws Exception {
    try (RawHttp http = new RawHttp(door.port())) {
      return http.send(request).endOfOutput().readAll();
    }
  }

  private void isProblem(int status, String request) throws Exception {
    RawHttp.Answer answer = answerToAll(request);
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.text())
        .contains("Content-Type: application/problem+json")
        .contains("X-Content-Type-Options: nosniff")
        .contains("\"type\":\"/problems/")
        .doesNotContain("jetty", "Jetty", "Server:", "<html");
  }

  @Test
  void malformed_http_is_a_problem_document_too() throws Exception {
    isProblem(400, "NONSENSE\r\n\r\n");
    isProblem(400, "GET /api/x HTTP/1.1\r\n\r\n");
    isProblem(400, "GET /api/%zz HTTP/1.1\r\n" + authorization() + "\r\n");
    isProblem(400, "GET /api/%2e%2e/x HTTP/1.1\r\n" + authorization() + "\r\n");
    isProblem(400, "GET /api/x HTTP/1.1\r\n" + authorization() + "bad header: 1\r\n\r\n");
    isProblem(505, "GET /api/x HTTP/3.7\r\n" + authorization() + "\r\n");
    isProblem(
        431,
        "GET /api/x HTTP/1.1\r\n"
            + authorization()
            + "X: "
            + "y".repeat(HttpDoorConfig.of(0).maxHeaderBytes())
            + "\r\n\r\n");
    isProblem(
        414,
        "GET /api/"
            + "y".repeat(HttpDoorConfig.of(0).maxHeaderBytes())
            + " HTTP/1.1\r\n"
            + authorization()
            + "\r\n");
  }

  @Test
  void a_request_that_two_readers_would_split_differently_is_refused() throws Exception {
    int before = served.get();
    isProblem(
        400,
        "POST /api/x HTTP/1.1\r\n"
            + authorization()
            + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /api/x HTTP/1.1\r\n\r\n");
    isProblem(
        400,
        "POST /api/x HTTP/1.1\r\n"
            + authorization()
            + "Content-Length: 4\r\nContent-Length: 5\r\n\r\nabcde");
    isProblem(400, "POST /api/x HTTP/1.1\r\n" + authorization() + "Content-Length: -1\r\n\r\n");
    isProblem(
        400,
        "POST /api/x HTTP/1.1\r\n" + authorization() + "Transfer-Encoding: chunked\r\n\r\nzz\r\n");
    assertThat(served.get())
        .as("the last one is found while its endpoint reads")
        .isLessThanOrEqualTo(before + 1);
  }

  /** Heads of a request whose body would be another request to those who read them otherwise. */
  private static final Map<String, String> SPLIT_OTHERWISE =
      Map.ofEntries(
          Map.entry("both lengths", "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n"),
          Map.entry("lengths reversed", "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n"),
          Map.entry("two lengths", "Content-Length: 0\r\nContent-Length: 44\r\n"),
          Map.entry("a list of lengths", "Content-Length: 0, 44\r\n"),
          Map.entry("length with a sign", "Content-Length: +44\r\n"),
          Map.entry("length in hexadecimal", "Content-Length: 0x4\r\n"),
          Map.entry("length beyond all numbers", "Content-Length: 99999999999999999999\r\n"),
          Map.entry("folded header", "X-A: b\r\n Content-Length: 44\r\n"),
          Map.entry("folded length", "Content-Length:\r\n 44\r\n"),
          Map.entry("blank before the colon", "Transfer-Encoding : chunked\r\n"),
          Map.entry("bare line feed", "X-A: b\nContent-Length: 44\r\n"),
          Map.entry("bare carriage return", "X-A: b\rContent-Length: 44\r\n"),
          Map.entry("a zero in a header", "X-A: b\0c\r\nContent-Length: 0\r\n"),
          Map.entry("unknown coding", "Transfer-Encoding: xchunked\r\n"),
          Map.entry("chunked twice", "Transfer-Encoding: chunked, chunked\r\n"),
          Map.entry("chunked is not the last", "Transfer-Encoding: chunked, identity\r\n"),
          Map.entry("vertical tab in the coding", "Transfer-Encoding: \u000bchunked\r\n"),
          Map.entry("two hosts", "Host: elsewhere\r\nContent-Length: 0\r\n"));

  @Test
  void heads_that_are_read_in_two_ways_are_refused_before_any_endpoint() throws Exception {
    int before = served.get();
    for (Map.Entry<String, String> head : SPLIT_OTHERWISE.entrySet()) {
      RawHttp.Answer answer =
          answerTo(
              "POST /api/x HTTP/1.1\r\n"
                  + authorization()
                  + head.getValue()
                  + "\r\n0\r\n\r\nGET /api/x HTTP/1.1\r\n"
                  + authorization()
                  + "\r\n");
      assertThat(answer.status()).as(head.getKey() + ": " + answer.text()).isIn(400, 501);
      assertThat(answer.answers()).as(head.getKey()).isEqualTo(1);
      assertThat(served.get()).as(head.getKey()).isEqualTo(before);
    }
  }

  @Test
  void chunks_that_are_read_in_two_ways_end_the_connection() throws Exception {
    for (String chunks :
        List.of(
            "zz\r\n",
            "-1\r\nx\r\n0\r\n\r\n",
            "0x1\r\nx\r\n0\r\n\r\n",
            "ffffffffffffffff\r\nx\r\n0\r\n\r\n",
            "1\r\nxy\r\n0\r\n\r\n",
            "1\nx\n0\n\n")) {
      RawHttp.Answer answer =
          answerTo(
              "POST /api/x HTTP/1.1\r\n"
                  + authorization()
                  + "Transfer-Encoding: chunked\r\n\r\n"
                  + chunks
                  + "GET /api/x HTTP/1.1\r\n"
                  + authorization()
                  + "\r\n");
      assertThat(answer.status()).as(chunks + answer.text()).isIn(400, 0);
      assertThat(answer.answers()).as(chunks).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void a_body_or_a_head_that_trickles_is_ended_within_its_bound() throws Exception {
    String[] beginnings = {
      "Content-Length: 100000\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n5\r\n"
    };
    int before = served.get();
    for (String beginning : beginnings) {
      RawHttp.Answer answer =
          answerTo(
              impatient, "POST /api/x HTTP/1.1\r\n" + authorization(impatient) + beginning + "a");
      assertThat(answer.status()).as(answer.text()).isEqualTo(408);
    }
    assertThat(served.get()).as("they wait for the body").isLessThanOrEqualTo(before + 2);
  }

  @Test
  void what_follows_a_refused_body_is_not_taken_for_a_request() throws Exception {
    int before = served.get();
    RawHttp.Answer answer =
        answerToAll(
            "POST /api/x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2000000\r\n\r\n"
                + "GET /api/x HTTP/1.1\r\n"
                + authorization()
                + "\r\n");
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.answers()).isEqualTo(1);
    assertThat(served.get()).isEqualTo(before);
  }

  @Test
  void a_connection_on_which_nothing_comes_is_closed() throws Exception {
    assertThat(answerTo(impatient, "").text()).isEmpty();
    assertThat(answerTo(impatient, "GET /api/x HTTP/1.1\r\nHost: local").answers())
        .isLessThanOrEqualTo(1);
  }

  @Test
  void pipelined_requests_are_answered_in_order() throws Exception {
    String one = "GET /api/x HTTP/1.1\r\n" + authorization() + "\r\n";
    String last = "GET /api/x HTTP/1.1\r\n" + authorization() + "Connection: close\r\n\r\n";
    RawHttp.Answer answer = answerTo(one.repeat(4) + last);
    assertThat(answer.answers()).isEqualTo(5);
  }

  @Test
  void a_closing_door_lets_requests_in_progress_end() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    TestDoor closing =
        new TestDoor(
            List.of(
                get(
                    "/api/slow",
                    Role.VIEWER,
                    x -> {
                      arrived.countDown();
                      if (!goOn.await(TestDoor.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                        throw new AssertionError("nobody let this request go on");
                      }
                      x.json(200, Map.of("done", true));
                    })));
    try (RawHttp http = new RawHttp(closing.port())) {
      http.send(
          "GET /api/slow HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
              + closing.token(Role.VIEWER)
              + "\r\n\r\n");
      assertThat(arrived.await(TestDoor.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      Thread close = Thread.ofVirtual().start(closing::close);
      goOn.countDown();
      RawHttp.Answer answer = http.readAll();
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.text()).contains("{\"done\":true}");
      close.join();
    }
  }

  @Test
  void a_taken_port_is_said_by_name() {
    HttpDoorConfig taken = HttpDoorConfig.of(door.port());
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> new TestDoor(taken, List.of()))
        .hasMessage("port 127.0.0.1:" + door.port() + " cannot be opened");
  }
}
