package xalesin.standalone.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import xalesin.schemas.Json;
import xalesin.standalone.imports.Profile.CommandMapping;
import xalesin.standalone.imports.Profile.Condition;
import xalesin.standalone.imports.Template.UnfitValueException;
import xalesin.standalone.imports.Template.Values;

/**
 * One command of a profile's file, ready to be made of rows. Immutable.
 *
 * <p>The id is made of the profile's name and the {@code id} template alone, so it is the same for
 * every tenant and every run, and the idempotency key likewise: importing again changes nothing.
 */
final class Mapping {
  /** As the public contract says. */
  static final int MAX_KEY_LENGTH = 255;

  /** Room is left for {@link SecondKeys}. Another key is replaced by an id made of it. */
  private static final Pattern PLAIN_KEY =
      Pattern.compile("[!-~]{1,%d}".formatted(MAX_KEY_LENGTH - 5));

  private sealed interface Field {
    record Text(Template template) implements Field {}

    record Constant(JsonNode value) implements Field {}

    record Fields(Map<String, Field> byName) implements Field {}

    record Elements(List<Field> fields) implements Field {}
  }

  /**
   * A command made of a row.
   *
   * @param key its idempotency key
   * @param json UTF-8
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Made(String key, byte[] json) {}

  private final String profile;
  private final String command;
  private final Template id;
  private final @Nullable Template key;
  private final List<Condition> conditions;
  private final Field.Fields data;

  /**
   * @throws IllegalArgumentException naming the field whose template is wrong
   */
  Mapping(String profile, CommandMapping mapping) {
    this.profile = profile;
    this.command = mapping.command();
    this.id = template("id", mapping.id());
    this.key =
        mapping.idempotencyKey() == null
            ? null
            : template("idempotencyKey", mapping.idempotencyKey());
    this.conditions = mapping.when() == null ? List.of() : List.copyOf(mapping.when());
    this.data = fields(mapping.data());
  }

  private static Template template(String field, String text) {
    try {
      return Template.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(field + ": " + e.getMessage(), e);
    }
  }

  private static Field field(String name, JsonNode node) {
    if (node.isTextual()) {
      return new Field.Text(template(name, node.textValue()));
    }
    if (node.isObject()) {
      return fields(node);
    }
    if (node.isArray()) {
      List<Field> elements = new ArrayList<>();
      node.forEach(element -> elements.add(field(name, element)));
      return new Field.Elements(List.copyOf(elements));
    }
    return new Field.Constant(node);
  }

  private static Field.Fields fields(JsonNode object) {
    Map<String, Field> fields = new LinkedHashMap<>();
    object.properties().forEach(e -> fields.put(e.getKey(), field(e.getKey(), e.getValue())));
    return new Field.Fields(fields);
  }

  /** Every column that a row must have. */
  Set<String> columns() {
    Set<String> columns = new TreeSet<>();
    conditions.forEach(condition -> columns.add(condition.column()));
    templates(template -> template.columns(columns::add));
    return columns;
  }

  /** Every lookup that is used. */
  Set<String> lookups() {
    Set<String> lookups = new TreeSet<>();
    templates(template -> template.lookups(lookups::add));
    return lookups;
  }

  private void templates(Consumer<Template> each) {
    each.accept(id);
    if (key != null) {
      each.accept(key);
    }
    templates(data, each);
  }

  private static void templates(Field field, Consumer<Template> each) {
    switch (field) {
      case Field.Text text -> each.accept(text.template());
      case Field.Constant _ -> {}
      case Field.Fields fields -> fields.byName().values().forEach(f -> templates(f, each));
      case Field.Elements elements -> elements.fields().forEach(f -> templates(f, each));
    }
  }

  /** The row's command, or null when a condition does not hold. */
  @Nullable Made make(Values row) throws UnfitValueException {
    for (Condition condition : conditions) {
      try {
        if (!condition.holds(row.column(condition.column()))) {
          return null;
        }
      } catch (UnfitValueException e) {
        throw new UnfitValueException(condition.column() + ": " + e.getMessage());
      }
    }
    String name = profile + "/" + id.text(row);
    String idempotencyKey = key == null ? name + "/" + command : profile + "/" + key.text(row);
    if (!PLAIN_KEY.matcher(idempotencyKey).matches()) {
      idempotencyKey = profile + "/" + NamedIds.of(idempotencyKey);
    }
    ObjectNode line = JsonNodeFactory.instance.objectNode();
    line.put("command", command);
    line.put("id", NamedIds.of(name).toString());
    line.put("idempotencyKey", idempotencyKey);
    line.set("data", object(data, row));
    return new Made(idempotencyKey, Json.write(line));
  }

  private static @Nullable JsonNode json(Field field, Values row) throws UnfitValueException {
    return switch (field) {
      case Field.Text text -> text.template().json(row);
      case Field.Constant constant -> constant.value();
      case Field.Fields fields -> object(fields, row);
      case Field.Elements elements -> {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (Field element : elements.fields()) {
          JsonNode value = json(element, row);
          if (value != null) {
            array.add(value);
          }
        }
        yield array;
      }
    };
  }

  private static ObjectNode object(Field.Fields fields, Values row) throws UnfitValueException {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, Field> field : fields.byName().entrySet()) {
      JsonNode value = json(field.getValue(), row);
      if (value != null) {
        object.set(field.getKey(), value);
      }
    }
    return object;
  }
}
