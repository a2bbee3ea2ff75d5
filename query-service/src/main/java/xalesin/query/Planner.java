package xalesin.query;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import xalesin.edge.Problem;
import xalesin.edge.ProblemException;
import xalesin.projection.IndexRange;
import xalesin.projection.IndexRange.Bound;
import xalesin.projection.view.Field;
import xalesin.projection.view.Index;
import xalesin.query.ListQuery.Operator;
import xalesin.query.Values.Interval;

/**
 * Finds the index that serves a list: its equality fields are all filtered and nothing else is,
 * save its first order field, by a range or by values; and it has the order that was asked for.
 * What none serves is refused, with what is served. Pure.
 */
final class Planner {
  private Planner() {}

  static Plan plan(Resource resource, ListQuery query) {
    Index<?> index = choose(resource, query);
    List<List<Object>> equalities = List.of(List.of());
    for (Field<?> field : index.equality()) {
      equalities = times(equalities, field, valuesOf(query, field));
    }
    List<Interval> intervals = intervals(index, query);
    if (equalities.size() * intervals.size() > Plan.MAX_RANGES) {
      throw tooMany();
    }
    List<IndexRange> ranges = new ArrayList<>(equalities.size() * intervals.size());
    for (List<Object> equality : equalities) {
      for (Interval interval : intervals) {
        ranges.add(
            new IndexRange(resource.view(), index, equality, interval.lower(), interval.upper()));
      }
    }
    return of(ranges);
  }

  /**
   * @param ranges of one index, at least one
   */
  static Plan of(List<IndexRange> ranges) {
    return new Plan(ranges, question(ranges.getFirst().index(), ranges));
  }

  /** Without a sort an index that gives the newest first goes before others. */
  private static Index<?> choose(Resource resource, ListQuery query) {
    Index<?> found = null;
    for (Index<?> index : resource.view().indexes()) {
      if (serves(index, query)) {
        if (query.sort() != null || newestFirst(index)) {
          return index;
        }
        found = found == null ? index : found;
      }
    }
    if (found == null) {
      throw notServed(resource, query);
    }
    return found;
  }

  private static boolean serves(Index<?> index, ListQuery query) {
    String first = index.order().getFirst().field().name();
    int used = 0;
    for (Field<?> field : index.equality()) {
      if (!query.filters().containsKey(field.name())) {
        return false;
      }
      used++;
    }
    Set<String> compared = query.comparisons().keySet();
    boolean valued = query.filters().containsKey(first);
    used += valued ? 1 : 0;
    boolean ranged = compared.isEmpty() || (compared.size() == 1 && compared.contains(first));
    return used == query.filters().size()
        && ranged
        && !(valued && !compared.isEmpty())
        && (query.sort() == null || sorts(index, query.sort()));
  }

  /** What is sorted by more than was asked is sorted as was asked. */
  private static boolean sorts(Index<?> index, String sort) {
    return (Resource.sortOf(index) + ',').startsWith(sort + ',');
  }

  private static boolean newestFirst(Index<?> index) {
    Index.Order<?> first = index.order().getFirst();
    return first.descending() && first.field().kind().isTemporal();
  }

  private static Set<String> valuesOf(ListQuery query, Field<?> field) {
    Set<String> values = query.filters().get(field.name());
    return values == null ? Set.of() : values;
  }

  private static List<List<Object>> times(
      List<List<Object>> combinations, Field<?> field, Set<String> values) {
    if (combinations.size() * values.size() > Plan.MAX_RANGES) {
      throw tooMany();
    }
    if (field.many() && values.size() > 1) {
      // A row that has both would come twice.
      throw Problem.badRequest(field.name() + " takes one value").exception();
    }
    List<List<Object>> product = new ArrayList<>(combinations.size() * values.size());
    // Two spellings of one value (a UUID in upper case) are one.
    Set<Object> parsed = new LinkedHashSet<>();
    values.forEach(value -> parsed.add(Values.parse(field, value)));
    for (List<Object> combination : combinations) {
      for (Object value : parsed) {
        List<Object> longer = new ArrayList<>(combination);
        longer.add(value);
        product.add(longer);
      }
    }
    return product;
  }

  /** Of the first order field: one for each of its values, or the one of the range. */
  private static List<Interval> intervals(Index<?> index, ListQuery query) {
    Field<?> first = index.order().getFirst().field();
    Set<String> values = valuesOf(query, first);
    if (values.isEmpty()) {
      Map<Operator, String> compared = query.comparisons().get(first.name());
      return List.of(compared == null ? new Interval(null, null) : interval(first, compared));
    }
    if (first.kind() == Field.Kind.TIME && values.size() > 1) {
      // A date holds the times of its day: the values could have rows in common.
      throw Problem.badRequest(first.name() + " takes one value, or a range").exception();
    }
    Set<Interval> intervals = new LinkedHashSet<>();
    values.forEach(value -> intervals.add(Values.equal(first, value)));
    return List.copyOf(intervals);
  }

  private static Interval interval(Field<?> field, Map<Operator, String> compared) {
    Bound lower = null;
    Bound upper = null;
    for (Map.Entry<Operator, String> comparison : compared.entrySet()) {
      Operator operator = comparison.getKey();
      if (operator.lower() ? lower != null : upper != null) {
        throw Problem.badRequest(field.name() + " takes one of .gte and .gt, one of .lte and .lt")
            .exception();
      }
      if (operator.lower()) {
        lower = Values.lower(field, comparison.getValue(), operator.inclusive());
      } else {
        upper = Values.upper(field, comparison.getValue(), operator.inclusive());
      }
    }
    return new Interval(lower, upper);
  }

  /** Every value with its length, so that no two questions have one text. */
  private static String question(Index<?> index, List<IndexRange> ranges) {
    StringBuilder text = new StringBuilder(64).append(index.name());
    for (IndexRange range : ranges) {
      text.append('|');
      range.equality().forEach(value -> append(text, value));
      append(text, '>', range.lower());
      append(text, '<', range.upper());
    }
    return text.toString();
  }

  private static void append(StringBuilder text, char side, @Nullable Bound bound) {
    if (bound != null) {
      text.append(side).append(bound.inclusive() ? "=" : "");
      append(text, bound.value());
    }
  }

  private static void append(StringBuilder text, Object value) {
    String printed = value.toString();
    text.append(printed.length()).append(':').append(printed);
  }

  private static ProblemException tooMany() {
    return Problem.badRequest(
            "the values ask for more than %d ranges of an index".formatted(Plan.MAX_RANGES))
        .exception();
  }

  private static ProblemException notServed(Resource resource, ListQuery query) {
    StringJoiner asked = new StringJoiner(", ");
    query.filters().keySet().forEach(asked::add);
    query.comparisons().keySet().forEach(field -> asked.add("range of " + field));
    if (query.sort() != null) {
      asked.add("sort=" + query.sort());
    }
    return Problem.of(
            400,
            "not-served",
            "No index serves this list",
            "no index serves %s; served are: %s".formatted(asked, resource.served()))
        .exception();
  }
}
