package xalesin.projection;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a tenant's views are, and when each of them last changed, kept in memory. Immutable.
 *
 * @param store which opening of the tenant's store these belong to; no two openings in a process
 *     have the same
 * @param sequence how many of the tenant's events reads see, see {@link TenantViews#sequence()}
 * @param newest when the newest of them was recorded; null when there is none
 * @param settled whether nothing is being written just now; otherwise reads may or may not see what
 *     is
 * @param changed for each view a sequence since which none of its rows has changed, or is about to:
 *     it has at this sequence the rows that it has now. Raised before a change becomes visible.
 */
@SuppressWarnings("ArrayRecordComponent")
public record ViewSequences(
    long store, long sequence, @Nullable Instant newest, boolean settled, long[] changed) {

  /** A sequence since which none of these views has changed. */
  public long of(ViewSet views) {
    return views.newest(changed);
  }
}
