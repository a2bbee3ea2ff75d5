package xalesin.schemas;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** Decimal numbers as JSON Schema: strings, as they may be sent and as they are written. */
final class SchemaNumbers {
  /** What is asked of a number that is sent. */
  enum Sign {
    POSITIVE("(?!-)(?=.*[1-9])"),
    NOT_NEGATIVE("(?!-.*[1-9])"),
    NOT_ZERO("(?=.*[1-9])");

    private final String pattern;

    Sign(String pattern) {
      this.pattern = pattern;
    }
  }

  /**
   * At most 18 digits before and 12 after the point may be sent: {@code Decimals} reads no more.
   */
  private static final String SENT = "(?=-?[0-9]{1,18}(\\.[0-9]{1,12})?$)";

  private static final String SIX_PLACES = "(\\.[0-9]{1,6}0*)?$";
  private static final int QUANTITY_DIGITS = 12;
  private static final int AMOUNT_DIGITS = 15;

  private SchemaNumbers() {}

  static ObjectNode sentQuantity(Sign sign) {
    return sent(sign, QUANTITY_DIGITS);
  }

  static ObjectNode sentAmount(Sign sign) {
    return sent(sign, AMOUNT_DIGITS);
  }

  /** 0 to 1. */
  static ObjectNode sentFraction() {
    return decimal(
        "^" + SENT + Sign.NOT_NEGATIVE.pattern + "-?0*(0(\\.[0-9]{1,6}0*)?|1(\\.0+)?)$", "0.19");
  }

  static ObjectNode writtenQuantity() {
    return written(QUANTITY_DIGITS);
  }

  static ObjectNode writtenAmount() {
    return written(AMOUNT_DIGITS);
  }

  /** Of any size. */
  static ObjectNode writtenTotal() {
    return decimal("^(?!-0$)-?(0|[1-9][0-9]*)(\\.[0-9]*[1-9])?$", null);
  }

  static ObjectNode writtenFraction() {
    return decimal("^(0(\\.[0-9]{0,5}[1-9])?|1)$", null);
  }

  private static ObjectNode sent(Sign sign, int digits) {
    return decimal("^" + SENT + sign.pattern + "-?0*[0-9]{1," + digits + "}" + SIX_PLACES, "12.5");
  }

  private static ObjectNode written(int digits) {
    return decimal("^(?!-0$)-?(0|[1-9][0-9]{0," + (digits - 1) + "})(\\.[0-9]{0,5}[1-9])?$", null);
  }

  private static ObjectNode decimal(String pattern, @Nullable String example) {
    ObjectNode schema =
        JsonNodeFactory.instance.objectNode().put("type", "string").put("pattern", pattern);
    if (example != null) {
      schema.putArray("examples").add(example);
    }
    return schema;
  }
}
