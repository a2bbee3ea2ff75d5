package xalesin.edge;

import java.nio.ByteBuffer;

/**
 * A way to one client on which bytes are written as they come, by whoever has them; no thread waits
 * for the client. Thread-safe, but one write at a time: the next after the one before has said that
 * it is done.
 */
public interface Push {
  /** Told of the end of a write, on any thread, once; maybe before the write has returned. */
  interface Written {
    void done();

    /** Nothing more can be written. */
    void failed(Throwable failure);
  }

  /** Why it is ended by this side, as a WebSocket says it to its client. */
  enum Ending {
    /** The process goes down. */
    STOPPING(1001, "the process stops"),
    /** A binary message has come. */
    BINARY(1003, "messages are text"),
    /** What has come is not text. */
    NOT_TEXT(1007, "a message is not UTF-8"),
    TOO_SLOW(1008, "a message takes too long"),
    TOO_LARGE(1009, "a message is too large"),
    /** What is followed cannot be followed here and now. */
    UNAVAILABLE(1013, "try again, or another node"),
    EXPIRED(4401, "the token has ended");

    private final int code;
    private final String reason;

    Ending(int code, String reason) {
      this.code = code;
      this.reason = reason;
    }

    /** The close code of RFC 6455; from 4000 our own. */
    public int code() {
      return code;
    }

    public String reason() {
      return reason;
    }
  }

  /**
   * Writes at once what the connection takes and the rest when it takes more.
   *
   * @param endsMessage whether the message is whole with them; what is small and does not end one
   *     may wait for what does
   */
  void write(ByteBuffer bytes, boolean endsMessage, Written written);

  /**
   * Ends it, in as orderly a way as can be. Nothing more is to be written.
   *
   * @param idle whether no write is under way
   */
  void end(Ending why, boolean idle);

  /** Breaks the connection; a write under way fails. */
  void abort();
}
