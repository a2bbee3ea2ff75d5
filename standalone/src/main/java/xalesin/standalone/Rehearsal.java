package xalesin.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import xalesin.schemas.Json;

/**
 * Reads from a stack that has just been started, so that what the JVM keeps of this run for later
 * starts (classes, profiles of methods) knows reads as well as the demo company's commands.
 */
final class Rehearsal {
  private static final int READS = 4_000;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private Rehearsal() {}

  static void run(URI http, String token) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI page = http.resolve("/api/inventory-items?status=active&limit=50");
      JsonNode items = Json.MAPPER.readTree(get(client, page, token)).path("items");
      for (int i = 0; i < READS; i++) {
        String id = items.path(i % items.size()).path("id").textValue();
        get(client, i % 4 == 0 ? page : http.resolve("/api/inventory-items/" + id), token);
      }
    }
  }

  private static byte[] get(HttpClient client, URI uri, String token)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .header("Authorization", "Bearer " + token)
            .timeout(PATIENCE)
            .build();
    HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    if (answer.statusCode() != 200) {
      throw new IOException(uri + " was answered with " + answer.statusCode());
    }
    return answer.body();
  }
}
