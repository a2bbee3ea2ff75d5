package xalesin.edge;

/** A token that is not accepted. The message is for the caller and says nothing about keys. */
public final class TokenException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public TokenException(String message) {
    super(message, null, false, false);
  }
}
