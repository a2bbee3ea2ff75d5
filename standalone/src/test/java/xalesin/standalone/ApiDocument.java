package xalesin.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import xalesin.schemas.Json;

/** An OpenAPI document as a test reads it: its operations, and whether JSON is as they say. */
final class ApiDocument {
  private static final String BASE = "https://xalesin.example/openapi";

  /** Facts of refusals are not listed: they differ by rule. */
  private static final String OPEN = "Problem";

  private final JsonNode document;
  private final SchemaRegistry strict;
  private final SchemaRegistry partial;
  private final Map<String, Schema> schemas = new ConcurrentHashMap<>();

  /** One operation. */
  record Operation(String verb, String path, JsonNode json) {
    String id() {
      return json.path("operationId").asText();
    }

    String tag() {
      return json.at("/tags/0").asText();
    }

    boolean needsToken() {
      return !json.path("security").isEmpty();
    }

    String role() {
      return json.at("/security/0/bearer/0").asText();
    }

    List<JsonNode> parameters(String in) {
      List<JsonNode> found = new ArrayList<>();
      for (JsonNode parameter : json.path("parameters")) {
        if (parameter.path("in").asText().equals(in)) {
          found.add(parameter);
        }
      }
      return found;
    }

    @Override
    public String toString() {
      return id();
    }
  }

  ApiDocument(JsonNode document) {
    this.document = document;
    this.strict = registry(document, false);
    this.partial = registry(document, true);
  }

  JsonNode json() {
    return document;
  }

  List<Operation> operations() {
    List<Operation> operations = new ArrayList<>();
    document
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        verb ->
                            operations.add(
                                new Operation(
                                    verb.getKey().toUpperCase(java.util.Locale.ROOT),
                                    path.getKey(),
                                    verb.getValue()))));
    return operations;
  }

  Operation operation(String id) {
    return operations().stream()
        .filter(operation -> operation.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no operation " + id));
  }

  /** The answer of that status, with its reference followed; null when it is not listed. */
  @Nullable JsonNode answer(Operation operation, int status) {
    JsonNode answer = operation.json().path("responses").get(Integer.toString(status));
    return answer == null ? null : followed(answer);
  }

  JsonNode followed(JsonNode node) {
    String reference = node.path("$ref").asText();
    return reference.isEmpty() ? node : document.at(reference.substring(1));
  }

  /** What is wrong with it under the schema, no member beside those listed being allowed. */
  List<String> problems(JsonNode schema, String json) {
    return problems(strict, "strict", schema, json);
  }

  /** The same, when members may be missing. */
  List<String> problemsOfPart(JsonNode schema, String json) {
    return problems(partial, "partial", schema, json);
  }

  private List<String> problems(
      SchemaRegistry registry, String kind, JsonNode schema, String json) {
    String text = schema.toString();
    Schema compiled =
        schemas.computeIfAbsent(
            kind + text,
            _ -> {
              ObjectNode root = JsonNodeFactory.instance.objectNode();
              root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
              root.setAll((ObjectNode) absolute(schema.deepCopy()));
              close(root, kind.equals("partial"));
              return registry.getSchema(root.toString(), InputFormat.JSON);
            });
    return compiled
        .validate(
            json,
            InputFormat.JSON,
            context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
        .stream()
        .map(Error::toString)
        .toList();
  }

  private static JsonNode absolute(JsonNode node) {
    if (node instanceof ObjectNode object && object.has("$ref")) {
      object.put("$ref", BASE + object.path("$ref").asText());
    }
    node.forEach(ApiDocument::absolute);
    return node;
  }

  private static SchemaRegistry registry(JsonNode document, boolean partial) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("$schema", "https://json-schema.org/draft/2020-12/schema").put("$id", BASE);
    ObjectNode components = document.path("components").path("schemas").deepCopy();
    components
        .properties()
        .forEach(
            component -> {
              if (!component.getKey().equals(OPEN)) {
                close(component.getValue(), partial);
              }
            });
    root.putObject("components").set("schemas", components);
    String text = root.toString();
    return SchemaRegistry.withDefaultDialect(
        SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(Map.of(BASE, text)));
  }

  /** Objects that list members have no others. */
  private static void close(JsonNode node, boolean partial) {
    if (node instanceof ObjectNode object) {
      boolean isObject = object.path("type").asText().equals("object");
      if (isObject && object.has("properties")) {
        if (!object.path("additionalProperties").isObject()) {
          object.put("additionalProperties", false);
        }
        if (partial) {
          object.remove("required");
        }
      }
    }
    node.forEach(child -> close(child, partial));
  }

  /** What is wrong with the document under that JSON Schema, and with its schemas under theirs. */
  List<String> invalid(String metaSchema) {
    SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    List<String> wrong = new ArrayList<>();
    registry
        .getSchema(metaSchema, InputFormat.JSON)
        .validate(document.toString(), InputFormat.JSON)
        .forEach(error -> wrong.add(error.toString()));
    Schema schemas =
        registry.getSchema(SchemaLocation.of(SpecificationVersion.DRAFT_2020_12.getDialectId()));
    for (JsonNode schema : schemasIn(document, new ArrayList<>())) {
      schemas
          .validate(schema.toString(), InputFormat.JSON)
          .forEach(error -> wrong.add(schema + " " + error));
    }
    for (JsonNode reference : document.findValues("$ref")) {
      if (document.at(reference.asText().substring(1)).isMissingNode()) {
        wrong.add(reference.asText() + " leads nowhere");
      }
    }
    return wrong;
  }

  private static List<JsonNode> schemasIn(JsonNode node, List<JsonNode> found) {
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      switch (member.getKey()) {
        case "schemas" -> member.getValue().forEach(found::add);
        case "schema", "x-itemSchema" -> found.add(member.getValue());
        case "example" -> {}
        default -> schemasIn(member.getValue(), found);
      }
    }
    if (node.isArray()) {
      node.forEach(child -> schemasIn(child, found));
    }
    return found;
  }

  static ApiDocument read(String json) {
    try {
      return new ApiDocument(Json.STRICT.readTree(json));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
