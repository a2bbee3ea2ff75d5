package xalesin.schemas;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import java.io.IOException;
import java.util.UUID;

/**
 * Reads ids in their one written form of 36 characters. Jackson's own reader also takes Base64 and
 * takes an empty text for null.
 */
final class UuidDeserializer extends StdDeserializer<UUID> {
  private static final long serialVersionUID = 1L;
  private static final int LENGTH = 36;

  UuidDeserializer() {
    super(UUID.class);
  }

  @Override
  public UUID deserialize(JsonParser parser, DeserializationContext context) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_STRING && parser.getTextLength() == LENGTH) {
      String text = parser.getText();
      try {
        UUID id = UUID.fromString(text);
        // The JDK also reads groups of other lengths and signs.
        if (id.toString().equalsIgnoreCase(text)) {
          return id;
        }
      } catch (IllegalArgumentException e) {
        return unknown(context);
      }
    }
    return unknown(context);
  }

  private UUID unknown(DeserializationContext context) throws IOException {
    return context.reportInputMismatch(
        this, "must be a UUID, such as 0198c4de-7b1f-7c52-9d44-8a3c1f0e2b6d");
  }
}
