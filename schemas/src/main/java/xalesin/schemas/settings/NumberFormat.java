package xalesin.schemas.settings;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import xalesin.schemas.Check;
import xalesin.schemas.InvalidValueException;

/** How a document's number is written: a text with {@code {year}} and {@code {number:6}} in it. */
public final class NumberFormat {
  /** In characters. */
  public static final int MAX_LENGTH = 40;

  private static final Pattern NUMBER = Pattern.compile("\\{number:([1-9])}");
  private static final Pattern SHAPE =
      Pattern.compile("[A-Za-z0-9/_.-]*\\{year}[A-Za-z0-9/_.-]*\\{number:[1-9]}[A-Za-z0-9/_.-]*");

  private NumberFormat() {}

  public static void check(String field, String format) {
    Check.text(field, format, MAX_LENGTH);
    if (!SHAPE.matcher(format).matches()) {
      throw new InvalidValueException(
          field,
          "must have {year} and then {number:6} in it, and else only letters, digits and / _ . -");
    }
  }

  /** The number as text, with at least the digits that the format asks for. */
  public static String write(String format, int year, long number) {
    Matcher digits = NUMBER.matcher(format.replace("{year}", Integer.toString(year)));
    return digits.replaceAll(found -> ("%0" + found.group(1) + "d").formatted(number));
  }
}
