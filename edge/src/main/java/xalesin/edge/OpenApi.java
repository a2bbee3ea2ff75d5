package xalesin.edge;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import xalesin.schemas.Json;

/**
 * Writes the OpenAPI 3.1 document of a door from the very routes that it serves. A route that does
 * not say what it does, or says something else than its path, is refused.
 */
final class OpenApi {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String BEARER = "bearer";

  /** Longer lists of problem types are written where they are answered, not under a name. */
  private static final int MAX_NAMED_TYPES = 4;

  private static final List<Parameter> OF_EVERY_ROUTE =
      List.of(
          Parameter.header(
              ApiHeaders.CORRELATION_ID,
              "What this request belongs to; the trace id when left out.",
              Shape.matching("^[ -~]{1,200}$")),
          Parameter.header("traceparent", "The W3C trace context.", Shape.text()));

  private final ObjectNode paths = NODES.objectNode();
  private final Map<String, ObjectNode> schemas = new TreeMap<>();
  private final Map<String, ObjectNode> responses = new TreeMap<>();
  private final Set<String> ids = new HashSet<>();
  private final SortedSet<String> tags = new TreeSet<>();

  private OpenApi() {}

  /**
   * The document as UTF-8 JSON.
   *
   * @throws IllegalArgumentException when a route is not described, or not as it is
   */
  static byte[] of(List<Route> routes) {
    OpenApi document = new OpenApi();
    Shape.problem().nameIn(document.schemas);
    routes.forEach(document::add);
    return Json.write(document.json());
  }

  private ObjectNode json() {
    ObjectNode document = NODES.objectNode().put("openapi", "3.1.0");
    document
        .putObject("info")
        .put("title", "Xalesin")
        .put("version", "1")
        .put(
            "description",
            "Commands and reads of an installation. Commands are taken strictly: an unknown field"
                + " is refused. Answers may gain fields: pass over those that you do not know."
                + " Numbers of money and goods are strings. The tenant is the token's.");
    document.putArray("servers").addObject().put("url", "/");
    ArrayNode told = document.putArray("tags");
    tags.forEach(tag -> told.addObject().put("name", tag));
    document.set("paths", paths);
    ObjectNode components = document.putObject("components");
    components.putObject("schemas").setAll(schemas);
    components.putObject("responses").setAll(responses);
    ObjectNode parameters = components.putObject("parameters");
    OF_EVERY_ROUTE.forEach(each -> parameters.set(each.name(), parameter(each)));
    components.putObject("headers").setAll(ApiHeaders.all());
    components
        .putObject("securitySchemes")
        .putObject(BEARER)
        .put("type", "http")
        .put("scheme", BEARER)
        .put("bearerFormat", "JWT")
        .put("description", "A token with tenant, sub, roles, exp and aud=xalesin.");
    return document;
  }

  private void add(Route route) {
    Operation operation = described(route);
    ObjectNode path = paths.withObjectProperty(route.path());
    ObjectNode json = path.putObject(route.verb().name().toLowerCase(Locale.ROOT));
    json.putArray("tags").add(operation.tag());
    tags.add(operation.tag());
    json.put("operationId", operation.id());
    json.put("summary", operation.summary());
    json.put("description", description(route, operation));
    ArrayNode security = json.putArray("security");
    if (route.role() != null) {
      security.addObject().putArray(BEARER).add(route.role().text());
    }
    ArrayNode parameters = json.putArray("parameters");
    for (Parameter parameter : operation.parameters()) {
      parameters.add(parameter(parameter));
      parameter.shape().nameIn(schemas);
    }
    OF_EVERY_ROUTE.forEach(
        each -> parameters.addObject().put("$ref", "#/components/parameters/" + each.name()));
    Operation.Body body = operation.body();
    if (body != null) {
      ObjectNode request = json.putObject("requestBody").put("required", body.required());
      content(request, body);
    }
    ObjectNode answers = json.putObject("responses");
    operation.answers().forEach(answer -> answer(answers, answer));
    problems(route, operation)
        .forEach((status, types) -> answers.set(status.toString(), refusal(status, types, route)));
  }

  private Operation described(Route route) {
    Operation operation = route.operation();
    if (operation == null) {
      throw new IllegalArgumentException(
          "say what %s %s does: Route.described".formatted(route.verb(), route.path()));
    }
    if (!ids.add(operation.id())) {
      throw new IllegalArgumentException("two operations have the id " + operation.id());
    }
    Set<String> inPath =
        Arrays.stream(route.path().split("/"))
            .filter(segment -> segment.startsWith("{"))
            .map(segment -> segment.substring(1, segment.length() - 1))
            .collect(Collectors.toSet());
    Set<String> told =
        operation.parameters().stream()
            .filter(parameter -> parameter.in() == Parameter.In.PATH)
            .map(Parameter::name)
            .collect(Collectors.toSet());
    if (!inPath.equals(told)) {
      throw new IllegalArgumentException(
          "%s has %s in its path, and describes %s".formatted(route.path(), inPath, told));
    }
    return operation;
  }

  private static String description(Route route, Operation operation) {
    String role =
        route.role() == null
            ? "For anyone, without a token."
            : "Needs the role %s.".formatted(route.role().text());
    return operation.description().isEmpty() ? role : operation.description() + "\n\n" + role;
  }

