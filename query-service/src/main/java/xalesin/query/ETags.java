package xalesin.query;

import static java.nio.charset.StandardCharsets.US_ASCII;

import org.jspecify.annotations.Nullable;

/** Entity tags of rows and lists, and their comparison (RFC 9110, section 13.1.2). Pure. */
final class ETags {
  private static final byte[] VERSION = "\"version\":".getBytes(US_ASCII);

  /** FNV-1a, 64 bit (Fowler, Noll, Vo). */
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;

  private static final long FNV_PRIME = 0x100000001b3L;

  private ETags() {}

  /**
   * The strong tag of a row: its version, read off the bytes. Every row has the field `version`
   * behind all others that could nest one, and within a JSON text the quotes would be escaped: so
   * the last match is it.
   */
  static String ofRow(byte[] row) {
    for (int at = row.length - VERSION.length - 1; at >= 0; at--) {
      if (row[at] == '"' && matches(row, at)) {
        int from = at + VERSION.length;
        int to = from;
        while (to < row.length && row[to] >= '0' && row[to] <= '9') {
          to++;
        }
        return '"' + new String(row, from, to - from, US_ASCII) + '"';
      }
    }
    throw new IllegalStateException("a row has no version");
  }

  private static boolean matches(byte[] row, int at) {
    for (int i = 0; i < VERSION.length; i++) {
      if (row[at + i] != VERSION[i]) {
        return false;
      }
    }
    return true;
  }

  /**
   * The weak tag of a list: a sequence at which its views are as they were read, and what was asked
   * of them. The same on every node and after every restart.
   */
  static String ofList(long sequence, Question question) {
    long hash = hash(hash(FNV_OFFSET, question.tenant()), question.text());
    return "W/\"" + sequence + '-' + Long.toHexString(hash) + '"';
  }

  /** The weak tag of a list that depends on more than its views: of what it says. */
  static String ofContent(byte[] json, Question question) {
    long hash = hash(hash(FNV_OFFSET, question.tenant()), question.text());
    for (byte each : json) {
      hash = (hash ^ (each & 0xff)) * FNV_PRIME;
    }
    return "W/\"" + Long.toHexString(hash) + '"';
  }

  private static long hash(long hash, String text) {
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * FNV_PRIME;
    }
    // Ends the text, so that neighbours cannot lend each other letters.
    return (hash ^ 0xffff) * FNV_PRIME;
  }

  /** Whether `If-None-Match` has the tag, by weak comparison. */
  static boolean matches(@Nullable String ifNoneMatch, String tag) {
    if (ifNoneMatch == null) {
      return false;
    }
    if (ifNoneMatch.equals(tag)) {
      return true;
    }
    String opaque = opaque(tag);
    for (int from = 0; from <= ifNoneMatch.length(); ) {
      int comma = ifNoneMatch.indexOf(',', from);
      int to = comma < 0 ? ifNoneMatch.length() : comma;
      String candidate = ifNoneMatch.substring(from, to).strip();
      if (candidate.equals("*") || opaque(candidate).equals(opaque)) {
        return true;
      }
      from = to + 1;
    }
    return false;
  }

  private static String opaque(String tag) {
    return tag.startsWith("W/") ? tag.substring(2) : tag;
  }
}
