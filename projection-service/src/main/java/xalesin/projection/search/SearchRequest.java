package xalesin.projection.search;

import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xalesin.projection.view.View;

/**
 * A page of what is found in one view, the best first, those of equal score by id.
 *
 * @param filters values by field, one of which a row must have; fields are equality fields of the
 *     view's indexes
 * @param after where it begins; null for the start
 * @param limit rows at most
 */
public record SearchRequest(
    View<?> view,
    SearchText text,
    Map<String, Set<Object>> filters,
    @Nullable Place after,
    int limit) {
  /** What one page may hold. */
  public static final int MAX_LIMIT = 500;

  /**
   * A row that was found, to go on behind it: where it stands now if its texts are the same, or
   * else where it stood.
   *
   * @param digest of its texts
   */
  public record Place(float score, UUID id, long digest) {}

  public SearchRequest {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("limit must be from 1 to " + MAX_LIMIT);
    }
  }

  /** As the constructor; see {@link xalesin.projection.ListRequest#of}. */
  public static SearchRequest of(
      View<?> view,
      SearchText text,
      Map<String, Set<Object>> filters,
      @Nullable Place after,
      int limit) {
    return new SearchRequest(view, text, filters, after, limit);
  }
}
