package xalesin.edge;

import java.nio.file.Path;
import java.time.Duration;
import xalesin.schemas.config.Settings;

/**
 * Whose tokens a service accepts: an issuer's, by its key set, or those of the local key file.
 *
 * @param keyFile of {@link LocalKeys}
 * @param keySet an https URL or a file of a JSON Web Key Set; empty for local tokens
 * @param issuer the `iss` of the key set's tokens; empty for local tokens
 * @param audience must be among a token's
 * @param clockSkew how far the clocks of issuer and service may differ
 * @param refreshEvery age at which the key set is read again
 */
public record IdentityConfig(
    Path keyFile,
    String keySet,
    String issuer,
    String audience,
    Duration clockSkew,
    Duration refreshEvery) {
  private static final Duration MAX_CLOCK_SKEW = Duration.ofMinutes(5);

  public IdentityConfig {
    if (keySet.isEmpty() != issuer.isEmpty()) {
      throw new IllegalArgumentException(
          "XALESIN_JWKS and XALESIN_ISSUER belong together: "
              + (issuer.isEmpty() ? "XALESIN_ISSUER" : "XALESIN_JWKS")
              + " is missing");
    }
    if (audience.isBlank()) {
      throw new IllegalArgumentException("audience must not be blank");
    }
    if (clockSkew.isNegative() || clockSkew.compareTo(MAX_CLOCK_SKEW) > 0) {
      throw new IllegalArgumentException("clockSkew must be from 0 to 5 minutes");
    }
    if (refreshEvery.compareTo(KeyRing.PAUSE) < 0) {
      throw new IllegalArgumentException("refreshEvery must be at least 10 s");
    }
  }

  /** The configuration of a service's own main, from {@code XALESIN_…}. */
  public static IdentityConfig read(Settings settings) {
    return new IdentityConfig(
        settings.path(
            "XALESIN_KEY_FILE",
            Path.of("data", LocalKeys.FILE),
            "Secret of local tokens and of cursors"),
        settings.value(
            "XALESIN_JWKS",
            "",
            "",
            "URL or path",
            "Key set of the issuer whose RS256 and ES256 tokens are accepted, instead of local ones",
            location -> {
              KeySource.of(location);
              return location;
            }),
        settings.text("XALESIN_ISSUER", "", "What the tokens of XALESIN_JWKS name as their issuer"),
        settings.text("XALESIN_AUDIENCE", JwtVerifier.AUDIENCE, "What tokens must be meant for"),
        settings.duration(
            "XALESIN_CLOCK_SKEW",
            JwtVerifier.CLOCK_SKEW,
            Duration.ZERO,
            MAX_CLOCK_SKEW,
            "How far the clocks of issuer and service may differ"),
        settings.duration(
            "XALESIN_JWKS_REFRESH",
            Duration.ofMinutes(5),
            KeyRing.PAUSE,
            Duration.ofDays(1),
            "Age at which the key set is read again"));
  }
}
