package xalesin.projection;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import xalesin.projection.view.View;

/**
 * One tenant's views at one instant. For use by one thread at a time. Every method reads the same
 * instant: rows, indexes, counts and sequence agree. After {@link #close()} nothing may be called.
 */
public interface TenantViews extends AutoCloseable {

  /** The view sequence: how many of the tenant's events have been applied, the same everywhere. */
  long sequence();

  /** The newest applied version of the stream; 0 when none was. */
  long appliedVersion(String stream);

  /**
   * The row as served (UTF-8 JSON; the array is the caller's), or null when there is none.
   *
   * @param id a UUID in its canonical form; anything else has no row
   */
  byte @Nullable [] row(View<?> view, String id);

  /** The rows in the order asked; null where there is none. */
  List<byte @Nullable []> rows(View<?> view, Collection<String> ids);

  /**
   * All rows of a view, in the order of their ids.
   *
   * @param maxBytes ends the read once rows of more than so much JSON were met
   * @return null when the rows have more
   */
  @Nullable List<byte[]> all(View<?> view, long maxBytes);

  /**
   * How many bytes of JSON all rows of a view have. Walks them and keeps none.
   *
   * @param maxBytes ends the walk once rows of more than so much were met
   * @return more than {@code maxBytes} when they have more
   */
  long bytes(View<?> view, long maxBytes);

  /** A page of one index range: reads {@code limit + 1} index entries at most. */
  Page scan(ListRequest request);

  /**
   * Every {@code step}-th position of the range, the first at row {@code step}: where pages begin
   * behind. Walks keys only.
   *
   * @param maxPositions ends there at the latest
   */
  List<byte[]> anchors(IndexRange range, int step, int maxPositions);

  /**
   * How many rows the range has, exactly. Without bounds one counter is read; bounds on a time or a
   * date read a counter a day and walk the two days cut by them; other bounds walk the range.
   */
  long count(IndexRange range);

  /**
   * Why the stream's rows are behind: an event of it could not be applied. Null when all is well.
   */
  @Nullable ParkedStream parked(String stream);

  /** The parked streams of the tenant, by name. */
  List<ParkedStream> parked();

  @Override
  void close();
}
