package xalesin.schemas;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import xalesin.schemas.settings.NumberFormat;

/**
 * The texts of commands as JSON Schema. The patterns are of ECMA-262 with the flag {@code u}, as
 * the specification asks, and mean the same to {@code java.util.regex}.
 */
final class SchemaTexts {
  /** White space as {@code String.strip} sees it. */
  private static final String SPACE =
      "[\\t-\\r\\u001C- \\u1680\\u2000-\\u2006\\u2008-\\u200A\\u2028\\u2029\\u205F\\u3000]";

  /** No control characters but tabs and line breaks, and no half of a surrogate pair. */
  private static final String CHARACTERS =
      "[^\\u0000-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F-\\u009F\\uD800-\\uDFFF]*";

  private static final String TRIMMED = "^(?!%s)%%s%s(?<!%s)$".formatted(SPACE, CHARACTERS, SPACE);
  private static final String TEXT = TRIMMED.formatted("");
  private static final String EMAIL = TRIMMED.formatted("(?=[^@]+@[^@]+$)");
  private static final String NUMBER_PART = "[A-Za-z0-9/_.-]*";

  private SchemaTexts() {}

  static ObjectNode code() {
    return text(Check.CODE, TEXT);
  }

  static ObjectNode name() {
    return text(Check.NAME, TEXT);
  }

  static ObjectNode email() {
    return text(Check.NAME, EMAIL);
  }

  static ObjectNode free() {
    return string().put("maxLength", Check.TEXT).put("pattern", "^" + CHARACTERS + "$");
  }

  static ObjectNode numberFormat() {
    return string()
        .put("maxLength", NumberFormat.MAX_LENGTH)
        .put(
            "pattern",
            "^%s\\{year\\}%s\\{number:[1-9]\\}%s$"
                .formatted(NUMBER_PART, NUMBER_PART, NUMBER_PART));
  }

  static ObjectNode currency() {
    return string().put("pattern", "^[A-Z]{3}$").put("description", "ISO 4217");
  }

  static ObjectNode country() {
    return string().put("pattern", "^[A-Z]{2}$").put("description", "ISO 3166-1 alpha-2");
  }

  /** Of the years 1900 to 2999. */
  static ObjectNode date() {
    return string().put("format", "date").put("pattern", "^(19|2[0-9])[0-9]{2}-[0-9]{2}-[0-9]{2}$");
  }

  /** The same text, or an empty one. */
  static ObjectNode orEmpty(ObjectNode text) {
    text.remove("minLength");
    return text.put("pattern", "^$|" + text.path("pattern").asText());
  }

  private static ObjectNode text(int maxLength, String pattern) {
    return string().put("minLength", 1).put("maxLength", maxLength).put("pattern", pattern);
  }

  private static ObjectNode string() {
    return JsonNodeFactory.instance.objectNode().put("type", "string");
  }
}
