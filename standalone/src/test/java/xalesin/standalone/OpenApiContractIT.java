package xalesin.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import xalesin.edge.Role;
import xalesin.schemas.Examples;
import xalesin.standalone.ApiClient.Request;
import xalesin.standalone.ApiDocument.Operation;

/**
 * The OpenAPI document against the program that serves it: its examples are sent to every
 * operation, and every answer must be as it says, down to the last member and header.
 */
@ExtendWith(ApiStack.Started.class)
class OpenApiContractIT {
  private static final String UNKNOWN = "0198c4de-0000-7000-8000-00000000ffff";

  /** Who may do less, by the role that is needed. */
  private static final Map<String, Role> BELOW =
      Map.of("clerk", Role.VIEWER, "accountant", Role.CLERK, "admin", Role.ACCOUNTANT);

  private final ApiStack stack = ApiStack.shared();
  private final ApiDocument document = stack.document();
  private final ApiClient client = stack.client();

  private static JsonNode bodySchema(Operation operation) {
    return operation.json().at("/requestBody/content/application~1json/schema");
  }

  private List<Operation> reads() {
    return stack.reads();
  }

  private List<Operation> commands() {
    return stack.commands();
  }

  /** All whose answers end; those without an end have a test of their own. */
  private List<Operation> ended() {
    return document.operations().stream()
        .filter(operation -> !operation.tag().equals(ApiStack.LIVE))
        .toList();
  }

  private String path(Operation operation) {
    return stack.path(operation);
  }

  private Request read(Operation operation, String query) {
    return stack.read(operation, query);
  }

  private Request example(Operation operation, String path, @Nullable Role role) {
    return stack.example(operation, path, role);
  }

  @Test
  void the_document_is_valid() throws Exception {
    Path metaSchema = Path.of("src/test/resources/openapi/meta-schema.json");
    assertThat(document.invalid(Files.readString(metaSchema))).isEmpty();
  }

  @Test
  void its_example_of_a_command_is_one_that_the_program_takes() {
    Set<String> told = new HashSet<>();
    for (Operation operation : commands()) {
      if (!operation.id().equals("commands.send")) {
        Examples.Example example = Examples.of(operation.id());
        assertThat(operation.json().at("/requestBody/content/application~1json/example"))
            .isEqualTo(example.data());
        told.add(operation.id());
      }
    }
    assertThat(Examples.all().stream().map(Examples.Example::command).collect(Collectors.toSet()))
        .isEqualTo(told);
  }

  @Test
  void every_view_has_a_row_by_which_it_is_held_to_its_schema() {
    Set<String> lists =
        reads().stream()
            .filter(operation -> operation.id().endsWith(".list"))
            .map(operation -> operation.tag())
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(lists).hasSizeGreaterThan(10);
    assertThat(stack.rows().keySet()).isEqualTo(lists);
  }

  @Test
  void every_operation_for_anyone_answers_without_a_token() {
    for (Operation operation : ended()) {
      if (!operation.needsToken()) {
        HttpResponse<String> answer = client.send(operation, Request.of(path(operation), null));
        assertThat(answer.statusCode()).as(operation.id()).isEqualTo(200);
        String tag = answer.headers().firstValue("ETag").orElseThrow();
        Request again = Request.of(path(operation), null).header("If-None-Match", tag);
        assertThat(client.send(operation, again).statusCode()).isEqualTo(304);
      }
    }
  }

  @Test
  void every_read_answers_and_each_of_its_parameters_is_taken() {
    for (Operation operation : reads()) {
      String needed = ApiStack.needed(operation);
      HttpResponse<String> plain = client.send(operation, read(operation, needed));
      assertThat(plain.statusCode()).as(operation.id()).isEqualTo(200);
      String tag = plain.headers().firstValue("ETag").orElseThrow();
      Request again = read(operation, needed).header("If-None-Match", tag);
      assertThat(client.send(operation, again).statusCode()).isEqualTo(304);
      for (JsonNode parameter : operation.parameters("query")) {
        for (String value : values(operation, parameter)) {
          taken(operation, parameter, value);
        }
      }
    }
  }

  @Test
  void every_read_tells_how_it_was_read() {
    int told = 0;
    for (Operation operation : reads()) {
      Request asked = read(operation, ApiStack.needed(operation)).header("Prefer", "explain");
      HttpResponse<String> answer = client.send(operation, asked);
      assertThat(answer.statusCode()).as(operation.id()).isEqualTo(200);
      told += answer.headers().firstValue("Query-Plan").isPresent() ? 1 : 0;
    }
    assertThat(told).isGreaterThan(20);
  }

