package xalesin.projection.search;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xalesin.projection.search.SearchRequest.Place;
import xalesin.projection.view.View;

/**
 * Rows that were found, the best first.
 *
 * @param next to go on behind the last; null when there are no more
 * @param total how many there are in all
 */
public record Found(List<Hit> hits, @Nullable Place next, long total) {

  /**
   * A row that was found.
   *
   * @param json as served
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Hit(View<?> view, UUID id, float score, byte[] json) {}
}
