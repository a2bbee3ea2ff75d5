package xalesin.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
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
  private static HttpClient client;

  @BeforeAll
  static void open() {
    Route route =
        new Route(
            Verb.GET, "/api/things", null, RouteClass.READ, exchange -> exchange.json(200, "[]"));
    door =
        new TestDoor(HttpDoorConfig.of(0).withOrigins(new Origins(Set.of(SHOP))), List.of(route));
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