  private void taken(Operation operation, JsonNode parameter, String value) {
    String name = parameter.path("name").asText();
    String pair = name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    String more = ApiStack.needed(operation).replace('?', '&');
    boolean alone = name.equals("id") || more.startsWith("&" + name + "=");
    Request request = read(operation, "?" + pair + (alone ? "" : more));
    HttpResponse<String> answer =
        client.send(operation, name.equals("fields") ? request.partly() : request);
    if (answer.statusCode() != 200) {
      // Alone it may be no question that an index answers; but it is known.
      assertThat(ApiClient.json(answer).path("type").asText())
          .as(operation.id() + " " + pair + answer.body())
          .isEqualTo("/problems/not-served");
      assertThat(name).isNotIn("id", "limit", "cursor", "fields", "q", "asOf", "step");
    }
  }

  /** All values that are listed, and else one that fits. */
  private List<String> values(Operation operation, JsonNode parameter) {
    JsonNode schema = parameter.path("schema");
    JsonNode one = schema.has("items") ? schema.path("items") : schema;
    List<String> values = new ArrayList<>();
    one.path("enum").forEach(value -> values.add(value.asText()));
    if (!values.isEmpty()) {
      return values;
    }
    String name = parameter.path("name").asText();
    if (parameter.path("required").asBoolean() || name.equals("cursor")) {
      return List.of(); // Sent in any case; followed in a test of its own.
    }
    if (one.has("minimum")) {
      return List.of(one.path("minimum").asText(), one.path("maximum").asText());
    }
    if (parameter.has("example")) {
      return List.of(parameter.path("example").asText());
    }
    JsonNode row = stack.rows().get(operation.tag());
    String field = name.replaceAll("\\.(gte|gt|lte|lt)$", "");
    JsonNode value = row == null ? null : row.get(field);
    if (value != null && value.isValueNode() && !value.asText().isEmpty()) {
      return List.of(value.asText());
    }
    return switch (name) {
      case "q" -> List.of("tea");
      case "asOf" -> List.of("1", "2999-01-01T00:00:00Z");
      case "today" -> List.of("2026-11-22");
      default -> one.path("format").asText().equals("uuid") ? List.of(UNKNOWN) : List.of("x");
    };
  }

  @Test
  void pages_go_on_behind_their_cursor() {
    int followed = 0;
    for (Operation operation : reads()) {
      boolean pages =
          operation.parameters("query").stream()
              .anyMatch(parameter -> parameter.path("name").asText().equals("cursor"));
      if (pages) {
        String more = ApiStack.needed(operation).replace('?', '&');
        JsonNode page = ApiClient.json(client.send(operation, read(operation, "?limit=1" + more)));
        String next = page.path("nextCursor").textValue();
        if (next != null) {
          String query = "?limit=1" + more + "&cursor=" + next;
          assertThat(client.send(operation, read(operation, query)).statusCode()).isEqualTo(200);
          followed++;
        }
        HttpResponse<String> forged =
            client.send(operation, read(operation, "?cursor=AAAA" + more));
        assertThat(ApiClient.json(forged).path("type").asText())
            .isEqualTo("/problems/invalid-cursor");
      }
    }
    assertThat(followed).isGreaterThan(10);
  }

  @Test
  void a_parameter_that_is_not_listed_is_refused() {
    for (Operation operation : ended()) {
      HttpResponse<String> answer =
          client.send(operation, example(operation, path(operation) + "?unheard=1", Role.ADMIN));
      assertThat(answer.statusCode()).as(operation.id()).isEqualTo(400);
      assertThat(ApiClient.json(answer).path("type").asText())
          .as(operation.id())
          .isEqualTo("/problems/unknown-parameter");
    }
  }

  @Test
  void a_field_that_is_not_listed_is_refused() {
    for (Operation operation : commands()) {
      if (!operation.id().equals("commands.send")) {
        ObjectNode body = Examples.of(operation.id()).data();
        body.put("unheard", 1);
        assertThat(document.problems(bodySchema(operation), body.toString())).isNotEmpty();
        HttpResponse<String> answer =
            client.send(
                operation,
                Request.of(path(operation), stack.token(Role.ADMIN)).with(body.toString()));
        assertThat(answer.statusCode()).as(operation.id()).isEqualTo(422);
        assertThat(ApiClient.json(answer).at("/errors/0/pointer").asText()).isEqualTo("/unheard");
      }
    }
  }

  @Test
  void who_lacks_the_token_or_the_role_is_refused() {
    for (Operation operation : ended()) {
      if (operation.needsToken()) {
        Request request = example(operation, path(operation), null);
        assertThat(client.send(operation, request).statusCode()).isEqualTo(401);
        Role less = BELOW.get(operation.role());
        if (less != null) {
          Request lower = example(operation, path(operation), less);
          assertThat(client.send(operation, lower).statusCode()).as(operation.id()).isEqualTo(403);
        }
      }
    }
  }

