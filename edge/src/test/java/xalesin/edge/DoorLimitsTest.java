package xalesin.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static xalesin.edge.TestDoor.await;
import static xalesin.edge.TestDoor.get;
import static xalesin.edge.TestDoor.post;
import static xalesin.edge.TestDoor.problem;

import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import xalesin.edge.limits.ClassPolicies;
import xalesin.edge.limits.LimitsConfig;
import xalesin.edge.limits.Policies;
import xalesin.edge.limits.Policy;

class DoorLimitsTest {
  private static final byte[] OK = "{}".getBytes(StandardCharsets.UTF_8);
  private static final Policy MUCH = new Policy(1_000_000, 10);

  private final AtomicLong nanos = new AtomicLong();
  private final AtomicInteger served = new AtomicInteger();
  private final AtomicInteger waits = new AtomicInteger();

  private TestDoor door(LimitsConfig limits) {
    List<Route> routes =
        List.of(
            get("/api/things", Role.VIEWER, this::serve),
            new Route(Verb.GET, "/open", null, RouteClass.READ, this::serve),
            get(
                "/api/busy",
                Role.VIEWER,
                _ -> {
                  throw Problem.unavailable("busy", "later", 3).exception();
                }),
            get("/api/late", Role.VIEWER, x -> x.context().future(DoorLimitsTest::failed)),
            post("/api/things", Role.CLERK, this::serve),
            post("/api/many", Role.CLERK, x -> serveMany(x, TestDoor.PATIENCE)),
            post("/api/many/impatient", Role.CLERK, x -> serveMany(x, Duration.ofMillis(1))));
    return new TestDoor(HttpDoorConfig.of(0).withLimits(limits), routes, nanos::get);
  }

  private static CompletableFuture<?> failed() {
    return CompletableFuture.failedFuture(Problem.stale("late").exception());
  }

  private void serve(Exchange exchange) {
    served.incrementAndGet();
    exchange.json(200, OK);
  }

  /** One for each byte of the body. */
  private void serveMany(Exchange exchange, Duration patience) throws Exception {
    InputStream bytes = exchange.bodyLines("text/plain", 1_000, 1_000);
    for (int read = bytes.read(); read >= 0; read = bytes.read()) {
      if (served.get() > 0) {
        exchange.chargeNext(patience, waits::incrementAndGet);
      }
      served.incrementAndGet();
    }
    exchange.json(200, OK);
  }

  private static LimitsConfig callers(Policy reads, Policy commands, Policy searches) {
    ClassPolicies policies = new ClassPolicies(commands, reads, searches, null);
    return LimitsConfig.GENEROUS.withPolicies(new Policies(null, policies, null, Map.of()));
  }

