package xalesin.edge;

import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.handler.CrossOriginHandler;

/**
 * Cross-origin requests (the Fetch standard's CORS protocol): browsers let pages of the named sites
 * read answers, and no others. Tokens travel in a header, so credentials of the browser are never
 * allowed. Who may open a WebSocket, which that protocol leaves to the server, is up to {@link
 * LiveGate}. Stateless.
 */
final class OtherSites {
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");

  private static final Set<String> REQUEST_HEADERS =
      Set.of(
          "Authorization",
          "Content-Type",
          "Idempotency-Key",
          "If-Match",
          "If-None-Match",
          "Consistency-Token",
          "Prefer",
          "X-Correlation-Id",
          "traceparent",
          "Last-Event-ID");

  private static final Set<String> ANSWER_HEADERS =
      Set.of(
          "ETag",
          "Location",
          "Consistency-Token",
          "View-Sequence",
          "Age-Ms",
          "Cache-Status",
          "Idempotency-Replayed",
          "Preference-Applied",
          "Retry-After",
          "RateLimit",
          "RateLimit-Policy",
          "X-RateLimit-Limit",
          "X-RateLimit-Remaining",
          "X-RateLimit-Reset",
          "X-Correlation-Id");

  /** What the handler puts into answers to the named sites. */
  static final Set<String> TOLD =
      Set.of("Access-Control-Allow-Origin", "Access-Control-Expose-Headers");

  private static final Duration PREFLIGHT_HOLDS = Duration.ofMinutes(10);

  private OtherSites() {}

  static Handler let(Origins origins, Handler served) {
    if (origins.names().isEmpty()) {
      return served;
    }
    CrossOriginHandler handler = new CrossOriginHandler();
    handler.setAllowedOriginPatterns(
        origins.names().stream().map(Pattern::quote).collect(Collectors.toSet()));
    handler.setAllowedMethods(METHODS);
    handler.setAllowedHeaders(REQUEST_HEADERS);
    handler.setExposedHeaders(ANSWER_HEADERS);
    handler.setAllowCredentials(false);
    handler.setPreflightMaxAge(PREFLIGHT_HOLDS);
    // To the handler every site that is not named is a stranger, this installation's own host too.
    handler.setDeliverNonAllowedOriginWebSocketUpgradeRequests(true);
    handler.setHandler(served);
    return handler;
  }
}
