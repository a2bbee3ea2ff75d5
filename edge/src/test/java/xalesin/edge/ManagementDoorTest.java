package xalesin.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import xalesin.schemas.Json;

class ManagementDoorTest {
  private final AtomicReference<HealthCheck.Status> database =
      new AtomicReference<>(HealthCheck.up());
  private final CountDownLatch never = new CountDownLatch(1);
  private final AtomicInteger hangs = new AtomicInteger();
  private final HttpClient client = HttpClient.newHttpClient();
  private Metrics metrics;
  private ManagementDoor door;

  @BeforeEach
  void open() {
    metrics = Metrics.ofProcess();
    door = open(List.of(new HealthCheck("database", database::get)));
  }

  private ManagementDoor open(List<HealthCheck> checks) {
    ManagementDoor.Info info =
        new ManagementDoor.Info("some-service", Map.of("generation", () -> 3));
    return ManagementDoor.start("127.0.0.1", 0, info, checks, metrics.registry());
  }

  @AfterEach
  void shut() {
    never.countDown();
    client.close();
    door.close();
    metrics.close();
  }

  private HttpResponse<String> get(ManagementDoor from, String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + from.port() + path);
    return client.send(
        HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(20)).build(),
        BodyHandlers.ofString());
  }

  @Test
  void readiness_follows_the_checks_and_says_why_not() throws Exception {
    HttpResponse<String> up = get(door, "/health/ready");
    assertThat(up.statusCode()).isEqualTo(200);
    assertThat(Json.STRICT.readTree(up.body()).path("status").asText()).isEqualTo("up");
    database.set(HealthCheck.down("connection refused"));
    HttpResponse<String> down = get(door, "/health/ready");
    assertThat(down.statusCode()).isEqualTo(503);
    assertThat(down.headers().firstValue("retry-after")).isPresent();
    JsonNode answer = Json.STRICT.readTree(down.body());
    assertThat(answer.at("/checks/database/up").asBoolean()).isFalse();
    assertThat(answer.at("/checks/database/reason").asText()).isEqualTo("connection refused");
    assertThat(get(door, "/health/live").statusCode()).isEqualTo(200);
  }

  @Test
  void a_check_that_hangs_or_throws_is_down_and_hangs_only_once() throws Exception {
    try (ManagementDoor other =
        open(
            List.of(
                new HealthCheck(
                    "hanging",
                    () -> {
                      hangs.incrementAndGet();
                      return awaitNever();
                    }),
                new HealthCheck(
                    "throwing",
                    () -> {
                      throw new IllegalStateException("boom");
                    }),
                new HealthCheck("well", HealthCheck::up)))) {
      for (int i = 0; i < 2; i++) {
        JsonNode answer = Json.STRICT.readTree(get(other, "/health/ready").body());
        assertThat(answer.at("/checks/hanging/reason").asText())
            .isEqualTo("no answer within 2000 ms");
        assertThat(answer.at("/checks/throwing/reason").asText()).contains("boom");
        assertThat(answer.at("/checks/well/up").asBoolean()).isTrue();
      }
      assertThat(hangs).hasValue(1);
    }
  }

  private HealthCheck.Status awaitNever() {
    try {
      never.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return HealthCheck.up();
  }

  @Test
  void metrics_are_prometheus_text_with_jvm_and_process() throws Exception {
    HttpResponse<String> answer = get(door, "/metrics");
    assertThat(answer.headers().firstValue("content-type").orElse(""))
        .startsWith("text/plain; version=0.0.4");
    assertThat(answer.body())
        .contains("jvm_memory_used_bytes", "jvm_threads_live_threads", "process_uptime_seconds");
  }

  @Test
  void info_names_the_build_the_jvm_and_what_the_service_adds() throws Exception {
    JsonNode info = Json.STRICT.readTree(get(door, "/info").body());
    assertThat(info.path("name").asText()).isEqualTo("some-service");
    assertThat(info.path("version").asText()).isNotBlank().doesNotContain("$");
    assertThat(info.path("jvm").asText()).startsWith("25");
    assertThat(info.path("generation").asInt()).isEqualTo(3);
    assertThat(info.has("startedAt")).isTrue();
  }

  @Test
  void nothing_else_is_there() throws Exception {
    for (String path : List.of("/", "/health", "/metrics/x", "/info/", "/env")) {
      assertThat(get(door, path).statusCode()).as(path).isEqualTo(404);
    }
    URI uri = URI.create("http://127.0.0.1:" + door.port() + "/metrics");
    HttpResponse<String> post =
        client.send(
            HttpRequest.newBuilder(uri).POST(BodyPublishers.noBody()).build(),
            BodyHandlers.ofString());
    assertThat(post.statusCode()).isEqualTo(405);
    assertThat(post.headers().firstValue("allow")).contains("GET, HEAD");
  }
}
