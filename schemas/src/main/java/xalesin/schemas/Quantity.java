package xalesin.schemas;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.math.BigDecimal;

/**
 * How much of something, exact: a decimal of at most 12 digits before and 6 after the point. Its
 * JSON is a string in plain notation without trailing zeros ({@code "12.5"}), so equal quantities
 * have equal JSON.
 */
@JsonDeserialize(using = DecimalDeserializer.ForQuantity.class)
public record Quantity(BigDecimal value) implements Comparable<Quantity> {
  /** Digits after the point. */
  public static final int MAX_SCALE = 6;

  private static final BigDecimal LIMIT = BigDecimal.TEN.pow(12);

  /** Below the limit, which its making reads. */
  public static final Quantity ZERO = new Quantity(BigDecimal.ZERO);

  public Quantity {
    value = Decimals.normalise(value, MAX_SCALE, LIMIT);
  }

  @JsonCreator
  public static Quantity of(String text) {
    return new Quantity(Decimals.parse(text));
  }

  public static Quantity of(long value) {
    return new Quantity(BigDecimal.valueOf(value));
  }

  public Quantity plus(Quantity other) {
    return new Quantity(value.add(other.value));
  }

  public Quantity minus(Quantity other) {
    return new Quantity(value.subtract(other.value));
  }

  public Quantity negated() {
    return new Quantity(value.negate());
  }

  public int signum() {
    return value.signum();
  }

  public boolean isZero() {
    return value.signum() == 0;
  }

  public boolean isLessThan(Quantity other) {
    return value.compareTo(other.value) < 0;
  }

  @Override
  public int compareTo(Quantity other) {
    return value.compareTo(other.value);
  }

  @JsonValue
  @Override
  public String toString() {
    return value.toPlainString();
  }
}
