package xalesin.schemas;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/** Decimal numbers of the contract: plain notation, bounded, in one normal form. */
final class Decimals {
  /** Plain notation only: an exponent could make a short text a number of a billion digits. */
  private static final Pattern PLAIN = Pattern.compile("-?[0-9]{1,18}(\\.[0-9]{1,12})?");

  private Decimals() {}

  static BigDecimal parse(String text) {
    if (!PLAIN.matcher(text).matches()) {
      throw new InvalidValueException("", "must be a decimal number as a string, such as \"12.5\"");
    }
    return new BigDecimal(text);
  }

  static BigDecimal normalise(BigDecimal value, int maxScale, BigDecimal limit) {
    BigDecimal stripped = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
    if (stripped.scale() > maxScale) {
      throw new InvalidValueException(
          "", "must not have more than %d decimal places".formatted(maxScale));
    }
    if (stripped.abs().compareTo(limit) >= 0) {
      throw new InvalidValueException("", "must be smaller than " + limit.toPlainString());
    }
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }
}
