package xalesin.client;

/** To ask again would bring as much again. */
final class FrameTooLargeException extends ProtocolException {
  private static final long serialVersionUID = 1L;

  FrameTooLargeException(int maxBytes) {
    super("a frame has more than the %d bytes that are taken".formatted(maxBytes));
  }
}
