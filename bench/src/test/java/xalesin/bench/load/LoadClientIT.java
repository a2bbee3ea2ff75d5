package xalesin.bench.load;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class LoadClientIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final byte[] HEADERS = "Host: localhost\r\n".getBytes(US_ASCII);

  /** Gets one path over and over and expects 200. */
  private record Get(String path) implements Script {
    @Override
    public void begin(RequestBuffer request) {
      request.get(path, HEADERS);
    }

    @Override
    public Next answered(Answer answer, RequestBuffer request, Run run) {
      return answer.status() == 200 ? Next.DONE : Next.FAILED;
    }
  }

  @Test
  void a_closed_loop_makes_as_many_exchanges_as_asked() throws Exception {
    try (RawServer server = new RawServer((_, _) -> new String[] {RawServer.ok("", "hello")});
        LoadClient client = new LoadClient(server.uri(), 8, 2, _ -> new Get("/x"))) {
      Outcome outcome = client.run(Load.closed(1_001, Duration.ofSeconds(60)));

      assertThat(outcome.completed()).isEqualTo(1_001);
      assertThat(outcome.requests()).isEqualTo(1_001);
      assertThat(outcome.failed()).isZero();
      assertThat(outcome.exchange().getTotalCount()).isEqualTo(1_001);
      assertThat(outcome.doubts()).isEmpty();
      assertThat(outcome.seconds()).isLessThan(60);
    }
  }

  @Test
  void a_closed_loop_ends_with_its_window_and_runs_again() throws Exception {
    try (RawServer server = new RawServer((_, _) -> new String[] {RawServer.ok("", "hello")});
        LoadClient client = new LoadClient(server.uri(), 4, 1, _ -> new Get("/x"))) {
      for (int i = 0; i < 3; i++) {
        await()
            .atMost(PATIENCE)
            .until(
                () -> {
                  Outcome outcome = client.run(Load.closed(Duration.ofMillis(200)));
                  assertThat(outcome.seconds()).isEqualTo(0.2);
                  assertThat(outcome.reconnects()).isZero();
                  // A machine may stand still for as long as a window.
                  return outcome.completedInWindow() > 0;
                });
      }
    }
  }

  @Test
  void a_server_that_stalls_shows_in_the_percentiles_of_an_open_loop() throws Exception {
    AtomicInteger count = new AtomicInteger();
    CountDownLatch never = new CountDownLatch(1);
    RawServer.Handler stallsOnce =
        (_, _) -> {
          if (count.incrementAndGet() == 50) {
            never.await(1, TimeUnit.SECONDS);
          }
          return new String[] {RawServer.ok("", "hello")};
        };
    try (RawServer server = new RawServer(stallsOnce);
        LoadClient client = new LoadClient(server.uri(), 1, 1, _ -> new Get("/x"))) {
      Outcome outcome = client.run(Load.constant(100, Duration.ofSeconds(3)));

      // One connection: what was due during the stall waited for it, and that is in the figures.
      assertThat(outcome.completed()).isEqualTo(300);
      Histogram latency = outcome.exchange();
      assertThat(latency.getMaxValue()).isGreaterThan(990_000_000L);
      assertThat(latency.getCountBetweenValues(500_000_000L, Long.MAX_VALUE)).isGreaterThan(45);
      assertThat(latency.getValueAtPercentile(75)).isGreaterThan(100_000_000L);
      assertThat(outcome.maxBacklog()).isGreaterThan(50);
      assertThat(outcome.doubts()).anyMatch(d -> d.startsWith("could not keep the schedule"));
    }
  }

  @Test
  void an_open_loop_sends_at_its_rate_and_not_faster() throws Exception {
    try (RawServer server = new RawServer((_, _) -> new String[] {RawServer.ok("", "hello")});
        LoadClient client = new LoadClient(server.uri(), 16, 1, _ -> new Get("/x"))) {
      Outcome outcome = client.run(Load.poisson(400, Duration.ofSeconds(2), 3));

      Schedule same = Schedule.poisson(400, 3);
      int expected = 0;
      while (same.next() < 2_000_000_000L) {
        expected++;
      }
      assertThat(outcome.completed()).isEqualTo(expected);
      assertThat(outcome.series(Outcome.SENT_LATE).getTotalCount()).isEqualTo(expected);
    }
  }

  @Test
  void a_chain_of_requests_is_one_exchange() throws Exception {
    Script chain =
        new Script() {
          private boolean second;

          @Override
          public void begin(RequestBuffer request) {
            second = false;
            request.post("/command", HEADERS, "X: y\r\n", "{}".getBytes(US_ASCII));
          }

          @Override
          public Next answered(Answer answer, RequestBuffer request, Run run) {
            if (second) {
              run.record("both", run.answeredNanos() - run.intendedNanos());
              return Next.DONE;
            }
            second = true;
            request.get("/read", HEADERS, "Consistency-Token: " + answer.header("token") + "\r\n");
            return Next.SEND;
          }
        };
    AtomicInteger wrong = new AtomicInteger();
    RawServer.Handler handler =
        (head, body) -> {
          boolean command = head.startsWith("POST /command HTTP/1.1\r\n") && body.equals("{}");
          boolean read = head.contains("Consistency-Token: abc\r\n");
          if (command == read) {
            wrong.incrementAndGet();
          }
          return new String[] {RawServer.ok(command ? "Token: abc\r\n" : "", "")};
        };
    try (RawServer server = new RawServer(handler);
        LoadClient client = new LoadClient(server.uri(), 1, 1, _ -> chain)) {
      Outcome outcome = client.run(Load.closed(100, Duration.ofSeconds(60)));

      assertThat(wrong).hasValue(0);
      assertThat(outcome.completed()).isEqualTo(100);
      assertThat(outcome.requests()).isEqualTo(200);
      assertThat(outcome.series("both").getTotalCount()).isEqualTo(100);
    }
  }

  @Test
  void failures_are_counted_with_a_sample_and_connections_opened_again() throws Exception {
    AtomicInteger count = new AtomicInteger();
    RawServer.Handler handler =
        (_, _) ->
            switch (count.getAndIncrement() % 4) {
              case 0 -> new String[] {RawServer.ok("", "good")};
              case 1 -> new String[] {"HTTP/1.1 503 No\r\nContent-Length: 4\r\n\r\n", "busy"};
              case 2 -> new String[] {RawServer.ok("Connection: close\r\n", "bye")};
              default -> new String[] {};
            };
    try (RawServer server = new RawServer(handler);
        LoadClient client = new LoadClient(server.uri(), 1, 1, _ -> new Get("/x"))) {
      Outcome outcome = client.run(Load.closed(40, Duration.ofSeconds(60)));

      assertThat(outcome.completed()).isEqualTo(20);
      assertThat(outcome.failed()).isEqualTo(20);
      assertThat(outcome.failures()).containsEntry("status 503", 10L);
      assertThat(outcome.samples()).contains("503 busy");
      assertThat(outcome.reconnects()).isEqualTo(20);
      assertThat(outcome.doubts()).anyMatch(d -> d.startsWith("20 exchanges failed"));
    }
  }

  @Test
  void only_loopback_addresses_are_pressed_on() {
    for (String host : new String[] {"192.0.2.1", "example.org", "[2001:db8::1]", "0.0.0.0"}) {
      assertThatThrownBy(() -> LoadClient.loopback(URI.create("http://" + host + ":8080")))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> LoadClient.loopback(URI.create("https://127.0.0.1:8080")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(LoadClient.loopback(URI.create("http://localhost:8080")).getPort()).isEqualTo(8080);
  }
}
