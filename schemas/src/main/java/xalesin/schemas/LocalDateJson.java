package xalesin.schemas;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;

/** Calendar days as RFC 3339 full dates, such as {@code 2026-11-22}. */
final class LocalDateJson {
  private LocalDateJson() {}

  static final class Serializer extends StdSerializer<LocalDate> {
    private static final long serialVersionUID = 1L;

    Serializer() {
      super(LocalDate.class);
    }

    @Override
    public void serialize(LocalDate value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeString(value.toString());
    }
  }

  static final class Deserializer extends StdDeserializer<LocalDate> {
    private static final long serialVersionUID = 1L;
    private static final int LENGTH = 10;

    Deserializer() {
      super(LocalDate.class);
    }

    @Override
    public LocalDate deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      String text = parser.currentToken() == JsonToken.VALUE_STRING ? parser.getText() : "";
      try {
        if (text.length() == LENGTH) {
          return LocalDate.parse(text);
        }
      } catch (DateTimeParseException e) {
        return context.reportInputMismatch(this, "must be a day that there is: %s", text);
      }
      return context.reportInputMismatch(this, "must be a day such as \"2026-11-22\"");
    }
  }
}
