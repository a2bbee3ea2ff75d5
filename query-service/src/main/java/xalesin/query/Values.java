package xalesin.query;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xalesin.edge.Problem;
import xalesin.edge.ProblemException;
import xalesin.projection.IndexRange.Bound;
import xalesin.projection.view.Field;
import xalesin.schemas.Amount;
import xalesin.schemas.InvalidValueException;

/** Values of filters and ranges, from the text of a query to what an index compares. */
final class Values {
  /** Longest value: no indexed field is longer. */
  static final int MAX_LENGTH = 300;

  private static final int DAY_LENGTH = "2026-11-22".length();
  private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

  /** From and to, either of which may be open. */
  record Interval(@Nullable Bound lower, @Nullable Bound upper) {
    static Interval only(Object value) {
      Bound bound = Bound.inclusive(value);
      return new Interval(bound, bound);
    }
  }

  private Values() {}

  /** The values of a comma list. `\,` is a comma within a value and `\\` a backslash. */
  static List<String> split(String text) {
    if (text.indexOf(',') < 0 && text.indexOf('\\') < 0) {
      return List.of(text);
    }
    List<String> values = new ArrayList<>();
    StringBuilder value = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length()) {
        value.append(text.charAt(++i));
      } else if (c == ',') {
        values.add(value.toString());
        value.setLength(0);
      } else {
        value.append(c);
      }
    }
    values.add(value.toString());
    return values;
  }

  /** The one value of that text, as the field's kind has it. */
  static Object parse(Field<?> field, String text) {
    if (text.isEmpty() || text.length() > MAX_LENGTH) {
      throw refused(field, "takes 1 to " + MAX_LENGTH + " characters");
    }
    return switch (field.kind()) {
      case TEXT -> text;
      case TIME -> time(field, text);
      case DATE -> date(field, text);
      case ID -> id(field, text);
      case NUMBER -> number(field, text);
      case DECIMAL -> decimal(field, text);
    };
  }

  /** What equals the text; a date stands for its whole day in UTC. */
  static Interval equal(Field<?> field, String text) {
    if (isDay(field, text)) {
      Instant start = day(field, text);
      return new Interval(Bound.inclusive(start), Bound.exclusive(start.plus(1, ChronoUnit.DAYS)));
    }
    return Interval.only(parse(field, text));
  }

  /** `gte` or `gt`. After a date means after the whole day. */
  static Bound lower(Field<?> field, String text, boolean inclusive) {
    if (isDay(field, text)) {
      Instant start = day(field, text);
      return Bound.inclusive(inclusive ? start : start.plus(1, ChronoUnit.DAYS));
    }
    return new Bound(parse(field, text), inclusive);
  }

  /** `lte` or `lt`. Up to and with a date means to the end of its day. */
  static Bound upper(Field<?> field, String text, boolean inclusive) {
    if (isDay(field, text)) {
      Instant start = day(field, text);
      return Bound.exclusive(inclusive ? start.plus(1, ChronoUnit.DAYS) : start);
    }
    return new Bound(parse(field, text), inclusive);
  }

  private static boolean isDay(Field<?> field, String text) {
    return field.kind() == Field.Kind.TIME && text.length() == DAY_LENGTH;
  }

  private static Instant day(Field<?> field, String text) {
    try {
      return inRange(field, LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant());
    } catch (DateTimeException e) {
      throw noTime(field);
    }
  }

  private static Instant time(Field<?> field, String text) {
    Instant time;
    try {
      time = inRange(field, Instant.parse(text));
    } catch (DateTimeException e) {
      throw noTime(field);
    }
    if (!time.truncatedTo(ChronoUnit.MICROS).equals(time)) {
      throw refused(field, "has microseconds, not more digits");
    }
    return time;
  }

  private static Instant inRange(Field<?> field, Instant time) {
    if (time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
      throw refused(field, "takes years from 0001 to 9999");
    }
    return time;
  }

  private static LocalDate date(Field<?> field, String text) {
    try {
      if (text.length() == DAY_LENGTH) {
        return LocalDate.parse(text);
      }
    } catch (DateTimeException e) {
      throw refused(field, "takes a date (2026-11-22)");
    }
    throw refused(field, "takes a date (2026-11-22)");
  }

  private static BigDecimal decimal(Field<?> field, String text) {
    try {
      return Amount.of(text).value();
    } catch (InvalidValueException e) {
      throw refused(
          field, "takes a decimal number of up to 15 digits before and 6 after the point");
    }
  }

  private static UUID id(Field<?> field, String text) {
    try {
      UUID id = UUID.fromString(text);
      if (id.toString().equalsIgnoreCase(text)) {
        return id;
      }
    } catch (IllegalArgumentException e) {
      throw refused(field, "takes a UUID");
    }
    throw refused(field, "takes a UUID");
  }

  private static Long number(Field<?> field, String text) {
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException e) {
      throw refused(field, "takes a whole number");
    }
  }

  private static ProblemException noTime(Field<?> field) {
    return refused(field, "takes a time as in RFC 3339 (2026-11-22T09:30:00Z) or a date");
  }

  private static ProblemException refused(Field<?> field, String why) {
    return Problem.badRequest(field.name() + " " + why).exception();
  }
}
