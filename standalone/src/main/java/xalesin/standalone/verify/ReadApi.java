package xalesin.standalone.verify;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import xalesin.schemas.Json;

/** The public read API as {@code verify} uses it, a tenant's token at a time. Thread-safe. */
final class ReadApi implements AutoCloseable {
  private static final Duration ANSWER = Duration.ofSeconds(30);

  /**
   * Ids in one request: with this many the address stays well below the limit of a request's head.
   */
  private static final int IDS = 100;

  private final URI base;
  private final Function<String, String> tokens;
  private final Duration patience;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(ANSWER).build();

  /**
   * @param tokens gives a viewer's token for a tenant
   * @param patience how long a node that says "not now" is asked again, once a second
   */
  ReadApi(URI base, Function<String, String> tokens, Duration patience) {
    this.base = base;
    this.tokens = tokens;
    this.patience = patience;
  }

  /**
   * @param sequence the tenant's view sequence at that instant
   */
  record Total(long rows, long sequence) {}

  long sequence(String tenant) throws IOException, InterruptedException {
    return total(tenant, "inventory-items").sequence();
  }

  Total total(String tenant, String resource) throws IOException, InterruptedException {
    HttpResponse<byte[]> answer = get(tenant, "/api/" + resource + "?limit=1");
    long sequence = answer.headers().firstValueAsLong("View-Sequence").orElseThrow();
    return new Total(Json.read(answer.body(), JsonNode.class).path("total").asLong(), sequence);
  }

  /** The rows of those ids that exist. */
  Map<UUID, JsonNode> rows(String tenant, String resource, List<UUID> ids)
      throws IOException, InterruptedException {
    Map<UUID, JsonNode> rows = new HashMap<>();
    for (int from = 0; from < ids.size(); from += IDS) {
      String query =
          ids.subList(from, Math.min(ids.size(), from + IDS)).stream()
              .map(id -> "id=" + id)
              .collect(Collectors.joining("&"));
      JsonNode answer =
          Json.read(get(tenant, "/api/" + resource + "?" + query).body(), JsonNode.class);
      answer.path("items").forEach(row -> rows.put(UUID.fromString(row.path("id").asText()), row));
    }
    return rows;
  }

  /** The row of what a tenant has one of. */
  JsonNode only(String tenant, String resource) throws IOException, InterruptedException {
    return Json.read(get(tenant, "/api/" + resource).body(), JsonNode.class);
  }

  private HttpResponse<byte[]> get(String tenant, String path)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(base.resolve(path))
            .timeout(ANSWER)
            .header("Authorization", "Bearer " + tokens.apply(tenant))
            .build();
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      HttpResponse<byte[]> answer = http.send(request, BodyHandlers.ofByteArray());
      if (answer.statusCode() == 200) {
        return answer;
      }
      if (answer.statusCode() != 503 || System.nanoTime() > deadline) {
        throw new IOException("GET " + path + " answered " + answer.statusCode());
      }
      java.util.concurrent.TimeUnit.SECONDS.sleep(1);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
