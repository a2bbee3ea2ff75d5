package xalesin.standalone.imports;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import xalesin.schemas.Json;

/**
 * Keys for asking again what was refused. The server keeps a refusal with its idempotency key, so
 * under the same key a command stays refused after its reason has gone: the item that a receipt
 * needs has come, the taken SKU was given free. A refusal had no effect, so asking again under the
 * next key is safe; the keys are numbered, so every later run asks under the same ones.
 */
final class SecondKeys {
  private static final String KEY = "idempotencyKey";

  /** Numbers as they are written, so that a command's content stays the same. */
  private static final ObjectReader EXACT =
      Json.STRICT
          .reader()
          .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .without(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES);

  private SecondKeys() {}

  /**
   * The command under the key of that number.
   *
   * @param number from 2
   * @return null when the key would be too long
   */
  static byte @Nullable [] numbered(byte[] command, int number) {
    try {
      ObjectNode line = (ObjectNode) EXACT.readTree(command);
      String key = line.path(KEY).asText() + "~" + number;
      if (key.length() > Mapping.MAX_KEY_LENGTH) {
        return null;
      }
      line.put(KEY, key);
      return Json.write(line);
    } catch (IOException e) {
      throw new IllegalStateException("a command is JSON", e);
    }
  }
}
