package xalesin.query;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The `Prefer` header (RFC 7240): what is not understood is passed over, as it asks. */
final class Preferences {
  /** More digits than the longest wait has are a long wait all the same. */
  private static final int MAX_DIGITS = 9;

  /** To be told how an answer was read. */
  static final String EXPLAIN = "explain";

  private Preferences() {}

  static boolean explain(@Nullable String prefer) {
    if (prefer == null) {
      return false;
    }
    for (String preference : prefer.split(",", -1)) {
      int parameters = preference.indexOf(';');
      String name = parameters < 0 ? preference : preference.substring(0, parameters);
      if (name.strip().equalsIgnoreCase(EXPLAIN)) {
        return true;
      }
    }
    return false;
  }

  static @Nullable Duration waitTime(@Nullable String prefer) {
    if (prefer == null) {
      return null;
    }
    for (String preference : prefer.split(",", -1)) {
      int parameters = preference.indexOf(';');
      String pair = parameters < 0 ? preference : preference.substring(0, parameters);
      int equals = pair.indexOf('=');
      if (equals > 0 && pair.substring(0, equals).strip().equalsIgnoreCase("wait")) {
        Duration seconds = seconds(pair.substring(equals + 1).strip());
        if (seconds != null) {
          return seconds;
        }
      }
    }
    return null;
  }

  private static @Nullable Duration seconds(String text) {
    if (text.isEmpty() || text.length() > MAX_DIGITS) {
      return null;
    }
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return null;
      }
    }
    return Duration.ofSeconds(Long.parseLong(text));
  }
}
