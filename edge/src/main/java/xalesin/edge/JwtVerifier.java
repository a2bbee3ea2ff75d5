package xalesin.edge;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Verifies HS256 tokens of one shared secret. The algorithm is fixed here and never taken from the
 * token, so neither `none` nor a key of another kind can be talked into it. Thread-safe.
 */
public final class JwtVerifier implements TokenVerifier {
  public static final String AUDIENCE = "xalesin";

  /** How far the clocks of issuer and server may differ. */
  public static final Duration CLOCK_SKEW = Duration.ofSeconds(30);

  private final JWSVerifier signature;
  private final TokenRules rules;
  private final InstantSource clock;

  /**
   * @param secret at least 32 bytes
   */
  public JwtVerifier(byte[] secret, InstantSource clock) {
    this(secret, TokenRules.LOCAL, clock);
  }

  JwtVerifier(byte[] secret, TokenRules rules, InstantSource clock) {
    this.rules = rules;
    this.clock = clock;
    try {
      this.signature = new MACVerifier(secret);
    } catch (JOSEException e) {
      throw new IllegalArgumentException("the secret cannot be used for HS256", e);
    }
  }

  @Override
  public VerifiedToken verify(String token) {
    CompactToken parsed = CompactToken.parse(token);
    if (parsed.keyId() != null) {
      throw new TokenException("the token's key is not known");
    }
    return rules.accept(parsed.claims(JWSAlgorithm.HS256, signature), clock.millis());
  }
}
