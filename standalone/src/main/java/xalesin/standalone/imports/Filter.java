package xalesin.standalone.imports;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import xalesin.standalone.imports.Template.UnfitValueException;
import xalesin.standalone.imports.Template.Values;

/** A step from a column's value to a field's. Immutable. */
sealed interface Filter {
  String apply(String value, Values values) throws UnfitValueException;

  /** Names the lookups that it needs. */
  default void lookups(Consumer<String> each) {}

  /** Names the other columns of the row that it needs. */
  default void columns(Consumer<String> each) {}

  /** {@code trim}: no white space at the ends. */
  record Trim() implements Filter {
    @Override
    public String apply(String value, Values values) {
      return value.strip();
    }
  }

  /** {@code upper} */
  record Upper() implements Filter {
    @Override
    public String apply(String value, Values values) {
      return value.toUpperCase(Locale.ROOT);
    }
  }

  /** {@code lower} */
  record Lower() implements Filter {
    @Override
    public String apply(String value, Values values) {
      return value.toLowerCase(Locale.ROOT);
    }
  }

  /** {@code pad 4}: zeros in front up to that length. */
  record Pad(int length) implements Filter {
    private static final int MOST = 100;

    static Pad of(String argument) {
      if (!argument.matches("[1-9][0-9]{0,2}") || Integer.parseInt(argument) > MOST) {
        throw new IllegalArgumentException("pad needs a length from 1 to " + MOST);
      }
      return new Pad(Integer.parseInt(argument));
    }

    @Override
    public String apply(String value, Values values) {
      return "0".repeat(Math.max(0, length - value.length())) + value;
    }
  }

  /** {@code default each}: in place of an empty value. */
  record Default(String other) implements Filter {
    @Override
    public String apply(String value, Values values) {
      return value.isEmpty() ? other : value;
    }
  }

  /** {@code optional}: the field is left out when the value is empty. */
  record Optional() implements Filter {
    @Override
    public String apply(String value, Values values) {
      return value;
    }
  }

  /** {@code decimal}: a number in plain notation; {@code decimal ,} for a decimal comma. */
  record Decimal(char point) implements Filter {
    private static final Pattern PLAIN = Pattern.compile("[+-]?[0-9]{1,18}(\\.[0-9]{1,12})?");

    static Decimal of(String argument) {
      return switch (argument) {
        case "", "." -> new Decimal('.');
        case "," -> new Decimal(',');
        default -> throw new IllegalArgumentException("decimal takes a point or a comma");
      };
    }

    @Override
    public String apply(String value, Values values) throws UnfitValueException {
      // An empty value is left to "default", "optional", or the server's word on a missing one.
      return value.isEmpty() ? value : plain(value, point);
    }

    static String plain(String value, char point) throws UnfitValueException {
      String plain = value.strip();
      if (point == ',') {
        plain = plain.contains(".") ? "" : plain.replace(',', '.');
      }
      if (!PLAIN.matcher(plain).matches()) {
        throw new UnfitValueException("\"%s\" is not a decimal number".formatted(value));
      }
      return plain(new BigDecimal(plain));
    }

    static String plain(BigDecimal value) {
      BigDecimal number = value.stripTrailingZeros();
      return (number.scale() < 0 ? number.setScale(0) : number).toPlainString();
    }
  }

  /**
   * {@code plus ordered product_id}: more by what a lookup has for another column; by nothing when
   * it has nothing.
   */
  record Plus(String lookup, String column) implements Filter {
    static Plus of(String argument) {
      String[] words = argument.split(" +", 2);
      if (words.length != 2) {
        throw new IllegalArgumentException("plus needs the name of a lookup and a column");
      }
      return new Plus(words[0], words[1]);
    }

    @Override
    public String apply(String value, Values values) throws UnfitValueException {
      String more = values.lookup(lookup, values.column(column));
      return more == null || more.isEmpty()
          ? value
          : Decimal.plain(number(value).add(number(more)));
    }

    private static BigDecimal number(String text) throws UnfitValueException {
      return text.isEmpty() ? BigDecimal.ZERO : new BigDecimal(Decimal.plain(text, '.'));
    }

    @Override
    public void lookups(Consumer<String> each) {
      each.accept(lookup);
    }

    @Override
    public void columns(Consumer<String> each) {
      each.accept(column);
    }
  }

  /** {@code notBefore order_date}: a day, nothing when it is before that of another column. */
  record NotBefore(String column) implements Filter {
    static NotBefore of(String argument) {
      if (argument.isEmpty()) {
        throw new IllegalArgumentException("notBefore needs a column");
      }
      return new NotBefore(argument);
    }

    @Override
    public String apply(String value, Values values) throws UnfitValueException {
      String other = values.column(column).strip();
      return value.isEmpty() || (!other.isEmpty() && day(value).isBefore(day(other))) ? "" : value;
    }

    private static LocalDate day(String text) throws UnfitValueException {
      try {
        return LocalDate.parse(text.strip());
      } catch (DateTimeParseException e) {
        throw new UnfitValueException("\"%s\" is not a day such as 2026-12-31".formatted(text));
      }
    }

    @Override
    public void columns(Consumer<String> each) {
      each.accept(column);
    }
  }

  /** {@code id products}: the id of the thing that the profile calls {@code products/…}. */
  record Id(String kind) implements Filter {
    static Id of(String argument) {
      if (argument.isEmpty()) {
        throw new IllegalArgumentException("id needs what the names of the things begin with");
      }
      return new Id(argument);
    }

    @Override
    public String apply(String value, Values values) {
      return value.isEmpty() ? value : values.id(kind + "/" + value).toString();
    }
  }

  /** {@code boolean}, or {@code boolean Y N} with the words for true and false. */
  record Bool(List<String> yes, List<String> no) implements Filter {
    private static final List<String> YES = List.of("1", "true", "t", "yes", "y");
    private static final List<String> NO = List.of("0", "false", "f", "no", "n", "");

    static Bool of(String argument) {
      if (argument.isEmpty()) {
        return new Bool(YES, NO);
      }
      String[] words = argument.split(" +", -1);
      if (words.length != 2 || words[0].equalsIgnoreCase(words[1])) {
        throw new IllegalArgumentException("boolean takes a word for true and one for false");
      }
      return new Bool(
          List.of(words[0].toLowerCase(Locale.ROOT)), List.of(words[1].toLowerCase(Locale.ROOT)));
    }

    @Override
    public String apply(String value, Values values) throws UnfitValueException {
      String word = value.strip().toLowerCase(Locale.ROOT);
      if (yes.contains(word)) {
        return "true";
      }
      if (no.contains(word)) {
        return "false";
      }
      throw new UnfitValueException(
          "\"%s\" is none of %s, %s"
              .formatted(value, String.join(", ", yes), String.join(", ", no)));
    }
  }

  /** {@code lookup category}: what a lookup of the profile has for the value. */
  record Lookup(String name) implements Filter {
    static Lookup of(String argument) {
      if (argument.isEmpty()) {
        throw new IllegalArgumentException("lookup needs the name of a lookup");
      }
      return new Lookup(argument);
    }

    @Override
    public String apply(String value, Values values) throws UnfitValueException {
      if (value.isEmpty()) {
        return value;
      }
      String found = values.lookup(name, value);
      if (found == null) {
        throw new UnfitValueException("the lookup %s has no \"%s\"".formatted(name, value));
      }
      return found;
    }

    @Override
    public void lookups(Consumer<String> each) {
      each.accept(name);
    }
  }
}
