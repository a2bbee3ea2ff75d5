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
  private static final Duration SOON = Duration.ofMillis(500);

  private final AtomicInteger served = new AtomicInteger();
  private TestDoor door;

  @BeforeAll
  void open() {
    HttpDoorConfig config = HttpDoorConfig.of(0).withTimeouts(SOON, SOON, Duration.ofSeconds(5));
    door =
        new TestDoor(
            config,
            List.of(
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
                    })));
  }

  @AfterAll
  void shut() {
    door.close();
  }

  private String authorization() {
    return "Host: localhost\r\nAuthorization: Bearer " + door.token(Role.VIEWER) + "\r\n";
  }

  private RawHttp.Answer answerTo(String request) throws Exception {
    try (RawHttp http = new RawHttp(door.port())) {
      return http.send(request).readAll();
    }
  }

  private void isProblem(int status, String request) throws Exception {
    RawHttp.Answer answer = answerTo(request);
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

  @Test
  void what_follows_a_refused_body_is_not_taken_for_a_request() throws Exception {
    int before = served.get();
    RawHttp.Answer answer =
        answerTo(
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
    assertThat(answerTo("").text()).isEmpty();
    assertThat(answerTo("GET /api/x HTTP/1.1\r\nHost: local").answers()).isLessThanOrEqualTo(1);
  }

  @Test
  void pipelined_requests_are_answered_in_order() throws Exception {
    String one = "GET /api/x HTTP/1.1\r\n" + authorization() + "\r\n";
    RawHttp.Answer answer = answerTo(one.repeat(5));
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
                      if (!goOn.await(10, TimeUnit.SECONDS)) {
                        throw new AssertionError("nobody let this request go on");
                      }
                      x.json(200, Map.of("done", true));
                    })));
    try (RawHttp http = new RawHttp(closing.port())) {
      http.send(
          "GET /api/slow HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
              + closing.token(Role.VIEWER)
              + "\r\n\r\n");
      assertThat(arrived.await(10, TimeUnit.SECONDS)).isTrue();
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
