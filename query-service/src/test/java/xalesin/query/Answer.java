package xalesin.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import xalesin.schemas.Json;

/** An answer of the read API, as tests look at it. */
record Answer(HttpResponse<byte[]> response) {
  int status() {
    return response.statusCode();
  }

  String text() {
    return new String(response.body(), UTF_8);
  }

  @Nullable String header(String name) {
    return response.headers().firstValue(name).orElse(null);
  }

  String requiredHeader(String name) {
    return response.headers().firstValue(name).orElseThrow(() -> new AssertionError("no " + name));
  }

  JsonNode json() {
    try {
      return Json.MAPPER.readTree(response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Answer expect(int status) {
    assertThat(status()).as("status of: %s", text()).isEqualTo(status);
    return this;
  }

  /** The problem document of that status and kind. */
  JsonNode problem(int status, String slug) {
    expect(status);
    assertThat(header("Content-Type")).startsWith("application/problem+json");
    assertThat(json().path("type").asText()).isEqualTo("/problems/" + slug);
    return json();
  }

  /** The ids of a list's rows, in order. */
  List<String> ids() {
    expect(200);
    List<String> ids = new ArrayList<>();
    json().path("items").forEach(row -> ids.add(row.path("id").asText()));
    return ids;
  }

  long total() {
    return json().path("total").asLong();
  }

  @Nullable String nextCursor() {
    JsonNode cursor = json().path("nextCursor");
    assertThat(json().path("hasMore").asBoolean()).isEqualTo(!cursor.isNull());
    return cursor.isNull() ? null : cursor.asText();
  }

  List<String> cursors() {
    List<String> cursors = new ArrayList<>();
    json().path("cursors").forEach(cursor -> cursors.add(cursor.asText()));
    return cursors;
  }
}
