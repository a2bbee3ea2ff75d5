package xalesin.standalone.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import xalesin.schemas.Json;

/**
 * What happens to the items of one tenant, drawn at random, and reads that have seen all of it.
 * Requests are repeated until they are answered, also by a server that was killed and comes back.
 * For one thread.
 */
final class ItemStory implements AutoCloseable {
  private static final Duration ANSWER = Duration.ofSeconds(40);
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int CATEGORIES = 3;
  private static final int MOST_ITEMS = 40;

  private final URI api;
  private final String token;
  private final Random random;
  private final List<String> ids = new ArrayList<>();
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();
  private @Nullable String consistencyToken;
  private int created;

  /**
   * @param token of one who may send commands
   */
  ItemStory(URI api, String token, Random random) {
    this.api = api;
    this.token = token;
    this.random = random;
  }

  /** Those that are there now, the oldest first. */
  List<String> ids() {
    return List.copyOf(ids);
  }

  void create() throws InterruptedException {
    String id = new UUID(random.nextLong(), random.nextLong()).toString();
    send(
        "POST",
        "",
        """
        {"id": "%s", "sku": "LIVE-%d", "name": "Item %d", "category": "c%d", "price": {"amount": "1", "currency": "EUR"}}"""
            .formatted(id, ++created, created, random.nextInt(CATEGORIES)));
    ids.add(id);
  }

  /** One thing happens to one of them; the first few are never deleted. */
  void happen(int kept) throws InterruptedException {
    int chosen = random.nextInt(ids.size());
    String path = "/" + ids.get(chosen);
    switch (random.nextInt(8)) {
      case 0 -> {
        if (ids.size() < MOST_ITEMS) {
          create();
        }
      }
      case 1 -> send("POST", path + "/deactivate", "{}");
      case 2 -> send("POST", path + "/activate", "{}");
      case 3 -> {
        if (chosen >= kept && send("DELETE", path, null)) {
          ids.remove(chosen);
        }
      }
      case 4, 5 ->
          send("PATCH", path, "{\"category\": \"c%d\"}".formatted(random.nextInt(CATEGORIES)));
      default ->
          send(
              "POST",
              path + "/receive",
              """
              {"quantity": "%d", "location": "main", "unitCost": {"amount": "1", "currency": "EUR"}}"""
                  .formatted(1 + random.nextInt(9)));
    }
  }

  /**
   * @return false when a rule of business refused it
   */
  private boolean send(String verb, String path, @Nullable String body)
      throws InterruptedException {
    String key = new UUID(random.nextLong(), random.nextLong()).toString();
    HttpResponse<byte[]> answer =
        exchange(
            request("/api/inventory-items" + path)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .method(
                    verb, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body)));
    if (answer.statusCode() == 409) {
      return false;
    }
    expectSuccess(answer, verb + " " + path);
    if (!Json.read(answer.body(), JsonNode.class).path("events").isEmpty()) {
      // What changed nothing names an older version of its stream: it says nothing of the others.
      consistencyToken = answer.headers().firstValue("Consistency-Token").orElseThrow();
    }
    return true;
  }

  /**
   * A list at one instant.
   *
   * @param sequence the `View-Sequence`
   */
  record Listed(long sequence, List<JsonNode> rows, long total) {}

  /** The list with all that has happened so far. */
  Listed listAfterAll(String path) throws InterruptedException {
    HttpRequest.Builder request = request(path).header("Prefer", "wait=30");
    if (consistencyToken != null) {
      request.header("Consistency-Token", consistencyToken);
    }
    return listed(exchange(request), path);
  }

  /** The list as it happens to be. */
  Listed list(String path) throws InterruptedException {
    return listed(exchange(request(path)), path);
  }

  private static Listed listed(HttpResponse<byte[]> answer, String path) {
    expectSuccess(answer, path);
    JsonNode body = Json.read(answer.body(), JsonNode.class);
    List<JsonNode> rows = new ArrayList<>();
    body.path("items").forEach(rows::add);
    return new Listed(
        answer.headers().firstValueAsLong("View-Sequence").orElseThrow(),
        rows,
        body.path("total").asLong());
  }

  private static void expectSuccess(HttpResponse<byte[]> answer, String what) {
    if (answer.statusCode() / 100 != 2) {
      throw new AssertionError(
          "%s: %d %s"
              .formatted(
                  what,
                  answer.statusCode(),
                  new String(answer.body(), java.nio.charset.StandardCharsets.UTF_8)));
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(api.resolve(path))
        .timeout(ANSWER)
        .header("Authorization", "Bearer " + token);
  }

  private HttpResponse<byte[]> exchange(HttpRequest.Builder request) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      try {
        HttpResponse<byte[]> answer = http.send(request.build(), BodyHandlers.ofByteArray());
        if (answer.statusCode() != 503) {
          return answer;
        }
      } catch (IOException e) {
        // Killed: it comes back.
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    throw new AssertionError("no answer within " + PATIENCE);
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
