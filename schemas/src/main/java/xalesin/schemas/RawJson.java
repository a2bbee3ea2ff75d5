package xalesin.schemas;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.util.Arrays;

/**
 * JSON within a record, kept as its UTF-8 bytes: written as it is, without being parsed or printed.
 * Equal when the bytes are.
 *
 * @param utf8 one JSON value; not copied, must not be changed
 */
@JsonSerialize(using = RawJson.Serializer.class)
@JsonDeserialize(using = RawJson.Deserializer.class)
@SuppressWarnings("ArrayRecordComponent")
public record RawJson(byte[] utf8) {
  @Override
  public boolean equals(Object other) {
    return other instanceof RawJson json && Arrays.equals(utf8, json.utf8);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(utf8);
  }

  static final class Serializer extends StdSerializer<RawJson> {
    private static final long serialVersionUID = 1L;

    Serializer() {
      super(RawJson.class);
    }

    @Override
    public void serialize(RawJson json, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeRawValue(new Utf8(json.utf8));
    }
  }

  static final class Deserializer extends StdDeserializer<RawJson> {
    private static final long serialVersionUID = 1L;

    Deserializer() {
      super(RawJson.class);
    }

    @Override
    public RawJson deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      return new RawJson(Json.write(parser.readValueAsTree()));
    }
  }
}
