package xalesin.schemas;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An exact amount in one currency: at most 15 digits before and 6 after the point, and an ISO 4217
 * code. Its JSON is {@code {"amount": "12.5", "currency": "EUR"}}.
 */
public record Money(
    @JsonFormat(shape = JsonFormat.Shape.STRING)
        @JsonSerialize(using = ToStringSerializer.class)
        @JsonDeserialize(using = DecimalDeserializer.ForAmount.class)
        BigDecimal amount,
    String currency) {

  /** Digits after the point: enough for unit costs below a cent. */
  public static final int MAX_SCALE = 6;

  /** Every amount is below it. */
  public static final BigDecimal LIMIT = BigDecimal.TEN.pow(15);

  private static final Set<String> CURRENCIES =
      Currency.getAvailableCurrencies().stream()
          .map(Currency::getCurrencyCode)
          .collect(Collectors.toUnmodifiableSet());

  public Money {
    amount =
        Decimals.normalise(
            Check.required("amount", (@Nullable BigDecimal) amount), MAX_SCALE, LIMIT);
    checkCurrency("currency", currency);
  }

  /** Throws {@link InvalidValueException} unless it is a currency's code. */
  public static void checkCurrency(String field, @Nullable String code) {
    if (!CURRENCIES.contains(Check.required(field, code))) {
      throw new InvalidValueException(field, "must be an ISO 4217 currency code, such as \"EUR\"");
    }
  }

  public static Money of(String amount, String currency) {
    return new Money(amountOf(amount), currency);
  }

  static BigDecimal amountOf(String text) {
    return Decimals.normalise(Decimals.parse(text), MAX_SCALE, LIMIT);
  }

  public static Money zero(String currency) {
    return new Money(BigDecimal.ZERO, currency);
  }
}
