package xalesin.projection;

import java.util.List;
import org.jspecify.annotations.Nullable;
import xalesin.projection.view.Field;
import xalesin.projection.view.Index;
import xalesin.projection.view.View;

/**
 * A range of one index: the rows with these values, within bounds on the first order field.
 * Immutable.
 *
 * @param equality one value for each of the index's equality fields, in their order, each of the
 *     field's kind; of a field that may have many values, one that the rows have among them
 * @param lower smallest value of the first order field, whatever the direction; null for no bound
 * @param upper largest value of the first order field, whatever the direction; null for no bound
 */
public record IndexRange(
    View<?> view,
    Index<?> index,
    List<Object> equality,
    @Nullable Bound lower,
    @Nullable Bound upper) {

  /**
   * An end of a range: {@code gte} and {@code lte} are inclusive, {@code gt} and {@code lt} not.
   */
  public record Bound(Object value, boolean inclusive) {
    public static Bound inclusive(Object value) {
      return new Bound(value, true);
    }

    public static Bound exclusive(Object value) {
      return new Bound(value, false);
    }
  }

  /**
   * @throws IllegalArgumentException when a value is missing, too many or of the wrong kind
   */
  public IndexRange {
    equality = List.copyOf(equality);
    if (equality.size() != index.equality().size()) {
      throw new IllegalArgumentException(
          "index %s takes %d values, not %d"
              .formatted(index.name(), index.equality().size(), equality.size()));
    }
    for (int i = 0; i < equality.size(); i++) {
      index.equality().get(i).check(equality.get(i));
    }
    Field<?> first = index.order().getFirst().field();
    if (lower != null) {
      first.check(lower.value());
    }
    if (upper != null) {
      first.check(upper.value());
    }
  }

  /** All rows with these equality values. */
  public static IndexRange of(View<?> view, Index<?> index, Object... equality) {
    return new IndexRange(view, index, List.of(equality), null, null);
  }

  /** The rows whose first order field has exactly this value: a look-up. */
  public IndexRange only(Object value) {
    return new IndexRange(view, index, equality, Bound.inclusive(value), Bound.inclusive(value));
  }
}
