package xalesin.projection.view;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import xalesin.schemas.Amount;
import xalesin.schemas.Quantity;

/**
 * A field of a view's rows that an index is built on. Immutable; the function is pure.
 *
 * @param name as in the row's JSON
 * @param kind what its values are and so how they are ordered
 * @param many whether a row may have several values of it, or none: an index that asks for such a
 *     field has an entry for each of a row's values, and none where the row has no value
 * @param of reads it from a row: a value, or a list of values when there may be many
 */
public record Field<R>(String name, Kind kind, boolean many, Function<R, Object> of) {
  /** The kinds of indexed values, each with one order. */
  public enum Kind {
    /** Ordered by code point, as its UTF-8 bytes are. */
    TEXT(String.class),
    /** Ordered in time, in microseconds. */
    TIME(Instant.class),
    /** Calendar days, ordered in time. */
    DATE(LocalDate.class),
    /** Ordered as its text is. */
    ID(UUID.class),
    /** Whole numbers. */
    NUMBER(Long.class),
    /** Exact decimals of up to 15 digits before and 6 after the point. */
    DECIMAL(BigDecimal.class);

    private final Class<?> type;

    Kind(Class<?> type) {
      this.type = type;
    }

    /** The class of the values of this kind. */
    public Class<?> type() {
      return type;
    }

    /** Whether its values lie in time. */
    public boolean isTemporal() {
      return this == TIME || this == DATE;
    }
  }

  public static <R> Field<R> text(String name, Function<R, String> of) {
    return new Field<>(name, Kind.TEXT, false, of::apply);
  }

  public static <R> Field<R> time(String name, Function<R, Instant> of) {
    return new Field<>(name, Kind.TIME, false, of::apply);
  }

  public static <R> Field<R> date(String name, Function<R, LocalDate> of) {
    return new Field<>(name, Kind.DATE, false, of::apply);
  }

  public static <R> Field<R> id(String name, Function<R, UUID> of) {
    return new Field<>(name, Kind.ID, false, of::apply);
  }

  public static <R> Field<R> number(String name, Function<R, Long> of) {
    return new Field<>(name, Kind.NUMBER, false, of::apply);
  }

  public static <R> Field<R> decimal(String name, Function<R, BigDecimal> of) {
    return new Field<>(name, Kind.DECIMAL, false, of::apply);
  }

  public static <R> Field<R> amount(String name, Function<R, Amount> of) {
    return decimal(name, row -> of.apply(row).value());
  }

  public static <R> Field<R> quantity(String name, Function<R, Quantity> of) {
    return decimal(name, row -> of.apply(row).value());
  }

  /** Of which a row has any number of values. */
  public static <R> Field<R> ids(String name, Function<R, List<UUID>> of) {
    return new Field<>(name, Kind.ID, true, of::apply);
  }

  /** Of which a row has any number of values. */
  public static <R> Field<R> texts(String name, Function<R, List<String>> of) {
    return new Field<>(name, Kind.TEXT, true, of::apply);
  }

  /** Of which a row has a value or none. */
  public static <R> Field<R> optionalText(String name, Function<R, @Nullable String> of) {
    return texts(name, row -> listOf(of.apply(row)));
  }

  private static List<String> listOf(@Nullable String value) {
    return value == null ? List.of() : List.of(value);
  }

  /** The distinct values of a row, in the order that the row has them; one unless many. */
  public List<Object> values(R row) {
    Object value = of.apply(row);
    return many ? new ArrayList<>(new LinkedHashSet<>((List<?>) value)) : List.of(value);
  }

  /** The value, when it is of this field's kind. */
  public Object check(Object value) {
    if (!kind.type().isInstance(value)) {
      throw new IllegalArgumentException(
          "%s is compared with a %s, not with a %s"
              .formatted(name, kind.type().getSimpleName(), value.getClass().getSimpleName()));
    }
    return value;
  }
}
