package xalesin.projection.view;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A text of a view's rows that searches look into. Immutable; the function is pure.
 *
 * @param name as in the row's JSON; highlights name it
 * @param kind how it is cut into words
 * @param boost its rank among the fields of its view: a match in a field of a larger boost goes
 *     before, 1 to {@value #MAX_BOOST}
 * @param of reads it from a row; null or empty when the row has none
 */
public record SearchField<R>(String name, Kind kind, int boost, Function<R, @Nullable String> of) {
  public static final int MAX_BOOST = 8;

  /** How a text is read. */
  public enum Kind {
    /** Words that people write: typing errors are forgiven. */
    TEXT,
    /**
     * A number plate of the thing, such as a SKU, an order number, a phone number or an address of
     * mail: found by the beginning of each of its parts, with or without what separates them. A
     * code with a wrong letter is another code: no errors are forgiven.
     */
    CODE
  }

  public SearchField {
    if (boost < 1 || boost > MAX_BOOST) {
      throw new IllegalArgumentException("boost of %s must be 1 to %d".formatted(name, MAX_BOOST));
    }
  }

  public static <R> SearchField<R> text(String name, int boost, Function<R, @Nullable String> of) {
    return new SearchField<>(name, Kind.TEXT, boost, of);
  }

  public static <R> SearchField<R> code(String name, int boost, Function<R, @Nullable String> of) {
    return new SearchField<>(name, Kind.CODE, boost, of);
  }
}
