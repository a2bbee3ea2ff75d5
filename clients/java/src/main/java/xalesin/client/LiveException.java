package xalesin.client;

import java.io.IOException;

/** Why a question is not followed: asking again would be answered alike. */
public final class LiveException extends IOException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String type;

  LiveException(int status, String type, String detail) {
    super(detail);
    this.status = status;
    this.type = type;
  }

  /** The HTTP status; 0 when it is this side that does not go on. */
  public int status() {
    return status;
  }

  /** The problem type that the server named; empty when it named none. */
  public String type() {
    return type;
  }
}
