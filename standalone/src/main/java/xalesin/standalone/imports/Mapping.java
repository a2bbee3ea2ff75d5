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
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import xalesin.schemas.Json;
import xalesin.standalone.imports.Profile.CommandMapping;
import xalesin.standalone.imports.Profile.Condition;
import xalesin.standalone.imports.Template.UnfitValueException;

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

  /** In an object in a list: the join whose rows give an element each. */
  private static final String EACH = "$each";

  private sealed interface Field {
    record Text(Template template) implements Field {}

    record Constant(JsonNode value) implements Field {}

    record Fields(Map<String, Field> byName) implements Field {}

    record Elements(List<Field> fields) implements Field {}

    /** In an array: as many elements as there are joined rows. */
    record Each(String join, Fields fields) implements Field {}
  }

  /** A condition and what it looks at. */
  private record When(Template value, Condition condition) {}

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
  private final @Nullable Long ifMatch;
  private final List<When> conditions;
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
    this.ifMatch = mapping.ifMatch();
    this.conditions =
        mapping.when() == null
            ? List.of()
            : mapping.when().stream()
                .map(when -> new When(template("when", "{" + when.column() + "}"), when))
                .toList();
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
      node.forEach(
          element -> elements.add(element.has(EACH) ? each(name, element) : field(name, element)));
      return new Field.Elements(List.copyOf(elements));
    }
    return new Field.Constant(node);
  }

  private static Field.Fields fields(JsonNode object) {
    if (object.has(EACH)) {
      throw new IllegalArgumentException(EACH + " belongs into an object in a list");
    }
    Map<String, Field> fields = new LinkedHashMap<>();
    object.properties().forEach(e -> fields.put(e.getKey(), field(e.getKey(), e.getValue())));
    return new Field.Fields(fields);
  }

  private static Field.Each each(String name, JsonNode element) {
    ObjectNode fields = element.deepCopy();
    JsonNode join = fields.remove(EACH);
    if (!join.isTextual()) {
      throw new IllegalArgumentException("%s: %s must name a join".formatted(name, EACH));
    }
    Field.Each each = new Field.Each(join.textValue(), fields(fields));
    if (!joins(each.fields()).isEmpty()) {
      throw new IllegalArgumentException("%s: %s cannot be in another".formatted(name, EACH));
    }
    return each;
  }

  /** The joins that are used, each with the templates for its rows. */
  private static Map<String, List<Template>> joins(Field field) {
    Map<String, List<Template>> joins = new TreeMap<>();
    collect(field, _ -> {}, joins);
    return joins;
  }

  /** Every column that a row must have. */
  Set<String> columns() {
    Set<String> columns = new TreeSet<>();
    templates(template -> template.columns(columns::add));
    return columns;
  }

  /** By join, every column that a joined row must have. */
  Map<String, Set<String>> joinedColumns() {
    Map<String, Set<String>> columns = new TreeMap<>();
    joins(data)
        .forEach(
            (join, templates) -> {
              Set<String> needed = columns.computeIfAbsent(join, _ -> new TreeSet<>());
              templates.forEach(template -> template.columns(needed::add));
            });
    return columns;
  }

  /** Every lookup that is used. */
  Set<String> lookups() {
    Set<String> lookups = new TreeSet<>();
    templates(template -> template.lookups(lookups::add));
    joins(data).values().forEach(each -> each.forEach(t -> t.lookups(lookups::add)));
    return lookups;
  }

  /** Those for the row itself. */
  private void templates(Consumer<Template> each) {
    each.accept(id);
    if (key != null) {
      each.accept(key);
    }
    conditions.forEach(when -> each.accept(when.value()));
    collect(data, each, new TreeMap<>());
  }

  /** Tells the templates for the row itself from those for joined rows. */
  private static void collect(
      Field field, Consumer<Template> own, Map<String, List<Template>> joined) {
    switch (field) {
      case Field.Text text -> own.accept(text.template());
      case Field.Constant _ -> {}
      case Field.Fields fields -> fields.byName().values().forEach(f -> collect(f, own, joined));
      case Field.Elements elements -> elements.fields().forEach(f -> collect(f, own, joined));
      case Field.Each each ->
          collect(
              each.fields(),
              joined.computeIfAbsent(each.join(), _ -> new ArrayList<>())::add,
              joined);
    }
  }

  /** The row's command, or null when a condition does not hold. */
  @Nullable Made make(ProfileRow row) throws UnfitValueException {
    for (When when : conditions) {
      String value = when.value().text(row);
      try {
        if (!when.condition().holds(value)) {
          return null;
        }
      } catch (UnfitValueException e) {
        throw new UnfitValueException(when.condition().column() + ": " + e.getMessage());
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
    if (ifMatch != null) {
      line.put("ifMatch", ifMatch);
    }
    line.set("data", object(data, row));
    return new Made(idempotencyKey, Json.write(line));
  }

  private static @Nullable JsonNode json(Field field, ProfileRow row) throws UnfitValueException {
    return switch (field) {
      case Field.Text text -> text.template().json(row);
      case Field.Constant constant -> constant.value();
      case Field.Fields fields -> object(fields, row);
      case Field.Elements elements -> {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (Field element : elements.fields()) {
          JsonNode value = json(element, row);
          if (element instanceof Field.Each && value instanceof ArrayNode each) {
            array.addAll(each);
          } else if (value != null) {
            array.add(value);
          }
        }
        yield array;
      }
      case Field.Each each -> {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (ProfileRow joined : row.joined(each.join())) {
          try {
            array.add(object(each.fields(), joined));
          } catch (UnfitValueException e) {
            throw new UnfitValueException(
                "%s, line %d: %s"
                    .formatted(
                        joined.row().place().file().getFileName(),
                        joined.row().place().line(),
                        e.getMessage()));
          }
        }
        yield array;
      }
    };
  }

  private static ObjectNode object(Field.Fields fields, ProfileRow row) throws UnfitValueException {
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
