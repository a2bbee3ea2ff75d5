package xalesin.edge;

import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import xalesin.edge.limits.Verdict;

/**
 * How an answer tells the limits: as the IETF's draft "RateLimit header fields for HTTP" has them,
 * and in the older form.
 */
final class LimitHeaders {
  private static final String POLICY = "RateLimit-Policy";
  private static final String STATE = "RateLimit";
  private static final String LIMIT = "X-RateLimit-Limit";
  private static final String REMAINING = "X-RateLimit-Remaining";
  private static final String RESET = "X-RateLimit-Reset";
  private static final List<String> ALL = List.of(POLICY, STATE, LIMIT, REMAINING, RESET);

  private LimitHeaders() {}

  static void put(HttpServletResponse response, Verdict verdict) {
    response.setHeader(POLICY, verdict.policy());
    response.setHeader(STATE, verdict.state());
    response.setHeader(LIMIT, verdict.limit());
    response.setHeader(REMAINING, Long.toString(verdict.remaining()));
    response.setHeader(RESET, Long.toString(verdict.resetSeconds()));
  }

  /** Takes every header of an answer back but these. */
  static void resetOthers(HttpServletResponse response) {
    List<@Nullable String> values = ALL.stream().map(response::getHeader).toList();
    response.reset();
    if (values.getFirst() != null) {
      for (int i = 0; i < ALL.size(); i++) {
        response.setHeader(ALL.get(i), Objects.requireNonNull(values.get(i)));
      }
    }
  }
}
