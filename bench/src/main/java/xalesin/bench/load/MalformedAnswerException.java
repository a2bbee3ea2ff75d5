package xalesin.bench.load;

import java.io.IOException;

/** The server sent something that this client does not read as an HTTP/1.1 answer. */
final class MalformedAnswerException extends IOException {
  private static final long serialVersionUID = 1L;

  MalformedAnswerException(String message) {
    super(message);
  }
}
