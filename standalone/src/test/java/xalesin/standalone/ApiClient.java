package xalesin.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import xalesin.schemas.Json;

/**
 * Sends requests of an {@link ApiDocument} and holds every answer against it: status, headers and
 * body must be listed for the operation.
 */
final class ApiClient {
  /** Of HTTP itself, and of the door for every answer. */
  private static final Set<String> OF_HTTP =
      Set.of(
          "date",
          "content-type",
          "content-length",
          "content-encoding",
          "transfer-encoding",
          "connection",
          "allow",
          "vary",
          "x-content-type-options",
          "x-frame-options",
          "referrer-policy",
          "content-security-policy",
          "strict-transport-security");

  private final ApiDocument document;
  private final HttpClient http;
  private final String address;

  ApiClient(ApiDocument document, HttpClient http, String address) {
    this.document = document;
    this.http = http;
    this.address = address;
  }

  /**
   * @param path with the query, all filled in
   * @param body null for none
   * @param partial whether rows may lack members
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Request(
      String path,
      byte @Nullable [] body,
      String contentType,
      @Nullable String token,
      Map<String, String> headers,
      boolean partial) {
    static Request of(String path, @Nullable String token) {
      return new Request(path, null, "application/json", token, Map.of(), false);
    }

    Request with(String newBody) {
      return with(newBody.getBytes(UTF_8));
    }

    Request with(byte[] newBody) {
      return new Request(path, newBody, contentType, token, headers, partial);
    }

    Request as(String newContentType) {
      return new Request(path, body, newContentType, token, headers, partial);
    }

    Request header(String name, String value) {
      Map<String, String> more = new LinkedHashMap<>(headers);
      more.put(name, value);
      return new Request(path, body, contentType, token, more, partial);
    }

    Request partly() {
      return new Request(path, body, contentType, token, headers, true);
    }
  }

  HttpResponse<String> send(ApiDocument.Operation operation, Request request) {
    HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(address + request.path()));
    if (request.token() != null) {
      builder.header("Authorization", "Bearer " + request.token());
    }
    request.headers().forEach(builder::header);
    if (request.body() == null) {
      builder.method(operation.verb(), BodyPublishers.noBody());
    } else {
      builder.header("Content-Type", request.contentType());
      builder.method(operation.verb(), BodyPublishers.ofByteArray(request.body()));
    }
    try {
      HttpResponse<String> answer = http.send(builder.build(), BodyHandlers.ofString());
      check(operation, request, answer);
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void check(
      ApiDocument.Operation operation, Request request, HttpResponse<String> answer) {
    String what =
        "%s %s: %d %s"
            .formatted(operation.verb(), request.path(), answer.statusCode(), answer.body());
    JsonNode told = document.answer(operation, answer.statusCode());
    if (told == null) {
      throw new AssertionError("not listed: " + what);
    }
    Set<String> unlisted = new TreeSet<>();
    for (String name : answer.headers().map().keySet()) {
      String header = name.toLowerCase(Locale.ROOT);
      if (!OF_HTTP.contains(header) && !has(told.path("headers"), header)) {
        unlisted.add(header);
      }
    }
    assertThat(unlisted).as("headers of " + what).isEmpty();
    String type = answer.headers().firstValue("content-type").orElse("").split(";", 2)[0];
    JsonNode content = told.path("content");
    if (answer.body().isEmpty()) {
      assertThat(content.isMissingNode()).as("no body: " + what).isTrue();
      return;
    }
    JsonNode media = content.has("*/*") ? content.path("*/*") : content.path(type);
    assertThat(media.isMissingNode()).as("%s is not listed: %s", type, what).isFalse();
    boolean lines = media.has("x-itemSchema");
    JsonNode schema = media.path(lines ? "x-itemSchema" : "schema");
    if (!schema.isMissingNode()) {
      List<String> bodies = lines ? answer.body().lines().toList() : List.of(answer.body());
      for (String body : bodies) {
        assertThat(
                request.partial()
                    ? document.problemsOfPart(schema, body)
                    : document.problems(schema, body))
            .as(what)
            .isEmpty();
      }
    }
  }

  private static boolean has(JsonNode headers, String name) {
    for (Map.Entry<String, JsonNode> header : headers.properties()) {
      if (header.getKey().toLowerCase(Locale.ROOT).equals(name)) {
        return true;
      }
    }
    return false;
  }

  static JsonNode json(HttpResponse<String> answer) {
    try {
      return Json.MAPPER.readTree(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
