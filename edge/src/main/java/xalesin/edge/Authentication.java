package xalesin.edge;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import xalesin.edge.TokenVerifier.VerifiedToken;

/**
 * From the `Authorization` header to the caller. Good tokens are remembered until they expire,
 * keyed by the whole header value: a connection's HTTP parser hands out the same string again and
 * again, so a hit costs a look-up. Bad ones are never remembered: a flood of them cannot push good
 * ones out. Thread-safe.
 */
final class Authentication {
  /** In characters of tokens: some ten thousand callers. */
  private static final long CACHE_CHARACTERS = 4L << 20;

  private static final String SCHEME = "Bearer ";

  private final TokenVerifier verifier;
  private final Clock clock;
  private final Cache<String, VerifiedToken> verified =
      Caffeine.newBuilder()
          .maximumWeight(CACHE_CHARACTERS)
          .weigher((String header, VerifiedToken _) -> header.length())
          .build();

  Authentication(TokenVerifier verifier, Clock clock) {
    this.verifier = verifier;
    this.clock = clock;
  }

  Caller callerOf(@Nullable String authorization) {
    if (authorization == null) {
      throw Problems.noToken();
    }
    VerifiedToken known = verified.getIfPresent(authorization);
    if (known != null && clock.millis() < known.validUntilMillis()) {
      return known.caller();
    }
    if (!authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      throw Problems.noToken();
    }
    VerifiedToken fresh = verifier.verify(authorization.substring(SCHEME.length()).strip());
    verified.put(authorization, fresh);
    return fresh.caller();
  }
}
