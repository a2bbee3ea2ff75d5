package xalesin.schemas;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * How events of older schema versions are read as the next version: one step per version, so that
 * the code beyond knows the newest only. The events themselves are never rewritten. Thread-safe.
 */
final class Upcasters {
  private record Step(String type, int from) {}

  private static final Map<Step, UnaryOperator<ObjectNode>> STEPS = new HashMap<>();

  static {
    STEPS.put(new Step("StockReceived", 1), Upcasters::addValue);
    STEPS.put(new Step("StockIssued", 1), Upcasters::addValue);
    STEPS.put(new Step("StockAdjusted", 1), Upcasters::addValue);
  }

  private Upcasters() {}

  static byte[] upcast(String type, int from, int to, byte[] data) {
    try {
      if (!(Json.MAPPER.readTree(data) instanceof ObjectNode event)) {
        throw new InvalidValueException("", "is not the JSON object of an event");
      }
      for (int version = from; version < to; version++) {
        UnaryOperator<ObjectNode> step = STEPS.get(new Step(type, version));
        if (step == null) {
          throw new InvalidValueException(
              "ce_dataschema",
              "schema version %d of %s cannot be read any more".formatted(from, type));
        }
        event = step.apply(event);
      }
      return Json.write(event);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot be read as " + type, e);
    }
  }

  /** Since version 2 a movement tells what it was worth. */
  private static ObjectNode addValue(ObjectNode event) {
    JsonNode cost = event.get("unitCost");
    if (cost != null && cost.isObject()) {
      String currency = cost.path("currency").asText();
      BigDecimal worth =
          new BigDecimal(event.path("quantity").asText())
              .multiply(new BigDecimal(cost.path("amount").asText()));
      event
          .putObject("value")
          .put("amount", Amount.rounded(worth, currency).toString())
          .put("currency", currency);
    }
    return event;
  }
}
