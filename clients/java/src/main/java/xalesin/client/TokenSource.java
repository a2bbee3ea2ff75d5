package xalesin.client;

/** Where tokens come from: asked at each connect, so that a new one is used when the old ends. */
@FunctionalInterface
public interface TokenSource {
  /**
   * A token that is valid now. May block and be called by several threads at once. What it throws
   * is taken for a passing fault: it is asked again after a pause.
   */
  String token() throws Exception;

  /** The same token each time. */
  static TokenSource of(String token) {
    return () -> token;
  }
}
