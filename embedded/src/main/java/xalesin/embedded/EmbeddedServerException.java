package xalesin.embedded;

import org.jspecify.annotations.Nullable;

/** A server that did not start, did not stop, or must not run as it was asked to. */
public class EmbeddedServerException extends RuntimeException {
  public EmbeddedServerException(String message) {
    super(message);
  }

  public EmbeddedServerException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
