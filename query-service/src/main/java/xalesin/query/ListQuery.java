package xalesin.query;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import xalesin.edge.Problem;
import xalesin.edge.ProblemException;

/**
 * What a list was asked for, parameter by parameter, before an index is chosen. Immutable.
 *
 * @param filters values by field, sorted, each once: the same question in another order is the same
 * @param comparisons values by operator by field; each operator once
 * @param sort as given, or null
 */
record ListQuery(
    Map<String, TreeSet<String>> filters,
    Map<String, Map<Operator, String>> comparisons,
    @Nullable String sort) {

  /** What stands behind the dot of a range parameter. */
  enum Operator {
    GTE("From this on."),
    GT("After this."),
    LTE("Up to and with this."),
    LT("Before this.");

    private final String words;

    Operator(String words) {
      this.words = words;
    }

    /** What it says, for people. */
    String words() {
      return words;
    }

    /** As it stands behind the dot. */
    String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    boolean lower() {
      return this == GTE || this == GT;
    }

    boolean inclusive() {
      return this == GTE || this == LTE;
    }

    static @Nullable Operator of(String text) {
      return switch (text) {
        case "gte" -> GTE;
        case "gt" -> GT;
        case "lte" -> LTE;
        case "lt" -> LT;
        default -> null;
      };
    }
  }

  /**
   * @param controls the parameters beside filters, ranges and sort that the route has; it reads
   *     them itself
   */
  static ListQuery parse(
      Resource resource, Map<String, List<String>> parameters, List<String> controls) {
    Map<String, TreeSet<String>> filters = new LinkedHashMap<>(4);
    Map<String, Map<Operator, String>> comparisons = new LinkedHashMap<>(2);
    String sort = null;
    List<String> unknown = null;
    for (Map.Entry<String, List<String>> parameter : parameters.entrySet()) {
      String name = parameter.getKey();
      if (name.equals("sort")) {
        sort = once(name, parameter.getValue());
      } else if (resource.filters().containsKey(name)) {
        TreeSet<String> values = new TreeSet<>();
        parameter.getValue().forEach(text -> values.addAll(Values.split(text)));
        filters.put(name, values);
      } else if (!controls.contains(name) && !compared(resource, parameter, comparisons)) {
        unknown = unknown == null ? new ArrayList<>() : unknown;
        unknown.add(name);
      }
    }
    if (unknown != null) {
      throw unknown(resource, unknown, controls);
    }
    return new ListQuery(filters, comparisons, sort);
  }

  private static boolean compared(
      Resource resource,
      Map.Entry<String, List<String>> parameter,
      Map<String, Map<Operator, String>> comparisons) {
    String name = parameter.getKey();
    int dot = name.lastIndexOf('.');
    Operator operator = dot < 0 ? null : Operator.of(name.substring(dot + 1));
    if (operator == null || !resource.filters().containsKey(name.substring(0, dot))) {
      return false;
    }
    comparisons
        .computeIfAbsent(name.substring(0, dot), _ -> new LinkedHashMap<>(2))
        .put(operator, once(name, parameter.getValue()));
    return true;
  }

  private static String once(String name, List<String> values) {
    if (values.size() > 1) {
      throw Problem.badRequest("query parameter " + name + " is given more than once").exception();
    }
    return values.getFirst();
  }

  private static ProblemException unknown(
      Resource resource, List<String> unknown, List<String> controls) {
    return Problem.of(
            400,
            "unknown-parameter",
            "Unknown query parameter",
            "%s; known are %s, each of these fields also with .gte, .gt, .lte, .lt: %s"
                .formatted(
                    String.join(", ", unknown),
                    String.join(", ", controls) + ", sort",
                    String.join(", ", resource.filters().keySet())))
        .exception();
  }
}
