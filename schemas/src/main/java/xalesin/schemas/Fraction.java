package xalesin.schemas;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.math.BigDecimal;

/**
 * A part of a whole, exact: 0 to 1 with at most 6 digits after the point, so that {@code "0.19"} is
 * 19 %. Its JSON is a string in plain notation without trailing zeros.
 */
@JsonDeserialize(using = DecimalDeserializer.ForFraction.class)
public record Fraction(BigDecimal value) {
  /** Digits after the point. */
  public static final int MAX_SCALE = 6;

  private static final BigDecimal LIMIT = BigDecimal.TEN;

  /** Below the limit, which its making reads. */
  public static final Fraction ZERO = new Fraction(BigDecimal.ZERO);

  public Fraction {
    value = Decimals.normalise(value, MAX_SCALE, LIMIT);
    if (value.signum() < 0 || value.compareTo(BigDecimal.ONE) > 0) {
      throw new InvalidValueException("", "must be from 0 to 1, such as \"0.19\" for 19 %");
    }
  }

  @JsonCreator
  public static Fraction of(String text) {
    return new Fraction(Decimals.parse(text));
  }

  /** What is left of the whole. */
  public BigDecimal rest() {
    return BigDecimal.ONE.subtract(value);
  }

  @JsonValue
  @Override
  public String toString() {
    return value.toPlainString();
  }
}
