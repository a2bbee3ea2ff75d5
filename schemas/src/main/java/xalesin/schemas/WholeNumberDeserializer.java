package xalesin.schemas;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads whole numbers as JSON Schema counts them: {@code 3} and {@code 3.0} are the same, {@code
 * 3.5} is none. Jackson's own reader would cut it off.
 */
final class WholeNumberDeserializer extends StdDeserializer<Integer> {
  private static final long serialVersionUID = 1L;

  WholeNumberDeserializer(Class<Integer> type) {
    super(type);
  }

  @Override
  public Integer deserialize(JsonParser parser, DeserializationContext context) throws IOException {
    if (parser.currentToken().isNumeric()) {
      try {
        return parser.getDecimalValue().intValueExact();
      } catch (ArithmeticException e) {
        return refused(context);
      }
    }
    return refused(context);
  }

  @Override
  public @Nullable Integer getNullValue(DeserializationContext context)
      throws JsonMappingException {
    if (!handledType().isPrimitive()) {
      return null;
    }
    if (context.isEnabled(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)) {
      return refused(context);
    }
    return 0;
  }

  private Integer refused(DeserializationContext context) throws JsonMappingException {
    return context.reportInputMismatch(this, "must be a whole number within its range");
  }
}
