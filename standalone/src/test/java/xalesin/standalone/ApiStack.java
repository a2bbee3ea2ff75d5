package xalesin.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import xalesin.edge.Role;
import xalesin.schemas.Examples;
import xalesin.standalone.ApiClient.Request;
import xalesin.standalone.ApiDocument.Operation;

/**
 * Everything in one process, with one tenant to whom all examples have been told, each by its own
 * route, and the OpenAPI document that it serves.
 */
final class ApiStack implements AutoCloseable {
  /** The tag of the routes whose answers have no end. */
  static final String LIVE = "live";

  private static final Duration TOKEN_LIFE = Duration.ofMinutes(30);
  private static final String TENANT = "contract";

  private static @Nullable ApiStack shared;

  private final Stack stack;
  private final HttpClient http = HttpClient.newHttpClient();
  private final ApiDocument document;
  private final ApiClient client;
  private final Map<String, JsonNode> rows = new HashMap<>();
  private String consistencyToken = "";

  private ApiStack(Path folder) throws Exception {
    stack = Stack.start(StackOptions.in(folder.resolve("data")), new CountDownLatch(1));
    String address = stack.installation().http();
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(URI.create(address + "/openapi.json")).build(),
            HttpResponse.BodyHandlers.ofString());
    document = ApiDocument.read(answer.body());
    client = new ApiClient(document, http, address);
    for (Examples.Example example : Examples.all()) {
      consistencyToken = told(example);
    }
    for (Operation operation : reads()) {
      if (operation.id().endsWith(".list")) {
        JsonNode items =
            ApiClient.json(client.send(operation, read(operation, needed(operation))))
                .path("items");
        if (!items.isEmpty()) {
          rows.put(operation.tag(), items.path(0));
        }
      }
    }
  }

  /** Starts everything before the first test that needs it; the end of the test plan closes it. */
  static final class Started implements BeforeAllCallback {
    @Override
    public void beforeAll(ExtensionContext context) {
      context
          .getRoot()
          .getStore(ExtensionContext.Namespace.GLOBAL)
          .computeIfAbsent(ApiStack.class, _ -> start(), ApiStack.class);
    }

    private static ApiStack start() {
      try {
        ApiStack stack = new ApiStack(Files.createTempDirectory("xalesin-api-"));
        shared = stack;
        return stack;
      } catch (Exception e) {
        throw new IllegalStateException("the stack did not start", e);
      }
    }
  }

  static ApiStack shared() {
    return Objects.requireNonNull(shared, "@ExtendWith(ApiStack.Started.class)");
  }

  private String told(Examples.Example example) {
    Operation operation = document.operation(example.command());
    String path = operation.path().replace("{id}", String.valueOf(example.id()));
    HttpResponse<String> answer =
        client.send(operation, Request.of(path, token(Role.ADMIN)).with(example.data().toString()));
    assertThat(answer.statusCode()).as(example.line() + answer.body()).isIn(200, 201);
    return answer.headers().firstValue("Consistency-Token").orElseThrow();
  }

  ApiDocument document() {
    return document;
  }

  ApiClient client() {
    return client;
  }

  /** By the resource of a list: one of its rows. */
  Map<String, JsonNode> rows() {
    return rows;
  }

  String token(Role role) {
    return token(TENANT, role);
  }

  String token(String tenant, Role role) {
    return stack.keys().sign(tenant, "ada", List.of(role), TOKEN_LIFE);
  }

  List<Operation> reads() {
    return document.operations().stream()
        .filter(operation -> operation.verb().equals("GET"))
        .filter(Operation::needsToken)
        .toList();
  }

  List<Operation> commands() {
    return document.operations().stream()
        .filter(operation -> !operation.verb().equals("GET"))
        .filter(operation -> !operation.tag().equals(LIVE))
        .toList();
  }

  /** The query without which the operation refuses: required parameters, or a filter. */
  static String needed(Operation operation) {
    if (operation.tag().equals("figures") && operation.parameters("path").isEmpty()) {
      // No index has the figures of all kinds.
      return "?figure=revenue";
    }
    return operation.parameters("query").stream()
        .filter(parameter -> parameter.path("required").asBoolean())
        .map(
            parameter -> parameter.path("name").asText() + "=" + parameter.path("example").asText())
        .collect(Collectors.joining("&", "?", ""))
        .replaceAll("^\\?$", "");
  }

  /** A read that sees all that was told. */
  Request read(Operation operation, String query) {
    return Request.of(path(operation) + query, token(Role.ADMIN))
        .header("Consistency-Token", consistencyToken)
        .header("Prefer", "wait=30");
  }

  /** Parameters of the path are the document's examples, or of a row that there is. */
  String path(Operation operation) {
    String path = operation.path();
    for (JsonNode parameter : operation.parameters("path")) {
      JsonNode row = rows.get(operation.tag());
      String example = parameter.path("example").asText();
      String value = example.isEmpty() && row != null ? row.path("id").asText() : example;
      path = path.replace("{" + parameter.path("name").asText() + "}", value);
    }
    return path;
  }

  /** With the document's example as the body, when the operation takes one. */
  Request example(Operation operation, String path, @Nullable Role role) {
    Request request = Request.of(path, role == null ? null : token(role));
    JsonNode content = operation.json().at("/requestBody/content");
    if (content.isMissingNode()) {
      return request;
    }
    Map.Entry<String, JsonNode> media = content.properties().iterator().next();
    JsonNode example = media.getValue().path("example");
    return request
        .with(example.isTextual() ? example.asText() : example.toString())
        .as(media.getKey());
  }

  @Override
  public void close() {
    http.close();
    stack.close();
  }
}
