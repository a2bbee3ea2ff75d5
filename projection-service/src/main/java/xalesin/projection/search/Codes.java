package xalesin.projection.search;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * How codes are found: by each of their parts, and from the beginning of each part on to the end
 * without what separates them. "AB-12/7" is found as "ab", "12", "7", "ab127" and "127", and as any
 * beginning of these. Pure.
 */
final class Codes {
  /** Parts behind are not looked at; a code of so many would be a text. */
  private static final int MAX_PARTS = 16;

  private Codes() {}

  /** What a code is found as. */
  static Set<String> terms(String code) {
    List<String> parts = Words.in(code);
    parts = parts.subList(0, Math.min(parts.size(), MAX_PARTS));
    Set<String> terms = new LinkedHashSet<>(parts);
    for (int i = 0; i < parts.size(); i++) {
      terms.add(joined(parts.subList(i, parts.size())));
    }
    return terms;
  }

  static String joined(List<String> parts) {
    return String.join("", parts);
  }
}
