package xalesin.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OtherSitesTest {
  private static final String SHOP = "https://shop.example.com";
  private static final String ALLOW_ORIGIN = "Access-Control-Allow-Origin";

  private static TestDoor door;
  private static String token;
  private static HttpClient client;

  @BeforeAll
  static void open() {
    Route route =
        new Route(
            Verb.GET, "/api/things", null, RouteClass.READ, exchange -> exchange.json(200, "[]"));
    Origins origins = new Origins(Set.of(SHOP));
    LocalKeys keys = LocalKeys.open(TestDoor.newFolder());
    LiveGate gate = new LiveGate(keys.verifier(), Tickets.of(keys), origins);
    Route follow =
        new Route(
            Verb.GET,
            "/api/follow",
            null,
            RouteClass.LIVE,
            exchange ->
                exchange.socket(gate.admit(exchange, Role.VIEWER).caller(), new Following()));
    door =
        new TestDoor(
            HttpDoorConfig.of(0).withOrigins(origins), List.of(route, follow), keys.verifier());
    token = keys.sign("acme", "ann", Set.of(Role.VIEWER), Duration.ofMinutes(5));
    client = HttpClient.newHttpClient();
  }

  @AfterAll
  static void close() {
    client.close();
    door.close();
  }

  @Test
  void a_named_site_may_read_answers_and_problems_and_their_headers() throws Exception {
    for (String path : List.of("/api/things", "/api/nothing")) {
      HttpResponse<String> answer = send("GET", path, SHOP);
      assertThat(answer.headers().firstValue(ALLOW_ORIGIN)).as(path).hasValue(SHOP);
      assertThat(answer.headers().firstValue("Access-Control-Expose-Headers").orElseThrow())
          .as(path)
          .contains("ETag", "Consistency-Token", "Retry-After");
      assertThat(answer.headers().firstValue("Access-Control-Allow-Credentials")).isEmpty();
    }
  }

  @Test
  void a_preflight_is_answered_at_the_door() throws Exception {
    HttpResponse<String> answer =
        send(
            "OPTIONS",
            "/api/things",
            SHOP,
            "Access-Control-Request-Method",
            "POST",
            "Access-Control-Request-Headers",
            "authorization, idempotency-key");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue(ALLOW_ORIGIN)).hasValue(SHOP);
    assertThat(answer.headers().firstValue("Access-Control-Allow-Methods").orElseThrow())
        .contains("POST");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://shop.example.com.evil.example",
        "http://shop.example.com",
        "https://shopxexample.com",
        "https://shop.example.com:8443",
        "null"
      })
  void no_other_site_may(String origin) throws Exception {
    assertThat(send("GET", "/api/things", origin).headers().firstValue(ALLOW_ORIGIN)).isEmpty();
    assertThat(
            send("OPTIONS", "/api/things", origin, "Access-Control-Request-Method", "POST")
                .headers()
                .firstValue(ALLOW_ORIGIN))
        .isEmpty();
  }

  /** Has nothing to say. */
  private static final class Following implements PushSocket.Listener {
    @Override
    public void opened(PushSocket socket) {}

    @Override
    public void received(String message, Runnable next) {}

    @Override
    public void refused(Problem problem, Runnable next) {}

    @Override
    public void broken(Push.Ending why) {}

    @Override
    public void gone() {}
  }

  @Test
  void pages_of_this_host_and_of_named_sites_open_web_sockets() throws Exception {
    for (String origin : List.of("http://127.0.0.1:" + door.port(), SHOP)) {
      assertThat(upgrade(origin).status()).as(origin).isEqualTo(101);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://evil.example", "http://127.0.0.1", "null"})
  void pages_of_other_sites_are_told_that_they_may_not_open_web_sockets(String origin)
      throws Exception {
    RawHttp.Answer refused = upgrade(origin);
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.text()).contains("/problems/origin-not-allowed");
  }

  private static RawHttp.Answer upgrade(String origin) throws IOException {
    try (RawHttp http = new RawHttp(door.port())) {
      return http.send(
              """
              GET /api/follow HTTP/1.1\r
              Host: 127.0.0.1:%d\r
              Connection: Upgrade\r
              Upgrade: websocket\r
              Sec-WebSocket-Version: 13\r
              Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
              Origin: %s\r
              Authorization: Bearer %s\r
              \r
              """
                  .formatted(door.port(), origin, token))
          .readSome();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "https://*.example.com", "shop.example.com", "https://a/b", ""})
  void only_origins_can_be_named(String name) {
    assertThatThrownBy(() -> new Origins(Set.of(name)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(name);
  }

  @Test
  void no_answer_can_be_framed_or_run_anything() throws Exception {
    for (String path : List.of("/api/things", "/api/nothing")) {
      assertThat(send("GET", path, SHOP).headers().allValues("Content-Security-Policy"))
          .containsExactly("default-src 'none'; frame-ancestors 'none'");
    }
  }

  private static HttpResponse<String> send(
      String method, String path, String origin, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + door.door.port() + path))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .header("Origin", origin);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }
}
