package xalesin.client;

/** Where tokens come from: asked at each connect, so that a new one is used when the old ends. */
@FunctionalInterface
public interface TokenSource {
  /**
   * A token that is valid now. May block, and is interrupted after {@link
   * LiveClientConfig#connectTimeout}; may be called by several threads at once. What it throws is
   * taken for a passing fault: it is asked again after a pause. White space around the token is
   * left out; an empty one, or one that no header may have, fails the question.
   */
  String token() throws Exception;

  /** The same token each time. */
  static TokenSource of(String token) {
    return () -> token;
  }
}
