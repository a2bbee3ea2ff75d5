package xalesin.query;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import xalesin.edge.Exchange;
import xalesin.edge.Role;

/**
 * What a request demands of the cache: `Cache-Control: no-cache` and `no-store` (RFC 9111, section
 * 5.2.1), and `Prefer: explain`, which must read to tell how it read. An answer has no age here, so
 * `max-age` and the like always hold.
 *
 * @param fresh whether the store must be read
 * @param keep whether the answer may be kept
 * @param explain whether the plan is to be told; only administrators are
 */
record Demands(boolean fresh, boolean keep, boolean explain) {
  private static final Demands NONE = new Demands(false, true, false);

  static Demands of(Exchange exchange) {
    String control = exchange.header("Cache-Control");
    String prefer = exchange.header("Prefer");
    if (control == null && prefer == null) {
      return NONE;
    }
    boolean noStore = has(control, "no-store");
    boolean explain = Preferences.explain(prefer) && exchange.caller().may(Role.ADMIN);
    return new Demands(noStore || explain || has(control, "no-cache"), !noStore, explain);
  }

  private static boolean has(@Nullable String control, String directive) {
    if (control == null) {
      return false;
    }
    for (String each : control.split(",", -1)) {
      if (each.strip().toLowerCase(Locale.ROOT).equals(directive)) {
        return true;
      }
    }
    return false;
  }
}
