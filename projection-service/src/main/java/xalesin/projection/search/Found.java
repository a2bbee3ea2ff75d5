package xalesin.projection.search;

import java.util.List;
import xalesin.projection.search.SearchRequest.Place;
import xalesin.projection.view.View;

/**
 * Rows that were found, the best first.
 *
 * @param hasMore whether there are more behind the last
 * @param total how many there are in all
 */
public record Found(List<Hit> hits, boolean hasMore, long total) {

  /**
   * A row that was found.
   *
   * @param json as served
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Hit(View<?> view, Place place, byte[] json) {}
}
