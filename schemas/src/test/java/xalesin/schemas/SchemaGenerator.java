package xalesin.schemas;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes the JSON Schema of a record of the contract. Commands are described as they may be sent,
 * events and rows as they are written: a command's unknown field is refused and its numbers may
 * have leading or trailing zeros; an event may gain fields, and its numbers are in normal form.
 */
final class SchemaGenerator {
  static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final SchemaFiles.Kind kind;
  private final boolean sent;
  private final ObjectNode definitions = NODES.objectNode();
  private final Map<String, Class<?>> defined = new LinkedHashMap<>();

  private SchemaGenerator(SchemaFiles.Kind kind) {
    this.kind = kind;
    this.sent = kind == SchemaFiles.Kind.COMMANDS;
  }

  static ObjectNode generate(
      SchemaFiles.Kind kind, String name, int version, Class<? extends Record> type) {
    SchemaGenerator generator = new SchemaGenerator(kind);
    ObjectNode schema = NODES.objectNode();
    schema.put("$schema", DIALECT);
    schema.put("$id", SchemaFiles.id(kind, name, version));
    schema.put("title", name);
    schema.setAll(generator.object(type));
    if (!generator.definitions.isEmpty()) {
      schema.set("$defs", generator.definitions);
    }
    return schema;
  }

  private ObjectNode object(Class<?> type) {
    ObjectNode properties = NODES.objectNode();
    ArrayNode required = NODES.arrayNode();
    for (RecordComponent component : type.getRecordComponents()) {
      AnnotatedType annotated = component.getAnnotatedType();
      boolean nullable = annotated.isAnnotationPresent(Nullable.class);
      ObjectNode schema =
          component.getAccessor().isAnnotationPresent(JsonRawValue.class)
              ? anyObject()
              : value(type, component.getName(), annotated);
      properties.set(component.getName(), nullable ? orNull(schema) : schema);
      if (!nullable) {
        required.add(component.getName());
      }
    }
    ObjectNode schema = NODES.objectNode();
    schema.put("type", "object");
    schema.set("properties", properties);
    if (!required.isEmpty()) {
      schema.set("required", required);
    }
    schema.put("additionalProperties", !sent);
    if (sent) {
      schema.setAll(SchemaFields.betweenFields(type));
    }
    return schema;
  }

  /** A caller may send null for what it leaves out; we leave it out. */
  private ObjectNode orNull(ObjectNode schema) {
    if (!sent) {
      return schema;
    }
    if (schema.get("type") instanceof TextNode type) {
      schema.set("type", NODES.arrayNode().add(type).add("null"));
      if (schema.get("enum") instanceof ArrayNode values) {
        values.addNull();
      }
      return schema;
    }
    ObjectNode either = NODES.objectNode();
    either.putArray("anyOf").add(schema).addObject().put("type", "null");
    return either;
  }

  private ObjectNode value(Class<?> owner, String name, AnnotatedType annotated) {
    if (annotated instanceof AnnotatedParameterizedType generic
        && generic.getType() instanceof ParameterizedType raw) {
      AnnotatedType[] arguments = generic.getAnnotatedActualTypeArguments();
      if (raw.getRawType() == List.class) {
        return list(owner, name, arguments[0]);
      }
      if (raw.getRawType() == Map.class) {
        return map(owner, name, (Class<?>) arguments[0].getType(), arguments[1]);
      }
    }
    return value(owner, name, (Class<?>) annotated.getType());
  }

  private ObjectNode value(Class<?> owner, String name, Class<?> type) {
    if (type == String.class) {
      return SchemaFields.text(kind, owner, name);
    }
    if (type == Quantity.class) {
      return SchemaFields.quantity(kind, owner, name);
    }
    if (type == Amount.class) {
      return SchemaFields.amount(kind, owner, name);
    }
    if (type == Fraction.class) {
      return SchemaFields.fraction(kind);
    }
    if (type == Money.class) {
      String definition = SchemaFields.moneyName(kind, owner);
      return reference(definition, Money.class, SchemaFields.money(kind, owner));
    }
    if (type == UUID.class) {
      return NODES.objectNode().put("type", "string").put("format", "uuid");
    }
    if (type == Instant.class) {
      return NODES.objectNode().put("type", "string").put("format", "date-time");
    }
    if (type == LocalDate.class) {
      return SchemaFields.date(kind);
    }
    if (type == boolean.class || type == Boolean.class) {
      return NODES.objectNode().put("type", "boolean");
    }
    if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
      return SchemaFields.whole(kind, name);
    }
    if (type.isEnum()) {
      ObjectNode schema = NODES.objectNode().put("type", "string");
      ArrayNode values = schema.putArray("enum");
      wireNames(type).forEach(values::add);
      return schema;
    }
    if (type == Total.class) {
      return SchemaNumbers.writtenTotal();
    }
    if (type == RawJson.class || JsonNode.class.isAssignableFrom(type)) {
      return anyObject();
    }
    if (type.isRecord()) {
      return reference(definitionName(type), type, object(type));
    }
    throw new IllegalStateException(
        "say how a %s is written as JSON: %s of %s".formatted(type, name, owner));
  }

  private ObjectNode list(Class<?> owner, String name, AnnotatedType element) {
    ObjectNode schema = NODES.objectNode().put("type", "array");
    schema.set("items", value(owner, name, element));
    if (sent) {
      schema.setAll(SchemaFields.listBounds(owner, name));
    }
    return schema;
  }

  private ObjectNode map(Class<?> owner, String name, Class<?> key, AnnotatedType element) {
    ObjectNode schema = NODES.objectNode().put("type", "object");
    if (!key.isEnum()) {
      schema.set("additionalProperties", value(owner, name, element));
      return schema;
    }
    ObjectNode properties = schema.putObject("properties");
    for (String wireName : wireNames(key)) {
      properties.set(wireName, value(owner, name, element));
    }
    schema.put("additionalProperties", !sent);
    return schema;
  }

  private static ObjectNode anyObject() {
    return NODES.objectNode().put("type", "object");
  }

  static List<String> wireNames(Class<?> enumClass) {
    return java.util.Arrays.stream(enumClass.getEnumConstants())
        .map(constant -> Json.MAPPER.convertValue(constant, String.class))
        .toList();
  }

  /** The record's own name, with that of what it is in when another has it already. */
  private String definitionName(Class<?> type) {
    String name = type.getSimpleName();
    Class<?> holder = defined.get(name);
    Class<?> enclosing = type.getEnclosingClass();
    return holder == null || holder == type || enclosing == null
        ? name
        : enclosing.getSimpleName() + name;
  }

  private ObjectNode reference(String name, Class<?> type, ObjectNode schema) {
    Class<?> before = defined.put(name, type);
    if (before != null && before != type) {
      throw new IllegalStateException("two definitions have the name " + name);
    }
    definitions.set(name, schema);
    return NODES.objectNode().put("$ref", "#/$defs/" + name);
  }
}
