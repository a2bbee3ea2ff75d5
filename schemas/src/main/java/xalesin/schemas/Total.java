package xalesin.schemas;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;

/**
 * The sum of any number of amounts: exact, and without a limit of its own, so that adding up never
 * fails. Its JSON is a string in plain notation without trailing zeros, so equal totals have equal
 * JSON.
 */
public record Total(BigDecimal value) implements Comparable<Total> {
  public static final Total ZERO = new Total(BigDecimal.ZERO);

  public Total {
    BigDecimal stripped = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
    value = stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }

  @JsonCreator
  public static Total of(String text) {
    return new Total(new BigDecimal(text));
  }

  public Total plus(BigDecimal amount) {
    return new Total(value.add(amount));
  }

  public Total plus(Total other) {
    return plus(other.value);
  }

  public Total minus(Total other) {
    return new Total(value.subtract(other.value));
  }

  public boolean isZero() {
    return value.signum() == 0;
  }

  @Override
  public int compareTo(Total other) {
    return value.compareTo(other.value);
  }

  @JsonValue
  @Override
  public String toString() {
    return value.toPlainString();
  }
}
