package xalesin.edge;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Verifies RS256 and ES256 tokens of one issuer. The `kid` only picks one of the issuer's keys, and
 * the key says which algorithm it is for. Thread-safe; may wait for the issuer.
 */
final class KeySetVerifier implements TokenVerifier {
  private final KeyRing keys;
  private final TokenRules rules;
  private final Duration rememberFor;
  private final InstantSource clock;

  /**
   * @param rememberFor how long a token is taken for good without looking at its key again, so that
   *     a key which the issuer withdraws ends with its tokens
   */
  KeySetVerifier(KeyRing keys, TokenRules rules, Duration rememberFor, InstantSource clock) {
    this.keys = keys;
    this.rules = rules;
    this.rememberFor = rememberFor;
    this.clock = clock;
  }

  @Override
  public VerifiedToken verify(String token) {
    CompactToken parsed = CompactToken.parse(token);
    JWSAlgorithm algorithm = algorithmOf(parsed);
    String kid = parsed.keyId();
    JWSVerifier key = kid == null ? null : keys.find(kid, algorithm);
    if (key == null) {
      throw new TokenException("the token's key is not known");
    }
    long now = clock.millis();
    VerifiedToken good = rules.accept(parsed.claims(algorithm, key), now);
    return new VerifiedToken(
        good.caller(), Math.min(good.validUntilMillis(), now + rememberFor.toMillis()));
  }

  private static JWSAlgorithm algorithmOf(CompactToken token) {
    return switch (token.algorithm()) {
      case "RS256" -> JWSAlgorithm.RS256;
      case "ES256" -> JWSAlgorithm.ES256;
      case null, default -> throw new TokenException("the token's algorithm is not accepted");
    };
  }
}
