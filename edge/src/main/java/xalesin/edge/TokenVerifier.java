package xalesin.edge;

/**
 * Says who stands behind a bearer token. Thread-safe; may block (keys fetched over the network).
 */
@FunctionalInterface
public interface TokenVerifier {
  /** Throws {@link TokenException} when the token is not good here and now. */
  VerifiedToken verify(String token);

  /**
   * A good token.
   *
   * @param validUntilMillis since the epoch; the answer may be remembered until then
   */
  record VerifiedToken(Caller caller, long validUntilMillis) {}
}
