package xalesin.projection;

import org.jspecify.annotations.Nullable;

/**
 * A page of an index range, in the index's own direction.
 *
 * @param after the position ({@link Page#positions()}) behind which it begins; null for the start.
 *     A position outside the range gives an empty page or begins at the range's start, never a row
 *     outside it
 * @param limit rows at most, 1 to {@value #MAX_LIMIT}
 */
@SuppressWarnings("ArrayRecordComponent")
public record ListRequest(IndexRange range, byte @Nullable [] after, int limit) {
  /** What one page may hold: the public limit and one more to look ahead. */
  public static final int MAX_LIMIT = 501;

  public ListRequest {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("limit must be from 1 to " + MAX_LIMIT);
    }
  }

  /**
   * The same as the constructor, whose parameters' annotations a compact record loses in its class
   * file: checkers of other modules see here that {@code after} may be null.
   */
  public static ListRequest of(IndexRange range, byte @Nullable [] after, int limit) {
    return new ListRequest(range, after, limit);
  }
}
