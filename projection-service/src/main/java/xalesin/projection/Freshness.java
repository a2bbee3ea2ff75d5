package xalesin.projection;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How new a tenant's views are.
 *
 * @param newest when the newest applied event of the tenant was recorded; null when it has none
 * @param lag records of the tenant's partition that are committed to the log but not applied, as
 *     last heard from the broker; -1 while not known
 * @param current when all that the partition had was last applied; null while not known
 */
public record Freshness(@Nullable Instant newest, long lag, @Nullable Instant current) {
  /** Whether everything known to be in the log has been applied. */
  public boolean caughtUp() {
    return lag == 0;
  }

  /**
   * The moment that the views are not older than; null when everything is applied. For a tenant
   * with events it is the newest of them, for one without the last moment at which none was
   * missing.
   */
  public @Nullable Instant asOf() {
    return caughtUp() ? null : newest == null ? current : newest;
  }
}