  private static ObjectNode parameter(Parameter parameter) {
    ObjectNode json = NODES.objectNode();
    json.put("name", parameter.name());
    json.put("in", parameter.in().name().toLowerCase(Locale.ROOT));
    json.put("description", parameter.description());
    if (parameter.required()) {
      json.put("required", true);
    }
    ObjectNode shape = parameter.shape().json();
    if (parameter.list()) {
      json.put("style", "form").put("explode", false);
      ObjectNode several = json.putObject("schema").put("type", "array");
      several.set("items", shape);
    } else {
      json.set("schema", shape);
    }
    if (parameter.example() != null) {
      if (parameter.list()) {
        json.putArray("example").add(parameter.example());
      } else {
        json.put("example", parameter.example());
      }
    }
    return json;
  }

  private void content(ObjectNode of, Operation.Body body) {
    ObjectNode media = of.putObject("content").putObject(body.mediaType());
    Shape shape = body.shape();
    if (shape != null) {
      shape.nameIn(schemas);
      boolean lines = body.mediaType().equals(Operation.Body.LINES);
      if (lines) {
        // OpenAPI 3.2 will call it itemSchema.
        media.putObject("schema").put("type", "string");
      }
      media.set(lines ? "x-itemSchema" : "schema", shape.json());
    }
    if (body.example() != null) {
      media.set("example", body.example());
    }
  }

  private void answer(ObjectNode answers, Operation.Answer answer) {
    ObjectNode json = answers.putObject(Integer.toString(answer.status()));
    json.put("description", answer.description());
    headers(json, answer.headers());
    if (answer.body() != null) {
      content(json, answer.body());
    }
  }

  private static void headers(ObjectNode answer, List<String> own) {
    ObjectNode headers = answer.putObject("headers");
    own.forEach(name -> header(headers, name));
    header(headers, ApiHeaders.CORRELATION_ID);
    if (!own.contains(ApiHeaders.CACHE_CONTROL)) {
      header(headers, ApiHeaders.CACHE_CONTROL);
    }
    ApiHeaders.LIMITS.forEach(name -> header(headers, name));
  }

  private static void header(ObjectNode headers, String name) {
    headers.putObject(name).put("$ref", ApiHeaders.reference(name));
  }

  /** Those of its own, and those of the door. */
  private static Map<Integer, SortedSet<String>> problems(Route route, Operation operation) {
    Operation all =
        operation
            .refuses(400, "bad-request", "unknown-parameter")
            .refuses(429, "rate-limited")
            .refuses(431, "headers-too-large")
            .refuses(500, "internal")
            .refuses(503, "stopping");
    if (route.role() != null) {
      all =
          all.refuses(401, "unauthenticated", "invalid-token")
              .refuses(403, "forbidden")
              .refuses(503, "overloaded", "keys-unavailable");
    }
    if (operation.body() != null) {
      all =
          all.refuses(400, "malformed-json", "json-limits")
              .refuses(408, "too-slow")
              .refuses(413, "too-large")
              .refuses(415, "unsupported-media-type")
              .refuses(422, "invalid-content")
              .refuses(503, "busy");
    }
    return all.problems();
  }

  private ObjectNode refusal(int status, SortedSet<String> types, Route route) {
    if (types.size() > MAX_NAMED_TYPES) {
      return problemAnswer(status, types, route);
    }
    String open = route.role() == null ? ".open" : "";
    String name = status + "." + String.join(".", types) + open;
    responses.computeIfAbsent(name, _ -> problemAnswer(status, types, route));
    return NODES.objectNode().put("$ref", "#/components/responses/" + name);
  }

  private static ObjectNode problemAnswer(int status, SortedSet<String> types, Route route) {
    ObjectNode json = NODES.objectNode();
    json.put("description", "Refused: " + String.join(", ", types) + ".");
    headers(json, headersOf(status, route));
    ObjectNode media = json.putObject("content").putObject("application/problem+json");
    ObjectNode schema = media.putObject("schema");
    ArrayNode both = schema.putArray("allOf");
    both.add(Shape.problem().json());
    ObjectNode properties = both.addObject().putObject("properties");
    ArrayNode known = properties.putObject("type").putArray("enum");
    types.forEach(type -> known.add(Problem.TYPES + type));
    properties.putObject("status").put("const", status);
    return json;
  }

  private static List<String> headersOf(int status, Route route) {
    boolean command = route.routeClass() == RouteClass.COMMAND;
    return switch (status) {
      case 401, 403 -> List.of(ApiHeaders.AUTHENTICATE);
      case 404 -> List.of(command ? ApiHeaders.IDEMPOTENCY_REPLAYED : ApiHeaders.VIEW_SEQUENCE);
      case 409 -> List.of(ApiHeaders.IDEMPOTENCY_REPLAYED);
      case 412 -> List.of(ApiHeaders.ETAG, ApiHeaders.IDEMPOTENCY_REPLAYED);
      case 426 -> List.of(ApiHeaders.UPGRADE);
      case 429, 503 -> List.of(ApiHeaders.RETRY_AFTER);
      default -> List.of();
    };
  }
}
