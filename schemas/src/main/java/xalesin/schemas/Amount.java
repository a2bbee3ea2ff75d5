package xalesin.schemas;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;

/**
 * An exact number of money units where the document says which currency: at most 15 digits before
 * and 6 after the point. Its JSON is a string in plain notation without trailing zeros ({@code
 * "12.5"}), so equal amounts have equal JSON.
 */
@JsonDeserialize(using = DecimalDeserializer.ForPlainAmount.class)
public record Amount(BigDecimal value) implements Comparable<Amount> {
  private static final BigDecimal LIMIT = BigDecimal.TEN.pow(15);

  /** Below the limit, which its making reads. */
  public static final Amount ZERO = new Amount(BigDecimal.ZERO);

  public Amount {
    value = Decimals.normalise(value, Money.MAX_SCALE, LIMIT);
  }

  @JsonCreator
  public static Amount of(String text) {
    return new Amount(Decimals.parse(text));
  }

  /** Rounded half up to the currency's smallest unit, such as cents. */
  public static Amount rounded(BigDecimal value, String currency) {
    return new Amount(value.setScale(digits(currency), RoundingMode.HALF_UP));
  }

  private static int digits(String currency) {
    return Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
  }

  /** Whether it has no parts smaller than the currency's smallest unit. */
  public boolean isWholeUnits(String currency) {
    return value.scale() <= digits(currency);
  }

  public Amount plus(Amount other) {
    return new Amount(value.add(other.value));
  }

  public Amount minus(Amount other) {
    return new Amount(value.subtract(other.value));
  }

  public Amount negated() {
    return new Amount(value.negate());
  }

  public int signum() {
    return value.signum();
  }

  public boolean isZero() {
    return value.signum() == 0;
  }

  public Money in(String currency) {
    return new Money(value, currency);
  }

  @Override
  public int compareTo(Amount other) {
    return value.compareTo(other.value);
  }

  @JsonValue
  @Override
  public String toString() {
    return value.toPlainString();
  }
}
