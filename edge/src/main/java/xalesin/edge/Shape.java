package xalesin.edge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import xalesin.schemas.Json;
import xalesin.schemas.RowTypes;
import xalesin.schemas.SchemaFiles;

/**
 * A JSON Schema (draft 2020-12) as part of an OpenAPI document, with the named schemas that it
 * refers to. Immutable.
 */
public final class Shape {
  static final String COMPONENTS = "#/components/schemas/";

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** Commands are not kept, so only their newest form is described. */
  private static final int COMMAND_VERSION = 1;

  private static final String DEFINITIONS = "#/$defs/";
  private static final String REFERENCE = "$ref";

  private final ObjectNode json;
  private final SortedMap<String, ObjectNode> named;

  private Shape(ObjectNode json, SortedMap<String, ObjectNode> named) {
    this.json = json;
    this.named = named;
  }

  private static Shape of(ObjectNode json) {
    return new Shape(json, new TreeMap<>());
  }

  public static Shape text() {
    return of(NODES.objectNode().put("type", "string"));
  }

  /** Text of a format that JSON Schema names, such as {@code uuid}. */
  public static Shape format(String format) {
    return of(NODES.objectNode().put("type", "string").put("format", format));
  }

  public static Shape id() {
    return format("uuid");
  }

  public static Shape matching(String pattern) {
    return of(NODES.objectNode().put("type", "string").put("pattern", pattern));
  }

  public static Shape flag() {
    return of(NODES.objectNode().put("type", "boolean"));
  }

  public static Shape whole(long min) {
    return of(NODES.objectNode().put("type", "integer").put("minimum", min));
  }

  public static Shape whole(long min, long max, long otherwise) {
    return of(
        NODES
            .objectNode()
            .put("type", "integer")
            .put("minimum", min)
            .put("maximum", max)
            .put("default", otherwise));
  }

  public static Shape number() {
    return of(NODES.objectNode().put("type", "number"));
  }

  /** One of these texts. */
  public static Shape oneOf(Collection<String> values) {
    ObjectNode json = NODES.objectNode().put("type", "string");
    ArrayNode allowed = json.putArray("enum");
    values.forEach(allowed::add);
    return of(json);
  }

  public static Shape always(boolean value) {
    return of(NODES.objectNode().put("const", value));
  }

  public static Shape list(Shape element) {
    ObjectNode json = NODES.objectNode().put("type", "array");
    json.set("items", element.json);
    return element.in(json);
  }

  /** An object whose members have any names. */
  public static Shape map(Shape member) {
    ObjectNode json = NODES.objectNode().put("type", "object");
    json.set("additionalProperties", member.json);
    return member.in(json);
  }

  /** Any object. */
  public static Shape anything() {
    return of(NODES.objectNode().put("type", "object"));
  }

  /** Any of these, which must differ in what they require. */
  public static Shape anyOf(Shape... shapes) {
    ObjectNode json = NODES.objectNode();
    ArrayNode choices = json.putArray("anyOf");
    SortedMap<String, ObjectNode> named = new TreeMap<>();
    for (Shape shape : shapes) {
      choices.add(shape.json);
      named.putAll(shape.named);
    }
    return new Shape(json, named);
  }

  /**
   * An object of an answer; it may gain members.
   *
   * @param members by name, in their order
   * @param optional the names of those that may be missing
   */
  public static Shape object(Map<String, Shape> members, Collection<String> optional) {
    ObjectNode json = NODES.objectNode().put("type", "object");
    ObjectNode properties = json.putObject("properties");
    SortedMap<String, ObjectNode> named = new TreeMap<>();
    ArrayNode required = NODES.arrayNode();
    members.forEach(
        (name, shape) -> {
          properties.set(name, shape.json);
          named.putAll(shape.named);
          if (!optional.contains(name)) {
            required.add(name);
          }
        });
    if (!required.isEmpty()) {
      json.set("required", required);
    }
    return new Shape(json, named);
  }

  /** An object of which every member is there. */
  public static Shape object(Map<String, Shape> members) {
    return object(members, List.of());
  }

  /** Or null. */
  public Shape orNull() {
    ObjectNode copy = json.deepCopy();
    if (copy.get("type") instanceof TextNode type) {
      copy.set("type", NODES.arrayNode().add(type).add("null"));
      return new Shape(copy, named);
    }
    return anyOf(this, of(NODES.objectNode().put("type", "null")));
  }

  /** With a limit or a word more, such as {@code maxLength}. */
  public Shape with(String keyword, int value) {
    return new Shape(json.deepCopy().put(keyword, value), named);
  }

