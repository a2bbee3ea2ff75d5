package xalesin.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static xalesin.edge.TestDoor.await;
import static xalesin.edge.TestDoor.get;
import static xalesin.edge.TestDoor.post;
import static xalesin.edge.TestDoor.problem;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.slf4j.LoggerFactory;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpDoorTest {
  private static final byte[] OK = "{\"ok\":true}".getBytes(StandardCharsets.UTF_8);
  private static final String SECRET_DETAIL = "jdbc:postgresql://db/secret";

  private TestDoor door;

  record Pair(String left, int right) {}

  @BeforeAll
  void open() {
    door =
        new TestDoor(
            List.of(
                get("/api/constant", Role.VIEWER, x -> x.json(200, OK)),
                get("/api/nothing", Role.VIEWER, x -> x.empty(204)),
                get("/api/unchanged", Role.VIEWER, x -> x.header("ETag", "\"7\"").empty(304)),
                get(
                    "/api/things/{id}",
                    Role.VIEWER,
                    x -> x.json(200, Map.of("id", x.uuid("id").toString()))),
                get("/api/filtered", Role.VIEWER, HttpDoorTest::filtered),
                get(
                    "/api/whoami",
                    Role.VIEWER,
                    x ->
                        x.json(
                            200,
                            Map.of(
                                "tenant",
                                x.tenant(),
                                "correlation",
                                x.correlationId(),
                                "traceparent",
                                x.traceparent()))),
                get(
                    "/api/broken",
                    Role.VIEWER,
                    x -> {
                      x.header("ETag", "\"1\"");
                      throw new IllegalStateException(SECRET_DETAIL);
                    }),
                get(
                    "/api/bottomless",
                    Role.VIEWER,
                    x -> x.json(200, Map.of("depth", bottomless(1)))),
                get("/api/halfway", Role.VIEWER, HttpDoorTest::halfway),
                get(
                    "/api/stale",
                    Role.VIEWER,
                    _ -> {
                      throw Problem.stale("the stream is at version 5")
                          .exception()
                          .header("ETag", "\"5\"");
                    }),
                get(
                    "/api/busy",
                    Role.VIEWER,
                    _ -> {
                      throw Problem.unavailable("busy", "try later", 7).exception();
                    }),
                post("/api/pairs", Role.CLERK, x -> x.json(201, x.body(Pair.class)))));
  }

  private static void filtered(Exchange x) {
    x.allowedQuery("status", "limit", "flag", "id");
    x.json(
        200,
        Map.of(
            "status", String.valueOf(x.query("status")),
            "limit", x.queryInt("limit", 50, 1, 500),
            "flag", x.queryFlag("flag"),
            "ids", x.queryAll("id")));
  }

  private static int bottomless(int depth) {
    return depth == Integer.MAX_VALUE ? depth : bottomless(depth + 1) + 1;
  }

  private static void halfway(Exchange x) throws Exception {
    OutputStream out = x.stream(200, "application/x-ndjson");
    out.write("{}\n".getBytes(StandardCharsets.UTF_8));
    out.flush();
    throw new IllegalStateException(SECRET_DETAIL);
  }

  @AfterAll
  void shut() {
    door.close();
  }

  @Test
  void an_authenticated_get_is_answered_with_the_standard_headers() throws Exception {
    HttpResponse<String> answer = door.get("/api/constant");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"ok\":true}");
    assertThat(answer.headers().map().keySet())
        .containsExactlyInAnyOrder(
            "cache-control",
            "content-length",
            "content-security-policy",
            "content-type",
            "date",
            "ratelimit",
            "ratelimit-policy",
            "x-content-type-options",
            "x-correlation-id",
            "x-ratelimit-limit",
            "x-ratelimit-remaining",
            "x-ratelimit-reset");
    assertThat(answer.headers().firstValue("content-type")).contains("application/json");
    assertThat(answer.headers().firstValue("cache-control")).contains("private, no-cache");
  }

  @Test
  void a_body_becomes_a_record_and_a_record_becomes_the_answer() throws Exception {
    HttpResponse<String> answer = door.postJson("/api/pairs", "{\"left\":\"a\",\"right\":2}");
    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(answer.body()).isEqualTo("{\"left\":\"a\",\"right\":2}");
  }

  @Test
  void answers_without_a_body_have_no_content_type() throws Exception {
    for (String path : List.of("/api/nothing", "/api/unchanged")) {
      HttpResponse<String> answer = door.get(path);
      assertThat(answer.statusCode()).isIn(204, 304);
      assertThat(answer.body()).isEmpty();
      assertThat(answer.headers().firstValue("content-type")).isEmpty();
    }
  }

  @Test
  void head_is_the_get_without_its_body() throws Exception {
    HttpResponse<String> answer = door.send(door.authorised("/api/constant").HEAD());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.headers().firstValue("content-length")).contains(String.valueOf(OK.length));
    assertThat(door.send(door.request("/api/constant").HEAD()).statusCode()).isEqualTo(401);
  }

  @Test
  void an_unknown_address_is_404() throws Exception {
    for (String path :
        List.of("/", "/api/constant/", "/api/constant/more", "/API/constant", "/favicon.ico")) {
      JsonNode problem = problem(door.get(path), 404, "unknown-route");
      assertThat(problem.path("instance").asText()).isEqualTo(path);
    }
  }

  @Test
  void another_method_is_405_and_names_the_right_ones() throws Exception {
    HttpResponse<String> answer = door.send(door.authorised("/api/constant").DELETE());
    problem(answer, 405, "method-not-allowed");
    assertThat(answer.headers().firstValue("allow")).contains("GET, HEAD");
    HttpRequest.Builder options =
        door.authorised("/api/pairs").method("OPTIONS", HttpRequest.BodyPublishers.noBody());
    assertThat(door.send(options).headers().firstValue("allow")).contains("POST");
  }

  @Test
  void an_id_in_the_path_has_one_spelling() throws Exception {
    String id = UUID.randomUUID().toString();
    assertThat(door.get("/api/things/" + id).body()).contains(id);
    for (String bad :
        List.of("1-1-1-1-1", "7", id + "0", "x" + id.substring(1), "%00", "..%252f")) {
      problem(door.get("/api/things/" + bad), 400, "bad-request");
    }
  }

  @Test
  void query_parameters_are_read_strictly() throws Exception {
    assertThat(door.get("/api/filtered?status=a%20b+c&limit=7&flag=true&id=1&id=2").body())
        .contains("\"a b c\"", "7", "true", "[\"1\",\"2\"]");
    JsonNode unknown =
        problem(door.get("/api/filtered?sttus=active&limit=7"), 400, "unknown-parameter");
    assertThat(unknown.path("detail").asText())
        .isEqualTo("sttus; known are status, limit, flag, id");
    for (String bad :
        List.of(
            "limit=0",
            "limit=501",
            "limit=x",
            "limit=",
            "flag=yes",
            "status=1&status=2",
            "status=%25zz".replace("%25", "%"),
            "id=1&".repeat(601))) {
      assertThat(door.send(door.authorised("/api/filtered")).statusCode()).isEqualTo(200);
      assertThat(RawHttp.get(door, "/api/filtered?" + bad, door.token(Role.ADMIN)).status())
          .as(bad)
          .isEqualTo(400);
    }
  }

  @Test
  void the_correlation_id_comes_back_and_is_the_trace_id_when_there_was_none() throws Exception {
    HttpResponse<String> sent =
        door.send(door.authorised("/api/whoami").header("X-Correlation-Id", "order 17"));
    assertThat(sent.headers().firstValue("x-correlation-id")).contains("order 17");
    assertThat(sent.body()).contains("\"correlation\":\"order 17\"");
    String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    HttpResponse<String> made =
        door.send(
            door.authorised("/api/whoami")
                .header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01"));
    assertThat(made.headers().firstValue("x-correlation-id")).contains(trace);
    assertThat(made.body()).contains("00-" + trace);
  }

  @Test
  void a_correlation_id_that_could_break_a_log_is_refused_and_not_repeated() throws Exception {
    HttpResponse<String> answer =
        door.send(door.authorised("/api/whoami").header("X-Correlation-Id", "x".repeat(201)));
    JsonNode problem = problem(answer, 400, "bad-request");
    assertThat(answer.headers().firstValue("x-correlation-id"))
        .contains(problem.path("traceId").asText());
    assertThat(
            RawHttp.get(door, "/api/whoami", door.token(Role.ADMIN), "X-Correlation-Id: a\u00e9b")
                .status())
        .isEqualTo(400);
  }

  @Test
  void an_unexpected_exception_shows_nothing_of_the_inside_and_is_logged_once() throws Exception {
    Logger logger = (Logger) LoggerFactory.getLogger(Doorman.class);
    ListAppender<ILoggingEvent> log =
        new ListAppender<>() {
          @Override
          protected void append(ILoggingEvent event) {
            event.prepareForDeferredProcessing();
            super.append(event);
          }
        };
    log.start();
    logger.addAppender(log);
    logger.setAdditive(false);
    try {
      HttpResponse<String> answer = door.get("/api/broken");
      JsonNode problem = problem(answer, 500, "internal");
      assertThat(answer.body()).doesNotContain("jdbc", "Exception", "xalesin", "at ");
      assertThat(answer.headers().firstValue("etag")).isEmpty();
      assertThat(log.list).hasSize(1);
      ILoggingEvent event = log.list.getFirst();
      assertThat(event.getThrowableProxy().getMessage()).isEqualTo(SECRET_DETAIL);
      assertThat(event.getMDCPropertyMap())
          .containsEntry("traceId", problem.path("traceId").asText())
          .containsEntry("tenant", "acme");
      problem(door.get("/api/bottomless"), 500, "internal");
      assertThat(log.list).hasSize(2);
    } finally {
      logger.setAdditive(true);
      logger.detachAppender(log);
    }
  }

  @Test
  void an_answer_that_breaks_off_is_not_taken_for_a_whole_one() {
    assertThatThrownBy(() -> door.get("/api/halfway")).isInstanceOf(IOException.class);
  }

  @Test
  void a_problem_carries_its_own_headers() throws Exception {
    HttpResponse<String> stale = door.get("/api/stale");
    problem(stale, 412, "stale-version");
    assertThat(stale.headers().firstValue("etag")).contains("\"5\"");
    HttpResponse<String> busy = door.get("/api/busy");
    assertThat(problem(busy, 503, "busy").path("retryAfter").asInt()).isEqualTo(7);
    assertThat(busy.headers().firstValue("retry-after")).contains("7");
  }

  @Test
  void requests_side_by_side_keep_their_callers_apart() throws Exception {
    List<Callable<Void>> callers =
        IntStream.range(0, 32)
            .<Callable<Void>>mapToObj(
                i ->
                    () -> {
                      String token =
                          door.keys.sign(
                              "tenant-" + i,
                              "u",
                              java.util.Set.of(Role.VIEWER),
                              java.time.Duration.ofMinutes(5));
                      for (int n = 0; n < 30; n++) {
                        String body =
                            door.send(
                                    door.request("/api/whoami")
                                        .header("Authorization", "Bearer " + token))
                                .body();
                        assertThat(body).contains("\"tenant\":\"tenant-" + i + "\"");
                      }
                      return null;
                    })
            .toList();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Void> done : threads.invokeAll(callers)) {
        done.get();
      }
    }
  }

  @Test
  void every_route_counts_its_requests_by_outcome() throws Exception {
    door.get("/api/stale");
    door.get("/api/nowhere");
    String line =
        "http_server_requests_seconds_count{class=\"read\",method=\"GET\",route=\"/api/stale\",status=\"4xx\"}";
    await()
        .untilAsserted(
            () ->
                assertThat(door.registry.scrape())
                    .contains(line)
                    .contains("route=\"/api/things/{id}\",status=\"2xx\"")
                    .contains("route=\"unmatched\",status=\"4xx\"")
                    .contains("http_server_connections")
                    .contains("http_server_requests_seconds_bucket"));
  }
}
