package xalesin.schemas.overview;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;

/**
 * An exact sum of amounts or quantities. Each of them is bounded, their sum is not: no document may
 * be the one too many. Its JSON is a string in plain notation without trailing zeros.
 */
public record Sum(BigDecimal value) implements Comparable<Sum> {
  public static final Sum ZERO = new Sum(BigDecimal.ZERO);

  public Sum {
    BigDecimal stripped = value.stripTrailingZeros();
    value = stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }

  @JsonCreator
  public static Sum of(String text) {
    return new Sum(new BigDecimal(text));
  }

  public Sum plus(Sum other) {
    return new Sum(value.add(other.value));
  }

  public Sum minus(Sum other) {
    return new Sum(value.subtract(other.value));
  }

  public Sum negated() {
    return new Sum(value.negate());
  }

  public boolean isZero() {
    return value.signum() == 0;
  }

  @Override
  public int compareTo(Sum other) {
    return value.compareTo(other.value);
  }

  @JsonValue
  @Override
  public String toString() {
    return value.toPlainString();
  }
}
