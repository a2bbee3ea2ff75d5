package xalesin.schemas;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import java.io.IOException;
import java.math.BigDecimal;

/**
 * Reads exact decimals from JSON strings only: a JSON number may already have passed through binary
 * floating point.
 */
abstract class DecimalDeserializer<T> extends StdDeserializer<T> {
  private static final long serialVersionUID = 1L;

  DecimalDeserializer(Class<T> type) {
    super(type);
  }

  abstract T create(String text);

  @Override
  public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      return context.reportInputMismatch(
          this, "must be a decimal number as a string, such as \"12.5\"");
    }
    try {
      return create(parser.getText());
    } catch (InvalidValueException e) {
      return context.reportInputMismatch(this, "%s", e.getMessage());
    }
  }

  static final class ForQuantity extends DecimalDeserializer<Quantity> {
    private static final long serialVersionUID = 1L;

    ForQuantity() {
      super(Quantity.class);
    }

    @Override
    Quantity create(String text) {
      return Quantity.of(text);
    }
  }

  static final class ForAmount extends DecimalDeserializer<BigDecimal> {
    private static final long serialVersionUID = 1L;

    ForAmount() {
      super(BigDecimal.class);
    }

    @Override
    BigDecimal create(String text) {
      return Money.amountOf(text);
    }
  }

  static final class ForPlainAmount extends DecimalDeserializer<Amount> {
    private static final long serialVersionUID = 1L;

    ForPlainAmount() {
      super(Amount.class);
    }

    @Override
    Amount create(String text) {
      return Amount.of(text);
    }
  }

  static final class ForFraction extends DecimalDeserializer<Fraction> {
    private static final long serialVersionUID = 1L;

    ForFraction() {
      super(Fraction.class);
    }

    @Override
    Fraction create(String text) {
      return Fraction.of(text);
    }
  }
}