  /** Whether it lists its values. */
  public boolean isChoice() {
    return json.has("enum");
  }

  /** Without any member but these. */
  public Shape closed() {
    return new Shape(json.deepCopy().put("additionalProperties", false), named);
  }

  /** Whether it, or what it refers to, is an object that cannot be empty. */
  public boolean requiresMembers() {
    String reference = json.path(REFERENCE).asText();
    ObjectNode told =
        reference.isEmpty() ? json : named.get(reference.substring(COMPONENTS.length()));
    return told != null && (told.has("required") || told.has("minProperties"));
  }

  /** The problem document of RFC 9457. Refusals add the facts that they are about. */
  public static Shape problem() {
    Map<String, Shape> error = new LinkedHashMap<>();
    error.put("pointer", text());
    error.put("detail", text());
    Map<String, Shape> members = new LinkedHashMap<>();
    members.put("type", text());
    members.put("title", text());
    members.put("status", whole(400));
    members.put("detail", text());
    members.put("instance", text());
    members.put("errors", list(object(error)));
    members.put("retryAfter", whole(1));
    members.put("traceId", text());
    return object(members, List.of("detail", "instance", "errors", "retryAfter", "traceId"))
        .saying("RFC 9457. Decide by type; a refusal also has the facts that it is about.")
        .named("Problem");
  }

  /** With words for people. */
  public Shape saying(String description) {
    return new Shape(json.deepCopy().put("description", description), named);
  }

  /** A reference to this shape under a name of its own. */
  public Shape named(String name) {
    SortedMap<String, ObjectNode> all = new TreeMap<>(named);
    put(all, name, json);
    return new Shape(NODES.objectNode().put(REFERENCE, COMPONENTS + name), all);
  }

  /**
   * A reference to a published schema; what it defines within itself is named behind its own name.
   */
  public static Shape published(SchemaFiles.Kind kind, String type, int version, String name) {
    byte[] file = SchemaFiles.find(kind, type, version);
    if (file == null) {
      throw new IllegalArgumentException(
          "there is no schema " + SchemaFiles.id(kind, type, version));
    }
    ObjectNode schema = Json.read(file, ObjectNode.class);
    JsonNode definitions = schema.remove("$defs");
    schema.remove("$schema");
    schema.remove("$id");
    SortedMap<String, ObjectNode> named = new TreeMap<>();
    if (definitions != null) {
      definitions
          .properties()
          .forEach(
              definition -> {
                ObjectNode inner = (ObjectNode) definition.getValue();
                refer(inner, name);
                named.put(name + "." + definition.getKey(), inner);
              });
    }
    refer(schema, name);
    return new Shape(schema, named).named(name);
  }

  /** The body of a command. */
  public static Shape command(String name) {
    return published(SchemaFiles.Kind.COMMANDS, name, COMMAND_VERSION, name);
  }

  /** The row of a view, as it is written now. */
  public static Shape row(String view) {
    for (RowTypes.Type type : RowTypes.all()) {
      if (type.name().equals(view)) {
        return published(SchemaFiles.Kind.ROWS, view, type.schemaVersion(), view + ".row");
      }
    }
    throw new IllegalArgumentException("no view is named " + view);
  }

  /** A member of a view's rows as it is published; null when the row has none of that name. */
  public static @Nullable Shape rowMember(String view, String name) {
    ObjectNode row = row(view).named.get(view + ".row");
    return row != null && row.path("properties").get(name) instanceof ObjectNode member
        ? of(member)
        : null;
  }

  /** Definitions within the schema become components. */
  private static void refer(JsonNode node, String name) {
    if (node instanceof ObjectNode object && object.get(REFERENCE) instanceof TextNode reference) {
      String inner = reference.textValue().substring(DEFINITIONS.length());
      object.put(REFERENCE, COMPONENTS + name + "." + inner);
    }
    node.forEach(child -> refer(child, name));
  }

  private Shape in(ObjectNode outer) {
    return new Shape(outer, named);
  }

  private static void put(Map<String, ObjectNode> all, String name, ObjectNode schema) {
    ObjectNode before = all.put(name, schema);
    if (before != null && !before.equals(schema)) {
      throw new IllegalStateException("two schemas have the name " + name);
    }
  }

  /** Puts what it refers to among the components. */
  void nameIn(Map<String, ObjectNode> components) {
    named.forEach((name, schema) -> put(components, name, schema));
  }

  ObjectNode json() {
    return json.deepCopy();
  }
}