  private static LimitsConfig addresses(int quota) {
    return LimitsConfig.GENEROUS.withPolicies(
        new Policies(null, null, new Policy(quota, 60), Map.of()));
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  @Test
  void every_answer_to_a_caller_tells_the_limits() throws Exception {
    try (TestDoor door = door(callers(new Policy(50, 10), MUCH, MUCH))) {
      int remaining = 50;
      for (String path : List.of("/api/things", "/api/busy", "/api/late", "/api/things?x=1")) {
        HttpResponse<String> answer = door.get(path);
        remaining--;
        assertThat(header(answer, "RateLimit-Policy"))
            .isEqualTo("\"tenant-read\";q=2000000;w=10, \"caller-read\";q=50;w=10");
        assertThat(header(answer, "RateLimit")).endsWith("\"caller-read\";r=" + remaining + ";t=1");
        assertThat(header(answer, "X-RateLimit-Limit")).isEqualTo("50");
        assertThat(header(answer, "X-RateLimit-Remaining")).isEqualTo("" + remaining);
        assertThat(header(answer, "X-RateLimit-Reset")).isEqualTo("1");
      }
      HttpResponse<String> forbidden =
          door.send(
              door.request("/api/things")
                  .header("Authorization", "Bearer " + door.token(Role.VIEWER))
                  .header("Content-Type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofString("{}")));
      problem(forbidden, 403, "forbidden");
      assertThat(header(forbidden, "RateLimit")).contains("\"caller-command\";r=999999;t=1");
    }
  }

  @Test
  void answers_to_nobody_in_particular_tell_the_limit_of_the_address() throws Exception {
    try (TestDoor door = door(addresses(20))) {
      List<HttpResponse<String>> answers =
          List.of(
              door.send(door.request("/open").GET()),
              door.send(door.request("/api/things").GET()),
              door.send(door.request("/api/things").header("Authorization", "Bearer x").GET()),
              door.send(door.request("/nowhere").GET()),
              door.send(door.request("/open").DELETE()));
      assertThat(answers)
          .extracting(HttpResponse::statusCode)
          .containsExactly(200, 401, 401, 404, 405);
      for (int i = 0; i < answers.size(); i++) {
        assertThat(header(answers.get(i), "RateLimit-Policy")).isEqualTo("\"address\";q=20;w=60");
        assertThat(header(answers.get(i), "RateLimit"))
            .isEqualTo("\"address\";r=" + (19 - i) + ";t=" + 3 * (i + 1));
      }
    }
  }

  @Test
  void a_retry_after_that_is_obeyed_succeeds() throws Exception {
    try (TestDoor door = door(callers(new Policy(10, 60), MUCH, MUCH))) {
      for (int i = 0; i < 10; i++) {
        assertThat(door.get("/api/things").statusCode()).isEqualTo(200);
      }
      HttpResponse<String> refused = door.get("/api/things");
      var problem = problem(refused, 429, "rate-limited");
      assertThat(problem.path("detail").asText())
          .isEqualTo("the limit caller-read of 10 requests in 60 s is reached");
      assertThat(problem.path("retryAfter").asInt()).isEqualTo(6);
      assertThat(header(refused, "Retry-After")).isEqualTo("6");
      assertThat(header(refused, "X-RateLimit-Remaining")).isEqualTo("0");
      assertThat(header(refused, "X-RateLimit-Reset")).isEqualTo("60");
      nanos.addAndGet(Duration.ofSeconds(6).toNanos());
      assertThat(door.get("/api/things").statusCode()).isEqualTo(200);
      assertThat(door.get("/api/things").statusCode()).isEqualTo(429);
    }
  }

  @Test
  void a_refused_command_is_answered_before_its_body_is_read() throws Exception {
    try (TestDoor door = door(callers(MUCH, new Policy(1, 60), MUCH))) {
      assertThat(door.postJson("/api/things", "{}").statusCode()).isEqualTo(200);
      try (RawHttp http = new RawHttp(door.port())) {
        http.send(
            "POST /api/things HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n"
                + "Authorization: Bearer "
                + door.token(Role.ADMIN)
                + "\r\n\r\n");
        assertThat(http.readSome().status()).isEqualTo(429);
      }
      assertThat(served).hasValue(1);
    }
  }

  private static HttpRequest.Builder many(TestDoor door, String path, int bytes) {
    return door.authorised(path)
        .header("Content-Type", "text/plain")
        .POST(HttpRequest.BodyPublishers.ofString("x".repeat(bytes)));
  }

  @Test
  void many_commands_in_a_request_are_as_many_to_the_limits_and_wait_for_them() throws Exception {
    try (TestDoor door = door(callers(MUCH, new Policy(10, 1), MUCH));
        ExecutorService sender = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<HttpResponse<String>> answer =
          sender.submit(() -> door.send(many(door, "/api/many", 30)));
      for (int second = 1; second <= 2; second++) {
        int pauses = second;
        await().until(() -> waits.get() >= pauses);
        assertThat(served).hasValue(10 * second);
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
      }
      assertThat(answer.get(TestDoor.PATIENCE.toSeconds(), TimeUnit.SECONDS).statusCode())
          .isEqualTo(200);
      assertThat(served).hasValue(30);
    }
  }

  @Test
  void a_command_in_a_request_that_has_waited_too_long_for_the_limits_is_refused()
      throws Exception {
    try (TestDoor door = door(callers(MUCH, new Policy(10, 60), MUCH))) {
      HttpResponse<String> refused = door.send(many(door, "/api/many/impatient", 30));
      assertThat(problem(refused, 429, "rate-limited").path("retryAfter").asInt()).isEqualTo(6);
      assertThat(served).hasValue(10);
      nanos.addAndGet(Duration.ofSeconds(6).toNanos());
      assertThat(door.postJson("/api/things", "{}").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void what_has_a_q_is_charged_as_a_search() throws Exception {
    try (TestDoor door = door(callers(MUCH, MUCH, new Policy(2, 60)))) {
      assertThat(door.get("/api/things?q=tea").statusCode()).isEqualTo(200);
      assertThat(door.get("/api/things?limit=1&%71=tea").statusCode()).isEqualTo(200);
      assertThat(door.get("/api/things?q=tea").statusCode()).isEqualTo(429);
      assertThat(door.get("/api/things?faq=tea").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void whom_an_endpoint_lets_in_itself_is_charged_by_its_class() throws Exception {
    Caller ann = new Caller("acme", "ann", Set.of(Role.VIEWER));
    Route follow =
        new Route(
            Verb.GET,
            "/follow",
            null,
            RouteClass.LIVE,
            exchange -> {
              exchange.charge(ann);
              serve(exchange);
            });
    ClassPolicies live = new ClassPolicies(null, null, null, new Policy(2, 60));
    LimitsConfig limits =
        LimitsConfig.GENEROUS.withPolicies(new Policies(null, live, null, Map.of()));
    try (TestDoor door =
        new TestDoor(HttpDoorConfig.of(0).withLimits(limits), List.of(follow), nanos::get)) {
      assertThat(door.get("/follow").statusCode()).isEqualTo(200);
      assertThat(door.get("/follow").statusCode()).isEqualTo(200);
      assertThat(door.get("/follow").statusCode()).isEqualTo(429);
      assertThat(served).hasValue(2);
    }
  }

  @Test
  void spoofed_forwarding_does_not_multiply_what_an_address_may() throws Exception {
    try (TestDoor door = door(addresses(100))) {
      assertThat(flood(door, 1_000, "198.51.100.%d")).isEqualTo(100);
    }
  }

  @Test
  void behind_a_trusted_proxy_what_stands_left_of_the_client_is_ignored() throws Exception {
    try (TestDoor door = door(addresses(100).withTrustedProxies("127.0.0.0/8"))) {
      assertThat(flood(door, 1_000, "198.51.100.%d, 203.0.113.7")).isEqualTo(100);
      // Another client of the same proxy.
      assertThat(flood(door, 50, "198.51.100.%d, 203.0.113.8")).isEqualTo(50);
    }
  }

  /** How many of so many requests, each with another first address, are served. */
  private static int flood(TestDoor door, int requests, String forwarded) throws Exception {
    int passed = 0;
    for (int i = 0; i < requests; i++) {
      HttpResponse<String> answer =
          door.send(
              door.request("/open").header("X-Forwarded-For", forwarded.formatted(i % 250)).GET());
      passed += answer.statusCode() == 200 ? 1 : 0;
    }
    return passed;
  }

  @Test
  void a_flood_of_bad_tokens_from_an_address_leaves_good_tokens_from_it_alone() throws Exception {
    try (TestDoor door = door(addresses(5))) {
      for (int i = 0; i < 20; i++) {
        HttpResponse<String> answer =
            door.send(door.request("/api/things").header("Authorization", "Bearer bad" + i).GET());
        assertThat(answer.statusCode()).isEqualTo(i < 5 ? 401 : 429);
      }
      assertThat(door.get("/api/things").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void a_tenant_at_ten_times_its_limit_takes_nothing_from_another() throws Exception {
    ClassPolicies policies = new ClassPolicies(null, new Policy(50, 60), null, null);
    LimitsConfig limits =
        LimitsConfig.GENEROUS.withPolicies(new Policies(policies, null, null, Map.of()));
    try (TestDoor door = door(limits)) {
      int greedy = 0;
      int modest = 0;
      for (int i = 0; i < 50; i++) {
        for (int k = 0; k < 10; k++) {
          greedy += statusOf(door, "greedy") == 200 ? 1 : 0;
        }
        modest += statusOf(door, "modest") == 200 ? 1 : 0;
      }
      assertThat(greedy).isEqualTo(50);
      assertThat(modest).isEqualTo(50);
    }
  }

  private static int statusOf(TestDoor door, String tenant) throws Exception {
    return door.send(
            door.request("/api/things")
                .header("Authorization", "Bearer " + door.tokenOf(tenant, "ann"))
                .GET())
        .statusCode();
  }

  @Test
  void two_doors_together_admit_what_the_policy_allows() throws Exception {
    LimitsConfig limits = callers(new Policy(100, 60), MUCH, MUCH).withNodes(2);
    try (TestDoor one = door(limits);
        TestDoor two = door(limits)) {
      int admitted = 0;
      for (int second = 0; second < 60; second++) {
        for (int k = 0; k < 10; k++) {
          admitted += one.get("/api/things").statusCode() == 200 ? 1 : 0;
          admitted += two.get("/api/things").statusCode() == 200 ? 1 : 0;
        }
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
      }
      // The bucket and what a minute refills.
      assertThat(admitted).isBetween(190, 200);
    }
  }

  @Test
  void without_limits_nothing_is_said_of_them() throws Exception {
    try (TestDoor door = door(addresses(1).withEnabled(false))) {
      assertThat(flood(door, 5, "198.51.100.%d")).isEqualTo(5);
      assertThat(header(door.get("/api/things"), "RateLimit")).isEmpty();
    }
  }
}
