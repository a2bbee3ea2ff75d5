package xalesin.schemas;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import xalesin.schemas.inventory.InventoryItemCommand;
import xalesin.schemas.inventory.InventoryItemRow;
import xalesin.schemas.inventory.StockMovementRow;

/**
 * What the schemas say of single fields beyond their Java type: the rules that {@link Check}
 * enforces when a command is made. That both agree is tested, not trusted.
 */
final class SchemaFields {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /**
   * At most 18 digits before and 12 after the point may be sent: {@code Decimals} reads no more.
   */
  private static final String SENT = "(?=-?[0-9]{1,18}(\\.[0-9]{1,12})?$)";

  private static final String SIX_PLACES = "(\\.[0-9]{1,6}0*)?$";
  private static final String POSITIVE = "(?!-)(?=.*[1-9])";
  private static final String NOT_NEGATIVE = "(?!-.*[1-9])";
  private static final String NOT_ZERO = "(?=.*[1-9])";

  /** Neither blank nor with white space at an end; no control characters. */
  private static final String TEXT =
      "^(?!\\s)[^\\u0000-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F-\\u009F]*(?<!\\s)$";

  private static final String FREE_TEXT =
      "^[^\\u0000-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F-\\u009F]*$";

  private static final Map<String, Integer> CODES_AND_NAMES =
      Map.of(
          "sku", Check.CODE,
          "category", Check.CODE,
          "unit", Check.CODE,
          "location", Check.CODE,
          "from", Check.CODE,
          "to", Check.CODE,
          "reference", Check.CODE,
          "name", Check.NAME,
          "reason", Check.NAME);

  private static final Map<String, List<String>> ENUMERATIONS =
      Map.of(
          "status", List.of(InventoryItemRow.ACTIVE, InventoryItemRow.INACTIVE),
          "kind",
              List.of(
                  StockMovementRow.RECEIPT,
                  StockMovementRow.ISSUE,
                  StockMovementRow.TRANSFER,
                  StockMovementRow.ADJUSTMENT));

  private SchemaFields() {}

  static ObjectNode text(SchemaFiles.Kind kind, String name) {
    ObjectNode schema = NODES.objectNode().put("type", "string");
    if (kind == SchemaFiles.Kind.COMMANDS) {
      Integer length = CODES_AND_NAMES.get(name);
      if (length != null) {
        schema.put("minLength", 1).put("maxLength", length).put("pattern", TEXT);
      } else if (name.equals("description")) {
        schema.put("maxLength", Check.TEXT).put("pattern", FREE_TEXT);
      } else {
        throw new IllegalStateException("say how long a command's \"" + name + "\" may be");
      }
    }
    List<String> values = kind == SchemaFiles.Kind.ROWS ? ENUMERATIONS.get(name) : null;
    if (values != null) {
      ArrayNode allowed = schema.putArray("enum");
      values.forEach(allowed::add);
    }
    return schema;
  }

  static ObjectNode quantity(SchemaFiles.Kind kind, Class<?> owner, String name) {
    if (kind != SchemaFiles.Kind.COMMANDS) {
      return decimal("^(?!-0$)-?(0|[1-9][0-9]{0,11})(\\.[0-9]{0,5}[1-9])?$", null);
    }
    String sign;
    if (name.equals("reorderLevel")) {
      sign = NOT_NEGATIVE;
    } else if (owner == InventoryItemCommand.Adjust.class) {
      sign = NOT_ZERO;
    } else {
      sign = POSITIVE;
    }
    return decimal("^" + SENT + sign + "-?0*[0-9]{1,12}" + SIX_PLACES, "12.5");
  }

  static String moneyName(SchemaFiles.Kind kind) {
    return kind == SchemaFiles.Kind.COMMANDS ? "MoneyNotNegative" : "Money";
  }

  static ObjectNode money(SchemaFiles.Kind kind) {
    boolean sent = kind == SchemaFiles.Kind.COMMANDS;
    ObjectNode schema = NODES.objectNode().put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    properties.set(
        "amount",
        sent
            ? decimal("^" + SENT + NOT_NEGATIVE + "-?0*[0-9]{1,15}" + SIX_PLACES, "12.5")
            : decimal("^(?!-0$)-?(0|[1-9][0-9]{0,14})(\\.[0-9]{0,5}[1-9])?$", null));
    properties
        .putObject("currency")
        .put("type", "string")
        .put("pattern", "^[A-Z]{3}$")
        .put("description", "ISO 4217");
    schema.putArray("required").add("amount").add("currency");
    schema.put("additionalProperties", !sent);
    return schema;
  }

  private static ObjectNode decimal(String pattern, @Nullable String example) {
    ObjectNode schema = NODES.objectNode().put("type", "string").put("pattern", pattern);
    if (example != null) {
      schema.putArray("examples").add(example);
    }
    return schema;
  }
}
