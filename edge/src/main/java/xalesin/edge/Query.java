package xalesin.edge;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The parameters of a query string, or what says the same, decoded and in the order sent. */
public final class Query {
  /** More parameters than any route has, counting repeated ones such as 500 ids of one read. */
  private static final int MAX_PARAMETERS = 600;

  private static final Query EMPTY = new Query(Map.of());

  private final Map<String, List<String>> values;

  /**
   * @param values by name; not to be changed any more
   */
  public Query(Map<String, List<String>> values) {
    this.values = values;
  }

  /**
   * Throws {@link ProblemException} (400) when it is not valid percent-encoding or has too many
   * parameters.
   */
  static Query parse(@Nullable String raw) {
    if (raw == null || raw.isEmpty()) {
      return EMPTY;
    }
    Map<String, List<String>> values = new LinkedHashMap<>();
    int count = 0;
    for (int from = 0; from <= raw.length(); ) {
      int to = raw.indexOf('&', from);
      int end = to < 0 ? raw.length() : to;
      if (end > from) {
        if (++count > MAX_PARAMETERS) {
          throw Problem.badRequest("more than " + MAX_PARAMETERS + " query parameters").exception();
        }
        int equals = raw.indexOf('=', from);
        boolean hasValue = equals >= 0 && equals < end;
        String name = decode(raw.substring(from, hasValue ? equals : end));
        String value = hasValue ? decode(raw.substring(equals + 1, end)) : "";
        values.computeIfAbsent(name, _ -> new ArrayList<>(1)).add(value);
      }
      from = end + 1;
    }
    return new Query(values);
  }

  private static String decode(String text) {
    if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
      return text;
    }
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw Problem.badRequest("the query string is not valid percent-encoding").exception();
    }
  }

  /** Refuses every parameter that is not named here. */
  public void allowOnly(List<String> allowed) {
    if (values.isEmpty()) {
      return;
    }
    List<String> unknown =
        values.keySet().stream().filter(name -> !allowed.contains(name)).toList();
    if (!unknown.isEmpty()) {
      String known =
          allowed.isEmpty() ? "this route takes none" : "known are " + String.join(", ", allowed);
      throw new ProblemException(
          Problem.of(
              400,
              "unknown-parameter",
              "Unknown query parameter",
              String.join(", ", unknown) + "; " + known));
    }
  }

  /** The value of a parameter that may be given once, or null. */
  public @Nullable String one(String name) {
    List<String> all = all(name);
    if (all.size() > 1) {
      throw Problem.badRequest("query parameter " + name + " is given more than once").exception();
    }
    return all.isEmpty() ? null : all.getFirst();
  }

  /** All values of a parameter in the order given. */
  public List<String> all(String name) {
    List<String> all = values.get(name);
    return all == null ? List.of() : List.copyOf(all);
  }

  /** A whole number, or the 400 problem. */
  public int integer(String name, int defaultValue, int min, int max) {
    String text = one(name);
    if (text == null) {
      return defaultValue;
    }
    try {
      int value = Integer.parseInt(text);
      if (value >= min && value <= max) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Answered below like a number out of range.
    }
    throw Problem.badRequest(
            "query parameter " + name + " must be a whole number from " + min + " to " + max)
        .exception();
  }

  /** All of them by name. Not to be changed. */
  public Map<String, List<String>> asMap() {
    return values;
  }
}
