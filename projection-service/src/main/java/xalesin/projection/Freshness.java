package xalesin.projection;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How new a tenant's views are.
 *
 * @param newest when the newest applied event of the tenant was recorded; null when it has none
 * @param lag records of the tenant's partition that are committed to the log but not applied, as
 *     last heard from the broker; -1 while not known
 */
public record Freshness(@Nullable Instant newest, long lag) {
  /** Whether everything known to be in the log has been applied. */
  public boolean caughtUp() {
    return lag == 0;
  }
}
