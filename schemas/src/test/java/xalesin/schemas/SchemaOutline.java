package xalesin.schemas;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a schema promises, a line for each place in its JSON: {@code /lines/- object required}.
 * Places are named as a reader meets them, so definitions are written where they are used; elements
 * of a list are {@code -}.
 */
record SchemaOutline(Map<String, Place> places) {
  /**
   * A place in the JSON.
   *
   * @param types JSON types with their format, such as {@code string:date}; several when null is
   *     one of them
   * @param required whether it is always there
   * @param values the only ones; empty when any is allowed
   * @param limits keywords that bound it, such as {@code maxLength}, with their values
   */
  record Place(
      Set<String> types, boolean required, Set<String> values, Map<String, String> limits) {}

  private static final List<String> LIMITS =
      List.of(
          "minimum",
          "maximum",
          "minLength",
          "maxLength",
          "minItems",
          "maxItems",
          "uniqueItems",
          "additionalProperties",
          "pattern",
          "oneOf",
          "not");

  static SchemaOutline of(JsonNode schema) {
    Map<String, Place> places = new TreeMap<>();
    read("", schema, true, schema, places);
    return new SchemaOutline(places);
  }

  private static void read(
      String path, JsonNode given, boolean required, JsonNode root, Map<String, Place> places) {
    boolean nullable = given.has("anyOf");
    JsonNode schema = resolved(nullable ? given.at("/anyOf/0") : given, root);
    places.put(path, place(schema, required, nullable));
    Set<String> always = new TreeSet<>();
    schema.path("required").forEach(name -> always.add(name.asText()));
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      String name = property.getKey();
      read(path + "/" + name, property.getValue(), always.contains(name), root, places);
    }
    if (schema.has("items")) {
      read(path + "/-", schema.get("items"), true, root, places);
    }
    if (schema.path("additionalProperties").isObject()) {
      read(path + "/*", schema.get("additionalProperties"), false, root, places);
    }
  }

  private static JsonNode resolved(JsonNode schema, JsonNode root) {
    return schema.has("$ref") ? root.at(schema.get("$ref").asText().substring(1)) : schema;
  }

  private static Place place(JsonNode schema, boolean required, boolean nullable) {
    Set<String> types = new TreeSet<>();
    JsonNode type = schema.path("type");
    String format = schema.has("format") ? ":" + schema.get("format").asText() : "";
    for (JsonNode one : type.isArray() ? type : List.of(type)) {
      String name = one.asText();
      types.add(name.equals("null") ? name : name + format);
    }
    if (nullable) {
      types.add("null");
    }
    Set<String> values = new TreeSet<>();
    schema.path("enum").forEach(value -> values.add(value.asText()));
    Map<String, String> limits = new TreeMap<>();
    for (String limit : LIMITS) {
      JsonNode value = schema.path(limit);
      if (value.isValueNode()) {
        limits.put(limit, value.asText());
      } else if (!value.isMissingNode() && !limit.equals("additionalProperties")) {
        limits.put(limit, value.toString());
      }
    }
    return new Place(types, required, values, limits);
  }

  /** The places as lines of text, as {@link #parse} reads them. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    places.forEach(
        (path, place) -> {
          StringBuilder line = new StringBuilder(path.isEmpty() ? "/" : path);
          line.append('\t').append(String.join("|", place.types()));
          line.append('\t').append(place.required() ? "required" : "optional");
          line.append('\t').append(String.join("|", place.values()));
          place
              .limits()
              .forEach((name, value) -> line.append('\t').append(name).append('=').append(value));
          lines.add(line.toString().stripTrailing());
        });
    return lines;
  }

  static SchemaOutline parse(List<String> lines) {
    Map<String, Place> places = new TreeMap<>();
    for (String line : lines) {
      String[] parts = line.split("\t", -1);
      Map<String, String> limits = new TreeMap<>();
      for (int i = 4; i < parts.length; i++) {
        int is = parts[i].indexOf('=');
        limits.put(parts[i].substring(0, is), parts[i].substring(is + 1));
      }
      Set<String> values = parts.length > 3 && !parts[3].isEmpty() ? split(parts[3]) : Set.of();
      places.put(
          parts[0].equals("/") ? "" : parts[0],
          new Place(split(parts[1]), parts[2].equals("required"), values, limits));
    }
    return new SchemaOutline(places);
  }

  private static Set<String> split(String text) {
    return new TreeSet<>(List.of(text.split("\\|")));
  }
}
