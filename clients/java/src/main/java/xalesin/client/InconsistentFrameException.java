package xalesin.client;

/** The frame does not fit the rows that are known: all of them must be sent anew. */
final class InconsistentFrameException extends ProtocolException {
  private static final long serialVersionUID = 1L;

  InconsistentFrameException(String message) {
    super(message);
  }
}
