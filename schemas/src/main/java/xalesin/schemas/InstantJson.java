package xalesin.schemas;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;

/** Times of the contract: RFC 3339 in UTC, such as {@code 2026-11-22T09:30:00.123456Z}. */
final class InstantJson {
  private InstantJson() {}

  static final class Serializer extends StdSerializer<Instant> {
    private static final long serialVersionUID = 1L;

    Serializer() {
      super(Instant.class);
    }

    @Override
    public void serialize(Instant value, JsonGenerator generator, SerializerProvider provider)
        throws IOException {
      generator.writeString(value.toString());
    }
  }

  static final class Deserializer extends StdDeserializer<Instant> {
    private static final long serialVersionUID = 1L;

    Deserializer() {
      super(Instant.class);
    }

    @Override
    public Instant deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      if (parser.currentToken() == JsonToken.VALUE_STRING) {
        try {
          return Instant.parse(parser.getText());
        } catch (DateTimeException e) {
          return context.reportInputMismatch(
              this, "must be a time as in RFC 3339, such as 2026-11-22T09:30:00Z");
        }
      }
      return context.reportInputMismatch(
          this, "must be a time as in RFC 3339, such as 2026-11-22T09:30:00Z");
    }
  }
}
