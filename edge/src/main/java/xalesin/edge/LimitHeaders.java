package xalesin.edge;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
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
  private static final List<String> KEPT =
      Stream.of(ALL, OtherSites.TOLD, List.of("Strict-Transport-Security"))
          .flatMap(Collection::stream)
          .toList();

  private LimitHeaders() {}

  static void put(HttpServletResponse response, Verdict verdict) {
    response.setHeader(POLICY, verdict.policy());
    response.setHeader(STATE, verdict.state());
    response.setHeader(LIMIT, verdict.limit());
    response.setHeader(REMAINING, Long.toString(verdict.remaining()));
    response.setHeader(RESET, Long.toString(verdict.resetSeconds()));
  }

  /** Takes every header of an answer back but these, and those that other handlers have set. */
  static void resetOthers(HttpServletResponse response) {
    Map<String, String> kept = new LinkedHashMap<>();
    for (String name : KEPT) {
      String value = response.getHeader(name);
      if (value != null) {
        kept.put(name, value);
      }
    }
    response.reset();
    kept.forEach(response::setHeader);
  }
}
