package xalesin.projection.view;

import java.time.Instant;
import java.util.UUID;
import java.util.function.Function;

/**
 * A field of a view's rows that an index is built on. Immutable; the function is pure.
 *
 * @param name as in the row's JSON
 * @param kind what its values are and so how they are ordered
 * @param of reads it from a row, never null
 */
public record Field<R>(String name, Kind kind, Function<R, Object> of) {
  /** The kinds of indexed values, each with one order. */
  public enum Kind {
    /** Ordered by code point, as its UTF-8 bytes are. */
    TEXT(String.class),
    /** Ordered in time, in microseconds. */
    TIME(Instant.class),
    /** Ordered as its text is. */
    ID(UUID.class),
    /** Whole numbers. */
    NUMBER(Long.class);

    private final Class<?> type;

    Kind(Class<?> type) {
      this.type = type;
    }

    /** The class of the values of this kind. */
    public Class<?> type() {
      return type;
    }
  }

  public static <R> Field<R> text(String name, Function<R, String> of) {
    return new Field<>(name, Kind.TEXT, of::apply);
  }

  public static <R> Field<R> time(String name, Function<R, Instant> of) {
    return new Field<>(name, Kind.TIME, of::apply);
  }

  public static <R> Field<R> id(String name, Function<R, UUID> of) {
    return new Field<>(name, Kind.ID, of::apply);
  }

  public static <R> Field<R> number(String name, Function<R, Long> of) {
    return new Field<>(name, Kind.NUMBER, of::apply);
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
