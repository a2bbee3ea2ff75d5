package xalesin.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static xalesin.edge.TestDoor.await;
import static xalesin.edge.TestDoor.problem;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DoorBodyTest {
  private static final int MIB = 1 << 20;
  private static final Duration SOON = Duration.ofMillis(500);

  private TestDoor door;
  private TestDoor impatient;

  record Note(@Nullable String text, @Nullable Note inner) {}

  @BeforeAll
  void open() {
    HttpDoorConfig patient = HttpDoorConfig.of(0).withBodyLimits(MIB, 2 * MIB);
    door = new TestDoor(patient, routes());
    impatient = new TestDoor(patient.withTimeouts(SOON, SOON, Duration.ofSeconds(5)), routes());
  }

  private static List<Route> routes() {
    return List.of(
        TestDoor.post("/api/notes", Role.CLERK, x -> x.json(200, x.body(Note.class))),
        TestDoor.post("/api/verbs", Role.CLERK, x -> x.json(200, x.optionalBody(Note.class))),
        TestDoor.post(
            "/api/raw", Role.CLERK, x -> x.json(200, Map.of("bytes", x.rawBody().length))),
        TestDoor.post("/api/lines", Role.CLERK, DoorBodyTest::countLines),
        TestDoor.post("/api/kept", Role.CLERK, DoorBodyTest::countKept));
  }

  private static void countLines(Exchange x) throws Exception {
    countAll(x, x.bodyLines("application/x-ndjson", 4L * MIB, MIB));
  }

  private static void countKept(Exchange x) throws Exception {
    countAll(x, x.bodyKept("application/x-ndjson", 4L * MIB));
  }

  private static void countAll(Exchange x, InputStream in) throws Exception {
    byte[] buffer = new byte[8192];
    long bytes = 0;
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      bytes += read;
    }
    x.json(200, Map.of("bytes", bytes));
  }

  @AfterAll
  void shut() {
    door.close();
    impatient.close();
  }

  private HttpResponse<String> post(String path, @Nullable String type, BodyPublisher body)
      throws Exception {
    var request = door.authorised(path).POST(body);
    return door.send(type == null ? request : request.header("Content-Type", type));
  }

  private static BodyPublisher chunked(int bytes) {
    return BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[bytes]));
  }

  @Test
  void a_body_up_to_the_limit_is_taken_in_either_form() throws Exception {
    assertThat(post("/api/raw", null, BodyPublishers.ofByteArray(new byte[MIB])).body())
        .contains("1048576");
    assertThat(post("/api/raw", null, chunked(MIB)).body()).contains("1048576");
    assertThat(post("/api/raw", null, BodyPublishers.noBody()).body()).isEqualTo("{\"bytes\":0}");
  }

  @Test
  void a_body_of_ten_megabytes_is_413_in_either_form() throws Exception {
    for (BodyPublisher body :
        List.of(
            BodyPublishers.ofByteArray(new byte[10_000_000]), chunked(10_000_000),
            BodyPublishers.ofByteArray(new byte[MIB + 1]), chunked(MIB + 1))) {
      JsonNode problem = problem(post("/api/raw", "application/json", body), 413, "too-large");
      assertThat(problem.path("detail").asText()).contains("1048576");
    }
  }

  @Test
  void a_stream_has_a_limit_of_its_own() throws Exception {
    assertThat(post("/api/lines", "application/x-ndjson", chunked(3 * MIB)).statusCode())
        .isEqualTo(200);
    problem(post("/api/lines", "application/x-ndjson", chunked(5 * MIB)), 413, "too-large");
    problem(post("/api/lines", "application/json", chunked(10)), 415, "unsupported-media-type");
  }

  @Test
  void only_json_is_taken_for_json() throws Exception {
    for (String type :
        List.of(
            "application/json",
            "application/json; charset=utf-8",
            "Application/JSON",
            "application/merge-patch+json")) {
      assertThat(post("/api/notes", type, BodyPublishers.ofString("{}")).statusCode())
          .as(type)
          .isEqualTo(200);
    }
    for (String type :
        List.of(
            "text/plain",
            "application/x-www-form-urlencoded",
            "text/json",
            "multipart/form-data",
            "application/jsonx",
            "application/xml")) {
      problem(
          post("/api/notes", type, BodyPublishers.ofString("{}")), 415, "unsupported-media-type");
    }
    JsonNode none =
        problem(
            post("/api/notes", null, BodyPublishers.ofString("{}")), 415, "unsupported-media-type");
    assertThat(none.path("detail").asText())
        .isEqualTo("no Content-Type was sent, application/json is needed");
  }

  @Test
  void a_verb_without_fields_needs_no_body_but_a_creation_does() throws Exception {
    assertThat(post("/api/verbs", null, BodyPublishers.noBody()).statusCode()).isEqualTo(200);
    problem(post("/api/verbs", null, BodyPublishers.ofString("{}")), 415, "unsupported-media-type");
    problem(post("/api/notes", null, BodyPublishers.noBody()), 400, "malformed-json");
  }

  @Test
  void hostile_and_mistaken_json_is_told_what_is_wrong_with_it() throws Exception {
    String deep = "{\"inner\":".repeat(1000) + "{}" + "}".repeat(1000);
    problem(door.postJson("/api/notes", deep), 400, "json-limits");
    problem(door.postJson("/api/notes", "[".repeat(1000)), 422, "invalid-content");
    JsonNode twice =
        problem(
            door.postJson("/api/notes", "{\"text\":\"a\",\"text\":\"b\"}"), 400, "malformed-json");
    assertThat(twice.path("detail").asText()).contains("line 1");
    JsonNode unknown =
        problem(door.postJson("/api/notes", "{\"inner\":{\"txt\":1}}"), 422, "invalid-content");
    assertThat(unknown.at("/errors/0/pointer").asText()).isEqualTo("/inner/txt");
    JsonNode wrong =
        problem(door.postJson("/api/notes", "{\"inner\":{\"text\":1}}"), 422, "invalid-content");
    assertThat(wrong.at("/errors/0/pointer").asText()).isEqualTo("/inner/text");
    assertThat(wrong.at("/errors/0/detail").asText()).isEqualTo("must be a string");
    problem(door.postJson("/api/notes", "{"), 400, "malformed-json");
  }

  private static String head(TestDoor door, String extra) {
    return head(door, "/api/raw", extra);
  }

  private static String head(TestDoor door, String path, String extra) {
    return "POST "
        + path
        + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
        + door.token(Role.CLERK)
        + "\r\n"
        + extra
        + "\r\n";
  }

  @Test
  void a_body_that_stalls_is_given_up() throws Exception {
    try (RawHttp http = new RawHttp(impatient.port())) {
      RawHttp.Answer answer =
          http.send(head(impatient, "Content-Length: 1000\r\n") + "abc").readAll();
      assertThat(answer.status()).isEqualTo(408);
      assertThat(answer.text()).contains("/problems/too-slow");
    }
  }

  @Test
  void a_body_that_drips_is_given_up_however_steadily() throws Exception {
    try (RawHttp http = new RawHttp(impatient.port())) {
      http.send(head(impatient, "Content-Length: 100000\r\n"));
      Thread dripping = Thread.ofVirtual().start(() -> drip(http));
      assertThat(http.readSome().status()).isEqualTo(408);
      dripping.interrupt();
      dripping.join();
    }
  }

  /** A byte now and then, always sooner than the idle timeout. */
  private static void drip(RawHttp http) {
    try {
      for (int i = 0; i < 1000 && !Thread.currentThread().isInterrupted(); i++) {
        http.send("x");
        java.util.concurrent.locks.LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
      }
    } catch (java.io.IOException e) {
      // The door has closed the connection, as it should.
    }
  }

  @Test
  void an_endless_body_is_answered_and_cut_off() throws Exception {
    try (RawHttp http = new RawHttp(door.port())) {
      http.send(head(door, "Transfer-Encoding: chunked\r\n"));
      Thread sending = Thread.ofVirtual().start(() -> sendForever(http));
      assertThat(http.readSome().status()).isEqualTo(413);
      sending.join();
    }
  }

  /** Until the door stops reading and closes, which it does after a bounded number of bytes. */
  private static void sendForever(RawHttp http) {
    byte[] chunk =
        ("10000\r\n" + "x".repeat(65_536) + "\r\n")
            .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    try {
      for (int i = 0; i < 100_000; i++) {
        http.send(chunk);
      }
    } catch (java.io.IOException e) {
      return;
    }
    throw new AssertionError("the door took 6 GB");
  }

  @Test
  void an_announced_giant_is_refused_before_it_is_sent() throws Exception {
    try (RawHttp http = new RawHttp(door.port())) {
      RawHttp.Answer answer =
          http.send(head(door, "Content-Length: 99999999999\r\nExpect: 100-continue\r\n"))
              .readAll();
      assertThat(answer.status()).isEqualTo(413);
    }
  }

  @Test
  void a_body_that_breaks_off_reaches_no_endpoint_and_frees_its_memory() throws Exception {
    try (RawHttp http = new RawHttp(door.port())) {
      RawHttp.Answer answer =
          http.send(head(door, "Content-Length: 1000\r\n") + "abc").endOfOutput().readAll();
      assertThat(answer.status()).isNotEqualTo(200);
    }
    await()
        .untilAsserted(
            () -> assertThat(door.registry.get("http.server.bodies").gauge().value()).isZero());
  }

  @Test
  void more_large_bodies_at_once_than_memory_allows_are_503() throws Exception {
    try (RawHttp first = new RawHttp(door.port());
        RawHttp second = new RawHttp(door.port());
        RawHttp third = new RawHttp(door.port())) {
      byte[] most = new byte[900_000];
      for (RawHttp http : List.of(first, second)) {
        http.send(head(door, "Content-Length: 1000000\r\n")).send(most);
      }
      await().until(() -> door.registry.get("http.server.bodies").gauge().value() > 1_900_000);
      RawHttp.Answer answer =
          third
              .send(head(door, "Content-Length: 1000000\r\nConnection: close\r\n"))
              .send(most)
              .readSome();
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.text()).contains("Retry-After: 1");
    }
    await()
        .untilAsserted(
            () -> assertThat(door.registry.get("http.server.bodies").gauge().value()).isZero());
  }

  private double held() {
    return door.registry.get("http.server.bodies").gauge().value();
  }

  @Test
  void a_line_takes_memory_until_its_end_and_never_more_than_is_kept_of_it() throws Exception {
    int line = 900_000;
    try (RawHttp http = new RawHttp(door.port())) {
      http.send(
          head(
              door,
              "/api/lines",
              "Content-Type: application/x-ndjson\r\nContent-Length: 3000000\r\n"));
      await().until(() -> held() == RequestBody.LINE_BUFFER_BYTES);
      http.send("x".repeat(line));
      await().until(() -> held() == RequestBody.LINE_BUFFER_BYTES + line);
      http.send("\nyy");
      await().until(() -> held() == RequestBody.LINE_BUFFER_BYTES + 2);
      http.send(new byte[2 * MIB - 100_000]);
      await().until(() -> held() == RequestBody.LINE_BUFFER_BYTES + MIB);
    }
    await().untilAsserted(() -> assertThat(held()).isZero());
  }

  @Test
  void lines_that_are_kept_take_memory_until_the_last_and_are_503_beyond_it() throws Exception {
    byte[] lines = "xxx\n".repeat(MIB / 2).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    HttpResponse<String> fits =
        post(
            "/api/kept",
            "application/x-ndjson",
            BodyPublishers.ofByteArray(lines, 0, lines.length - MIB));
    assertThat(fits.statusCode()).isEqualTo(200);
    problem(
        post("/api/kept", "application/x-ndjson", BodyPublishers.ofByteArray(lines)), 503, "busy");
    await().untilAsserted(() -> assertThat(held()).isZero());
  }

  @Test
  void hundreds_of_slow_callers_make_nobody_wait() throws Exception {
    List<RawHttp> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 300; i++) {
        RawHttp http = new RawHttp(door.port());
        slow.add(http);
        http.send(head(door, "Content-Length: 1000\r\n") + "abc");
      }
      await().until(() -> door.registry.get("http.server.requests.active").gauge().value() >= 300);
      assertThat(post("/api/raw", null, BodyPublishers.ofString("now")).body())
          .isEqualTo("{\"bytes\":3}");
    } finally {
      for (RawHttp http : slow) {
        http.close();
      }
    }
  }

  @Test
  void no_more_refused_bodies_are_read_on_at_once_than_allowed() throws Exception {
    Duration never = TestDoor.PATIENCE;
    HttpDoorConfig config = HttpDoorConfig.of(0).withTimeouts(never, never, Duration.ofSeconds(5));
    List<RawHttp> refused = new ArrayList<>();
    try (TestDoor unhurried = new TestDoor(config, routes())) {
      for (int i = 0; i < Doorman.MAX_LINGERING + 40; i++) {
        RawHttp http = new RawHttp(unhurried.port());
        refused.add(http);
        http.send("POST /api/raw HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n");
        assertThat(http.readSome().status()).isEqualTo(401);
      }
      await()
          .untilAsserted(
              () ->
                  assertThat(
                          unhurried.registry.get("http.server.requests.lingering").gauge().value())
                      .isEqualTo(Doorman.MAX_LINGERING));
      for (RawHttp http : refused) {
        http.close();
      }
      unhurried.awaitNoConnections();
    }
  }

  @Test
  void a_sender_that_reads_only_after_sending_still_gets_the_answer() throws Exception {
    int bytes = 12 * MIB;
    try (RawHttp http = new RawHttp(door.port())) {
      http.send(head(door, "Content-Length: " + bytes + "\r\n")).send(new byte[bytes]);
      assertThat(http.readSome().status()).isEqualTo(413);
    }
  }
}
