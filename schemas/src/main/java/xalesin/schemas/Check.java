package xalesin.schemas;

import java.time.LocalDate;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks of the contract's fields. Each throws {@link InvalidValueException} naming the field. */
public final class Check {
  /** Longest code: a SKU, a location, a reference, a unit. */
  public static final int CODE = 100;

  /** Longest name or reason. */
  public static final int NAME = 300;

  /** Longest free text. */
  public static final int TEXT = 10_000;

  private static final Pattern TENANT = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

  private Check() {}

  public static <T> T required(String field, @Nullable T value) {
    if (value == null) {
      throw new InvalidValueException(field, "is required");
    }
    return value;
  }

  /**
   * A text that says something: not blank, no control characters, no spaces around it, within its
   * length.
   */
  public static String text(String field, @Nullable String value, int maxLength) {
    String text = required(field, value);
    if (text.isBlank()) {
      throw new InvalidValueException(field, "must not be blank");
    }
    if (!text.equals(text.strip())) {
      throw new InvalidValueException(field, "must not begin or end with white space");
    }
    return freeText(field, text, maxLength);
  }

  /** A text that may be empty and may have line breaks. */
  public static String freeText(String field, String text, int maxLength) {
    int length = text.codePointCount(0, text.length());
    if (length > maxLength) {
      throw new InvalidValueException(
          field, "has %d characters, at most %d are allowed".formatted(length, maxLength));
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean lineBreak = c == '\n' || c == '\r' || c == '\t';
      if (Character.isISOControl(c) && !lineBreak) {
        throw new InvalidValueException(field, "must not contain control characters");
      }
      if (Character.isSurrogate(c)) {
        if (i + 1 == text.length() || !Character.isSurrogatePair(c, text.charAt(i + 1))) {
          throw new InvalidValueException(field, "must be well-formed Unicode");
        }
        i++;
      }
    }
    return text;
  }

  public static @Nullable String optionalText(String field, @Nullable String value, int maxLength) {
    return value == null ? null : text(field, value, maxLength);
  }

  public static Quantity positive(String field, @Nullable Quantity value) {
    Quantity quantity = required(field, value);
    if (quantity.signum() <= 0) {
      throw new InvalidValueException(field, "must be greater than zero");
    }
    return quantity;
  }

  public static Quantity notNegative(String field, Quantity value) {
    if (value.signum() < 0) {
      throw new InvalidValueException(field, "must not be negative");
    }
    return value;
  }

  public static Money notNegative(String field, @Nullable Money value) {
    Money money = required(field, value);
    if (money.amount().signum() < 0) {
      throw new InvalidValueException(field, "must not be negative");
    }
    return money;
  }

  public static boolean isTenant(String value) {
    return TENANT.matcher(value).matches();
  }

  public static <T> T oneOf(String field, T value, Collection<T> allowed) {
    if (!allowed.contains(value)) {
      throw new InvalidValueException(
          field, "must be one of %s".formatted(allowed).toLowerCase(Locale.ROOT));
    }
    return value;
  }

  /** A calendar day that bookkeeping can have: years 1900 to 2999. */
  public static LocalDate date(String field, @Nullable LocalDate value) {
    LocalDate date = required(field, value);
    if (date.getYear() < 1900 || date.getYear() > 2999) {
      throw new InvalidValueException(field, "must be a day of the years 1900 to 2999");
    }
    return date;
  }

  /** An immutable copy without nulls. */
  public static <T> List<T> list(String field, @Nullable List<T> value, int maxSize) {
    List<T> list = required(field, value);
    if (list.size() > maxSize) {
      throw new InvalidValueException(
          field, "has %d elements, at most %d are allowed".formatted(list.size(), maxSize));
    }
    for (int i = 0; i < list.size(); i++) {
      required(field + "/" + i, list.get(i));
    }
    return List.copyOf(list);
  }

  public static <T> List<T> notEmpty(String field, @Nullable List<T> value, int maxSize) {
    List<T> list = list(field, value, maxSize);
    if (list.isEmpty()) {
      throw new InvalidValueException(field, "must not be empty");
    }
    return list;
  }

  public static <T> void distinct(String field, Collection<T> values) {
    Set<T> seen = new HashSet<>();
    int i = 0;
    for (T value : values) {
      if (!seen.add(value)) {
        throw new InvalidValueException(field + "/" + i, "is there twice");
      }
      i++;
    }
  }

  public static Amount notNegative(String field, @Nullable Amount value) {
    Amount amount = required(field, value);
    if (amount.signum() < 0) {
      throw new InvalidValueException(field, "must not be negative");
    }
    return amount;
  }
}
