package xalesin.projection;

import xalesin.projection.view.View;

/**
 * Some of the views of {@link ViewCatalog}, such as those that an answer is read from. Immutable.
 */
public final class ViewSet {
  /** Views that a set has a place for. */
  public static final int MAX_VIEWS = Long.SIZE;

  /** Every view there is. */
  public static final ViewSet ALL = of(ViewCatalog.ALL.toArray(View<?>[]::new));

  private final long members;

  private ViewSet(long members) {
    this.members = members;
  }

  /**
   * @throws IllegalArgumentException when one is not in the catalog
   */
  public static ViewSet of(View<?>... views) {
    long members = 0;
    for (View<?> view : views) {
      int number = ViewCatalog.ALL.indexOf(view);
      if (number < 0) {
        throw new IllegalArgumentException("there is no view " + view.name());
      }
      members |= 1L << number;
    }
    return new ViewSet(members);
  }

  /** The greatest of the numbers that stand at the places of its views in the catalog. */
  long newest(long[] byView) {
    long newest = 0;
    for (long rest = members; rest != 0; rest &= rest - 1) {
      newest = Math.max(newest, byView[Long.numberOfTrailingZeros(rest)]);
    }
    return newest;
  }
}
