package xalesin.edge;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import xalesin.schemas.Check;

/**
 * Verifies HS256 tokens of one shared secret. The algorithm is fixed here and never taken from the
 * token, so neither `none` nor a key of another kind can be talked into it. Thread-safe.
 */
public final class JwtVerifier implements TokenVerifier {
  public static final String AUDIENCE = "xalesin";

  /** Longest token, in characters: far above any of ours, far below the header limit. */
  public static final int MAX_TOKEN = 4096;

  /** How far the clocks of issuer and server may differ. */
  public static final Duration CLOCK_SKEW = Duration.ofSeconds(30);

  private static final Set<String> HEADER = Set.of("alg", "typ", "kid");

  private final JWSVerifier signature;
  private final Clock clock;

  /**
   * @param secret at least 32 bytes
   */
  public JwtVerifier(byte[] secret, Clock clock) {
    this.clock = clock;
    try {
      this.signature = new MACVerifier(secret);
    } catch (JOSEException e) {
      throw new IllegalArgumentException("the secret cannot be used for HS256", e);
    }
  }

  @Override
  public VerifiedToken verify(String token) {
    if (token.length() > MAX_TOKEN) {
      throw new TokenException("the token is too long");
    }
    return accept(claimsOf(signed(token)));
  }

  private SignedJWT signed(String token) {
    try {
      SignedJWT jwt = SignedJWT.parse(token);
      JWSHeader header = jwt.getHeader();
      if (!JWSAlgorithm.HS256.equals(header.getAlgorithm())) {
        throw new TokenException("the token's algorithm is not accepted");
      }
      if (!HEADER.containsAll(header.getIncludedParams())) {
        throw new TokenException("the token's header has parameters that are not accepted");
      }
      if (!jwt.verify(signature)) {
        throw new TokenException("the token's signature is wrong");
      }
      return jwt;
    } catch (ParseException | JOSEException | IllegalArgumentException | IllegalStateException e) {
      throw new TokenException("the token cannot be read");
    }
  }

  private static JWTClaimsSet claimsOf(SignedJWT jwt) {
    try {
      return jwt.getJWTClaimsSet();
    } catch (ParseException e) {
      throw new TokenException("the token's claims cannot be read");
    }
  }

  @SuppressWarnings("JavaUtilDate") // Nimbus gives dates.
  private VerifiedToken accept(JWTClaimsSet claims) {
    long now = clock.millis();
    long skew = CLOCK_SKEW.toMillis();
    Date expires = claims.getExpirationTime();
    if (expires == null) {
      throw new TokenException("the token has no expiry");
    }
    if (expires.getTime() + skew <= now) {
      throw new TokenException("the token has expired");
    }
    Date notBefore = claims.getNotBeforeTime();
    if (notBefore != null && notBefore.getTime() - skew > now) {
      throw new TokenException("the token is not valid yet");
    }
    if (!claims.getAudience().contains(AUDIENCE)) {
      throw new TokenException("the token is meant for another audience");
    }
    return new VerifiedToken(callerOf(claims), expires.getTime() + skew);
  }

  private static Caller callerOf(JWTClaimsSet claims) {
    if (!(claims.getClaim("tenant") instanceof String tenant) || !Check.isTenant(tenant)) {
      throw new TokenException("the token names no valid tenant");
    }
    String user = claims.getSubject();
    if (user == null || user.isBlank() || user.length() > Caller.MAX_USER) {
      throw new TokenException("the token names no valid user");
    }
    return new Caller(tenant, user, rolesOf(claims.getClaim("roles")));
  }

  private static Set<Role> rolesOf(@Nullable Object claim) {
    if (!(claim instanceof List<?> names) || names.isEmpty()) {
      throw new TokenException("the token names no roles");
    }
    Set<Role> roles = EnumSet.noneOf(Role.class);
    for (Object name : names) {
      Role role = name instanceof String text ? Role.of(text) : null;
      if (role == null) {
        throw new TokenException("the token names an unknown role");
      }
      roles.add(role);
    }
    return roles;
  }
}
