package xalesin.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import xalesin.schemas.Json;

/** A door with the routes of a test, keys of its own, and a client. */
final class TestDoor implements AutoCloseable {
  /** Generous: the machine may be busy. */
  static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final Duration LOOK_AGAIN = Duration.ofMillis(10);

  final LocalKeys keys;
  final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  final HttpDoor door;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();

  static ConditionFactory await() {
    return Awaitility.await().pollDelay(Duration.ZERO).pollInterval(LOOK_AGAIN).atMost(PATIENCE);
  }

  TestDoor(List<Route> routes) {
    this(HttpDoorConfig.of(0), routes);
  }

  TestDoor(HttpDoorConfig config, List<Route> routes) {
    this(config, routes, LocalKeys.open(newFolder()));
  }

  private TestDoor(HttpDoorConfig config, List<Route> routes, LocalKeys keys) {
    this(config, routes, keys, keys.verifier());
  }

  /** A door that verifies tokens otherwise than by its own keys. */
  TestDoor(HttpDoorConfig config, List<Route> routes, TokenVerifier verifier) {
    this(config, routes, LocalKeys.open(newFolder()), verifier);
  }

  private TestDoor(
      HttpDoorConfig config, List<Route> routes, LocalKeys keys, TokenVerifier verifier) {
    this.keys = keys;
    door = HttpDoor.start(config, routes, verifier, registry);
  }

  /** A door whose token buckets are filled by a clock of the test. */
  TestDoor(HttpDoorConfig config, List<Route> routes, LongSupplier limitsClock) {
    keys = LocalKeys.open(newFolder());
    door = HttpDoor.start(config, routes, keys.verifier(), registry, limitsClock);
  }

  static Path newFolder() {
    try {
      Path folder = Files.createTempDirectory("edge-test");
      folder.toFile().deleteOnExit();
      return folder;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static Route get(String path, Role role, Endpoint endpoint) {
    return new Route(Verb.GET, path, role, RouteClass.READ, endpoint);
  }

  static Route post(String path, Role role, Endpoint endpoint) {
    return new Route(Verb.POST, path, role, RouteClass.COMMAND, endpoint);
  }

  int port() {
    return door.port();
  }

  String token(Role... roles) {
    return keys.sign("acme", "ann", Set.of(roles), Duration.ofMinutes(5));
  }

  String tokenOf(String tenant, String user) {
    return keys.sign(tenant, user, Set.of(Role.ADMIN), Duration.ofMinutes(5));
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
        .timeout(PATIENCE);
  }

  /** As an administrator. */
  HttpRequest.Builder authorised(String path) {
    return request(path).header("Authorization", "Bearer " + token(Role.ADMIN));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(authorised(path).GET());
  }

  HttpResponse<String> postJson(String path, String json) throws IOException, InterruptedException {
    return send(
        authorised(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json)));
  }

  /** The problem document of an answer, having checked what is true of all of them. */
  static JsonNode problem(HttpResponse<String> answer, int status, String slug) throws IOException {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("content-type")).contains("application/problem+json");
    assertThat(answer.headers().firstValue("x-content-type-options")).contains("nosniff");
    assertThat(answer.headers().firstValue("server")).isEmpty();
    JsonNode problem = Json.STRICT.readTree(answer.body());
    assertThat(problem.path("type").asText()).isEqualTo("/problems/" + slug);
    assertThat(problem.path("status").asInt()).isEqualTo(status);
    assertThat(problem.path("title").asText()).isNotBlank();
    assertThat(problem.path("traceId").asText()).hasSize(32);
    return problem;
  }

  /** Until the server has seen that all clients have gone. */
  void awaitNoConnections() {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> registry.get("http.server.connections").gauge().value() == 0);
  }

  @Override
  public void close() {
    client.close();
    door.close();
    registry.close();
  }
}
