package xalesin.edge;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import xalesin.edge.TokenVerifier.VerifiedToken;

/**
 * From the `Authorization` header to the caller. Good tokens are remembered until they expire, each
 * once however its header is written: spaces and the case of the scheme would be as many entries of
 * one token. Bad ones are never remembered: a flood of them cannot push good ones out. Thread-safe.
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
          .weigher((String token, VerifiedToken _) -> token.length())
          .build();

  Authentication(TokenVerifier verifier, Clock clock) {
    this.verifier = verifier;
    this.clock = clock;
  }

  Caller callerOf(@Nullable String authorization) {
    if (authorization == null) {
      throw Problems.noToken();
    }
    if (!authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      throw Problems.noToken();
    }
    String token = authorization.substring(SCHEME.length()).strip();
    VerifiedToken known = verified.getIfPresent(token);
    if (known != null && clock.millis() < known.validUntilMillis()) {
      return known.caller();
    }
    VerifiedToken fresh = verifier.verify(token);
    verified.put(token, fresh);
    return fresh.caller();
  }
}
