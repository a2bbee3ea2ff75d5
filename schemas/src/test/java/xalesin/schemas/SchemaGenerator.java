package xalesin.schemas;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.List;
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
  private final ObjectNode definitions = NODES.objectNode();

  private SchemaGenerator(SchemaFiles.Kind kind) {
    this.kind = kind;
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
      ObjectNode schema = value(type, component.getName(), annotated);
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
    schema.put("additionalProperties", kind != SchemaFiles.Kind.COMMANDS);
    return schema;
  }

  /** A caller may send null for what it leaves out; we leave it out. */
  private ObjectNode orNull(ObjectNode schema) {
    if (kind != SchemaFiles.Kind.COMMANDS) {
      return schema;
    }
    if (schema.get("type") instanceof com.fasterxml.jackson.databind.node.TextNode type) {
      schema.set("type", NODES.arrayNode().add(type).add("null"));
      return schema;
    }
    ObjectNode either = NODES.objectNode();
    either.putArray("anyOf").add(schema).addObject().put("type", "null");
    return either;
  }

  private ObjectNode value(Class<?> owner, String name, AnnotatedType annotated) {
    if (annotated instanceof AnnotatedParameterizedType list
        && list.getType() instanceof java.lang.reflect.ParameterizedType raw
        && raw.getRawType() == List.class) {
      ObjectNode schema = NODES.objectNode().put("type", "array");
      schema.set("items", value(owner, name, list.getAnnotatedActualTypeArguments()[0]));
      return schema;
    }
    Class<?> type = (Class<?>) annotated.getType();
    if (type == String.class) {
      return SchemaFields.text(kind, name);
    }
    if (type == Quantity.class) {
      return SchemaFields.quantity(kind, owner, name);
    }
    if (type == Money.class) {
      return reference(SchemaFields.moneyName(kind), SchemaFields.money(kind));
    }
    if (type == UUID.class) {
      return NODES.objectNode().put("type", "string").put("format", "uuid");
    }
    if (type == Instant.class) {
      return NODES.objectNode().put("type", "string").put("format", "date-time");
    }
    if (type == boolean.class || type == Boolean.class) {
      return NODES.objectNode().put("type", "boolean");
    }
    if (type == long.class) {
      return NODES.objectNode().put("type", "integer").put("minimum", 1);
    }
    if (type.isRecord()) {
      return reference(type.getSimpleName(), object(type));
    }
    throw new IllegalStateException(
        "say how a %s is written as JSON: %s of %s".formatted(type, name, owner));
  }

  private ObjectNode reference(String name, ObjectNode schema) {
    definitions.set(name, schema);
    return NODES.objectNode().put("$ref", "#/$defs/" + name);
  }
}
