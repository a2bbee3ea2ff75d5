package xalesin.edge;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Where a request stands in a distributed trace (W3C Trace Context, version 00). A header that is
 * absent or malformed begins a new trace, as the specification asks.
 *
 * @param traceId 32 lower-case hex digits, not all zero
 * @param spanId 16 lower-case hex digits, not all zero: of this request, not of the caller
 * @param flags 2 hex digits
 */
record Trace(String traceId, String spanId, String flags) {
  private static final HexFormat HEX = HexFormat.of();
  private static final int LENGTH = 55;
  private static final String NEW_FLAGS = "00";

  static Trace of(@Nullable String traceparent) {
    if (traceparent == null || !isTraceparent(traceparent)) {
      ThreadLocalRandom random = ThreadLocalRandom.current();
      return new Trace(
          HEX.toHexDigits(notZero(random)) + HEX.toHexDigits(random.nextLong()),
          newSpan(),
          NEW_FLAGS);
    }
    return new Trace(traceparent.substring(3, 35), newSpan(), traceparent.substring(53, 55));
  }

  String traceparent() {
    return "00-" + traceId + "-" + spanId + "-" + flags;
  }

  private static String newSpan() {
    return HEX.toHexDigits(notZero(ThreadLocalRandom.current()));
  }

  private static long notZero(ThreadLocalRandom random) {
    long value = random.nextLong();
    return value == 0 ? 1 : value;
  }

  /** Versions after 00 may be longer; `ff` is forbidden. */
  private static boolean isTraceparent(String text) {
    if (text.length() < LENGTH || text.startsWith("ff")) {
      return false;
    }
    boolean longer = text.length() > LENGTH;
    if (longer && (text.startsWith("00") || text.charAt(LENGTH) != '-')) {
      return false;
    }
    return text.charAt(2) == '-'
        && text.charAt(35) == '-'
        && text.charAt(52) == '-'
        && isHex(text, 0, 2)
        && isHex(text, 3, 35)
        && isHex(text, 36, 52)
        && isHex(text, 53, 55)
        && !isZero(text, 3, 35)
        && !isZero(text, 36, 52);
  }

  private static boolean isHex(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isZero(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text.charAt(i) != '0') {
        return false;
      }
    }
    return true;
  }
}
