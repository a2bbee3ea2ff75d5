package xalesin.standalone.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A text of a profile with columns in it: {@code NW-{product_id|pad 4}}. A column may go through
 * {@link Filter filters}; double braces stand for braces. A template that is one column alone may
 * end in {@code optional} (left out when empty) or {@code boolean} (true or false without quotes).
 * Immutable.
 */
final class Template {
  /** What a row is to a template. */
  interface Values {
    String column(String name);

    /**
     * @return the value that a lookup has for the key, or null
     */
    @Nullable String lookup(String lookup, String key);

    /** The id of the thing that the profile calls so. */
    UUID id(String name);
  }

  /** A value does not fit; the message says which and why. */
  static final class UnfitValueException extends Exception {
    private static final long serialVersionUID = 1L;

    UnfitValueException(String message) {
      super(message);
    }
  }

  private sealed interface Part {
    record Literal(String text) implements Part {}

    record Column(String name, List<Filter> filters) implements Part {}
  }

  private final List<Part> parts;

  private Template(List<Part> parts) {
    this.parts = parts;
  }

  /**
   * @throws IllegalArgumentException saying what is wrong with the text
   */
  static Template parse(String text) {
    List<Part> parts = new ArrayList<>();
    StringBuilder literal = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean doubled = i + 1 < text.length() && text.charAt(i + 1) == c;
      if ((c == '{' || c == '}') && doubled) {
        literal.append(c);
        i++;
      } else if (c == '{') {
        int end = text.indexOf('}', i);
        if (end < 0) {
          throw new IllegalArgumentException("a brace is not closed in \"" + text + "\"");
        }
        if (!literal.isEmpty()) {
          parts.add(new Part.Literal(literal.toString()));
          literal.setLength(0);
        }
        parts.add(column(text.substring(i + 1, end)));
        i = end;
      } else if (c == '}') {
        throw new IllegalArgumentException("a brace is not opened in \"" + text + "\"");
      } else {
        literal.append(c);
      }
    }
    if (!literal.isEmpty() || parts.isEmpty()) {
      parts.add(new Part.Literal(literal.toString()));
    }
    Template template = new Template(List.copyOf(parts));
    if (parts.size() > 1 && parts.stream().anyMatch(Template::isWholeOnly)) {
      throw new IllegalArgumentException(
          "\"optional\" and \"boolean\" need a column alone, not \"" + text + "\"");
    }
    return template;
  }

  private static Part column(String text) {
    String[] steps = text.split("\\|", -1);
    List<Filter> filters = new ArrayList<>();
    for (int i = 1; i < steps.length; i++) {
      filters.add(Filters.parse(steps[i].strip()));
    }
    String name = steps[0].strip();
    if (name.isEmpty()) {
      throw new IllegalArgumentException("a column's name is missing in \"{" + text + "}\"");
    }
    return new Part.Column(name, List.copyOf(filters));
  }

  private static boolean isWholeOnly(Part part) {
    return part instanceof Part.Column column
        && column.filters().stream()
            .anyMatch(f -> f instanceof Filter.Optional || f instanceof Filter.Bool);
  }

  void columns(Consumer<String> each) {
    for (Part part : parts) {
      if (part instanceof Part.Column column) {
        each.accept(column.name());
        column.filters().forEach(filter -> filter.columns(each));
      }
    }
  }

  void lookups(Consumer<String> each) {
    for (Part part : parts) {
      if (part instanceof Part.Column column) {
        column.filters().forEach(filter -> filter.lookups(each));
      }
    }
  }

  String text(Values values) throws UnfitValueException {
    StringBuilder text = new StringBuilder();
    for (Part part : parts) {
      switch (part) {
        case Part.Literal literal -> text.append(literal.text());
        case Part.Column column -> text.append(filtered(column, values));
      }
    }
    return text.toString();
  }

  /** The JSON value, or null when the field is to be left out. */
  @Nullable JsonNode json(Values values) throws UnfitValueException {
    String text = text(values);
    if (parts.getFirst() instanceof Part.Column column) {
      for (Filter filter : column.filters()) {
        if (filter instanceof Filter.Optional && text.isEmpty()) {
          return null;
        }
      }
      for (Filter filter : column.filters()) {
        if (filter instanceof Filter.Bool) {
          return BooleanNode.valueOf(Boolean.parseBoolean(text));
        }
      }
    }
    return TextNode.valueOf(text);
  }

  private static String filtered(Part.Column column, Values values) throws UnfitValueException {
    String value = values.column(column.name());
    for (Filter filter : column.filters()) {
      try {
        value = filter.apply(value, values);
      } catch (UnfitValueException e) {
        throw new UnfitValueException(column.name() + ": " + e.getMessage());
      }
    }
    return value;
  }
}
