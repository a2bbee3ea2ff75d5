package xalesin.edge;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import xalesin.edge.TokenVerifier.VerifiedToken;
import xalesin.schemas.Check;

/**
 * What the claims of a token must say, whoever signed it. A claim of the wrong type is refused,
 * never converted.
 *
 * @param audience must be among the token's
 * @param issuer must be the token's; null when a token must name none
 * @param clockSkew how far the clocks of issuer and server may differ
 */
record TokenRules(String audience, @Nullable String issuer, Duration clockSkew) {
  /** The rules of tokens that an installation signs for itself. */
  static final TokenRules LOCAL =
      new TokenRules(JwtVerifier.AUDIENCE, null, JwtVerifier.CLOCK_SKEW);

  /** Far beyond any expiry, and no overflow once in milliseconds. */
  private static final long MAX_SECONDS = 253_402_300_799L;

  /** Of a token whose signature is right. Throws {@link TokenException}. */
  VerifiedToken accept(JsonNode claims, long nowMillis) {
    Long expires = seconds(claims, "exp");
    if (expires == null) {
      throw new TokenException("the token has no expiry");
    }
    long validUntil = expires * 1000 + clockSkew.toMillis();
    if (validUntil <= nowMillis) {
      throw new TokenException("the token has expired");
    }
    Long notBefore = seconds(claims, "nbf");
    if (notBefore != null && notBefore * 1000 - clockSkew.toMillis() > nowMillis) {
      throw new TokenException("the token is not valid yet");
    }
    if (!isMeantForUs(claims.path("aud"))) {
      throw new TokenException("the token is meant for another audience");
    }
    JsonNode named = claims.path("iss");
    if (issuer == null ? !named.isMissingNode() : !issuer.equals(named.textValue())) {
      throw new TokenException("the token is another issuer's");
    }
    return new VerifiedToken(callerOf(claims), validUntil);
  }

  private static @Nullable Long seconds(JsonNode claims, String name) {
    JsonNode time = claims.path(name);
    if (time.isMissingNode()) {
      return null;
    }
    if (!time.isIntegralNumber()
        || !time.canConvertToLong()
        || time.longValue() < 0
        || time.longValue() > MAX_SECONDS) {
      throw new TokenException("the token's " + name + " is not a time in whole seconds");
    }
    return time.longValue();
  }

  private boolean isMeantForUs(JsonNode named) {
    if (!named.isArray()) {
      return audience.equals(named.textValue());
    }
    boolean found = false;
    for (JsonNode each : named) {
      if (!each.isTextual()) {
        return false;
      }
      found |= audience.equals(each.textValue());
    }
    return found;
  }

  private static Caller callerOf(JsonNode claims) {
    String tenant = claims.path("tenant").textValue();
    if (tenant == null || !Check.isTenant(tenant)) {
      throw new TokenException("the token names no valid tenant");
    }
    String user = claims.path("sub").textValue();
    if (user == null || !isUser(user)) {
      throw new TokenException("the token names no valid user");
    }
    return new Caller(tenant, user, rolesOf(claims.path("roles")));
  }

  /** Control characters and halves of characters could not be stored as they are. */
  private static boolean isUser(String user) {
    return !user.isBlank()
        && user.length() <= Caller.MAX_USER
        && user.chars().noneMatch(Character::isISOControl)
        && StandardCharsets.UTF_8.newEncoder().canEncode(user);
  }

  private static Set<Role> rolesOf(JsonNode names) {
    if (!names.isArray() || names.isEmpty()) {
      throw new TokenException("the token names no roles");
    }
    Set<Role> roles = EnumSet.noneOf(Role.class);
    for (JsonNode name : names) {
      Role role = name.isTextual() ? Role.of(name.textValue()) : null;
      if (role == null) {
        throw new TokenException("the token names an unknown role");
      }
      roles.add(role);
    }
    return roles;
  }
}