  @Test
  void what_is_wrong_with_a_command_is_told_as_listed() {
    for (Operation operation : commands()) {
      Request good = example(operation, path(operation), Role.ADMIN);
      boolean lines = operation.id().equals("commands.send");
      assertThat(client.send(operation, good.with("<xml/>").as("text/xml")).statusCode())
          .as(operation.id())
          .isEqualTo(415);
      if (!lines) {
        assertThat(client.send(operation, good.with("{")).statusCode()).isEqualTo(400);
        assertThat(client.send(operation, good.header("If-Match", "1")).statusCode())
            .isEqualTo(400);
        assertThat(client.send(operation, good.header("Idempotency-Key", "x".repeat(256))))
            .extracting(HttpResponse::statusCode)
            .isEqualTo(400);
        assertThat(client.send(operation, good.header("If-Match", "\"999\"")).statusCode())
            .as(operation.id())
            .isIn(409, 412);
      }
      if (operation.path().contains("{id}")) {
        String path = operation.path().replace("{id}", UNKNOWN);
        assertThat(client.send(operation, example(operation, path, Role.ADMIN)).statusCode())
            .as(operation.id())
            .isEqualTo(404);
        String none = operation.path().replace("{id}", "none");
        assertThat(client.send(operation, example(operation, none, Role.ADMIN)).statusCode())
            .as(operation.id())
            .isEqualTo(400);
      }
    }
  }

  @Test
  void a_key_stands_for_one_request_and_a_dry_run_for_none() {
    for (Operation operation : commands()) {
      if (!operation.id().equals("commands.send")) {
        Request dry = example(operation, path(operation) + "?dryRun=true", Role.ADMIN);
        assertThat(client.send(operation, dry).statusCode()).isIn(200, 404, 409);
        String key = UUID.randomUUID().toString();
        Request kept =
            example(operation, path(operation), Role.ADMIN).header("Idempotency-Key", key);
        int first = client.send(operation, kept).statusCode();
        HttpResponse<String> again = client.send(operation, kept);
        assertThat(again.statusCode()).as(operation.id()).isEqualTo(first);
        assertThat(again.headers().firstValue("Idempotency-Replayed")).contains("true");
        HttpResponse<String> other = client.send(operation, kept.header("If-Match", "*"));
        assertThat(other.statusCode()).as(operation.id()).isEqualTo(422);
      }
    }
  }

  @Test
  void all_examples_are_taken_as_lines_too() {
    Operation operation = document.operation("commands.send");
    JsonNode line = operation.json().at("/requestBody/content/application~1x-ndjson/x-itemSchema");
    StringBuilder lines = new StringBuilder();
    for (Examples.Example example : Examples.all()) {
      assertThat(document.problems(line, example.line())).isEmpty();
      lines.append(example.line()).append('\n');
    }
    for (String query : List.of("", "?atomic=true")) {
      String token = stack.token("lines" + query.length(), Role.ADMIN);
      HttpResponse<String> answer =
          client.send(
              operation,
              Request.of(operation.path() + query, token)
                  .with(lines.toString())
                  .as("application/x-ndjson"));
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      assertThat(answer.body()).doesNotContain("problem");
      assertThat(answer.body().lines()).hasSameSizeAs(Examples.all());
    }
  }

  @Test
  void a_ticket_is_sold_and_live_connections_are_refused_as_listed() {
    Operation sell = document.operation("live.sell-ticket");
    String viewer = stack.token(Role.VIEWER);
    Request bought = Request.of(sell.path(), viewer).with("");
    assertThat(client.send(sell, bought).statusCode()).isEqualTo(201);
    Request unheard = Request.of(sell.path() + "?unheard=1", viewer).with("");
    assertThat(client.send(sell, unheard).statusCode()).isEqualTo(400);
    assertThat(client.send(sell, Request.of(sell.path(), null).with("")).statusCode())
        .isEqualTo(401);

    Operation follow = document.operation("live.follow");
    for (String query : List.of("", "?views=nothing", "?views=overview&unheard=1")) {
      Request asked = Request.of(follow.path() + query, viewer);
      assertThat(client.send(follow, asked).statusCode()).as(query).isEqualTo(400);
    }
    for (String query : List.of("?views=overview", "?views=overview&ticket=x")) {
      Request asked = Request.of(follow.path() + query, null);
      assertThat(client.send(follow, asked).statusCode()).as(query).isEqualTo(401);
    }

    Operation socket = document.operation("live.open-socket");
    assertThat(client.send(socket, Request.of(socket.path(), viewer)).statusCode()).isEqualTo(426);
    assertThat(client.send(socket, Request.of(socket.path(), null)).statusCode()).isEqualTo(401);
  }

  @Test
  void every_problem_type_is_explained() throws Exception {
    String explained = Files.readString(Path.of("../docs/problems.md"));
    Set<String> missing = new TreeSet<>();
    for (JsonNode types : document.json().findValues("enum")) {
      for (JsonNode type : types) {
        String text = type.asText();
        if (text.startsWith("/problems/")
            && !explained.contains("`" + text.substring("/problems/".length()) + "`")) {
          missing.add(text);
        }
      }
    }
    assertThat(missing).isEmpty();
  }
}
