package xalesin.bench.load;

import org.jspecify.annotations.Nullable;

/**
 * A complete HTTP answer, valid only during the call that hands it over: its bytes lie in the
 * connection's buffer, which the next answer overwrites. Not thread-safe.
 */
public interface Answer {
  int status();

  /** The header's value without surrounding blanks, or null; names compare without case. */
  @Nullable String header(String name);

  /** Bytes of the body, chunk framing removed. */
  int bodyLength();

  /** The body as text (UTF-8), copied. */
  String body();

  /** Where the ASCII text first occurs in the body at or after the index, or -1. */
  int indexInBody(byte[] ascii, int from);

  /** The unsigned decimal number that starts at the body's index; -1 when none does. */
  long numberInBody(int index);
}
