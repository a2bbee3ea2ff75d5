package xalesin.standalone;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import xalesin.schemas.Json;

/** Requests to a stack, with or without a token. Thread-safe. */
final class Http implements AutoCloseable {
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();
  private final String base;

  /**
   * @param base such as {@code http://127.0.0.1:8080}
   */
  Http(String base) {
    this.base = base;
  }

  /** What was answered. */
  record Answer(int status, String body, Map<String, List<String>> headers) {
    /** Missing when the body is no JSON. */
    JsonNode json() {
      try {
        return Json.MAPPER.readTree(body);
      } catch (JsonProcessingException e) {
        return Json.MAPPER.missingNode();
      }
    }

    String header(String name) {
      return headers.getOrDefault(name, List.of("")).getFirst();
    }
  }

  Answer get(@Nullable String token, String path, String... headers)
      throws IOException, InterruptedException {
    return send(token, "GET", path, null, headers);
  }

  /** The first whole state that is pushed, or what is answered instead of pushing. */
  Answer firstPushed(String token, String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(Duration.ofSeconds(60))
            .header("Authorization", "Bearer " + token)
            .build();
    HttpResponse<Stream<String>> response =
        client.send(request, HttpResponse.BodyHandlers.ofLines());
    StringBuilder body = new StringBuilder();
    try (Stream<String> lines = response.body()) {
      boolean state = false;
      for (var line = lines.iterator(); line.hasNext(); ) {
        String next = line.next();
        body.append(next).append('\n');
        state |= next.equals("event: snapshot");
        if (state && next.startsWith("data:")) {
          break;
        }
      }
    }
    return new Answer(response.statusCode(), body.toString(), response.headers().map());
  }

  /**
   * @param body JSON, or NDJSON where that is taken
   */
  Answer send(
      @Nullable String token, String method, String path, @Nullable String body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(60));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    if (body == null) {
      request.method(method, HttpRequest.BodyPublishers.noBody());
    } else {
      request.header(
          "Content-Type",
          path.startsWith("/api/commands") ? "application/x-ndjson" : "application/json");
      request.method(method, HttpRequest.BodyPublishers.ofString(body));
    }
    HttpResponse<String> response =
        client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    return new Answer(response.statusCode(), response.body(), response.headers().map());
  }

  @Override
  public void close() {
    client.close();
  }
}
