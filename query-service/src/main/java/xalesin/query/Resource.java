package xalesin.query;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import xalesin.projection.ViewSet;
import xalesin.projection.view.Field;
import xalesin.projection.view.Index;
import xalesin.projection.view.View;

/**
 * What the routes of one view need to know of it, worked out once from its declaration. Immutable.
 *
 * @param rowFields names of the fields of a row
 * @param filters fields that some index has, by name
 * @param served the filters, ranges and orders that there are, for problem documents
 * @param list of answers that are read from this view alone
 * @param row of single rows
 */
record Resource(
    View<?> view,
    Set<String> rowFields,
    Map<String, Field<?>> filters,
    String served,
    AnswerKind list,
    AnswerKind row) {

  static Resource of(View<?> view) {
    Map<String, Field<?>> filters = new LinkedHashMap<>();
    StringJoiner served = new StringJoiner("; ");
    for (Index<?> index : view.indexes()) {
      index.equality().forEach(field -> filters.put(field.name(), field));
      Field<?> first = index.order().getFirst().field();
      filters.putIfAbsent(first.name(), first);
      served.add(describe(index));
    }
    Set<String> rowFields = new LinkedHashSet<>();
    for (RecordComponent component : view.rowClass().getRecordComponents()) {
      rowFields.add(component.getName());
    }
    ViewSet alone = ViewSet.of(view);
    return new Resource(
        view, rowFields, filters, served.toString(), AnswerKind.list(alone), AnswerKind.row(alone));
  }

  String name() {
    return view.name();
  }

  /** Such as `category and status, range or value of updatedAt, sort=-updatedAt`. */
  private static String describe(Index<?> index) {
    List<String> equality = new ArrayList<>();
    index.equality().forEach(field -> equality.add(field.name()));
    String filters = equality.isEmpty() ? "no filter" : String.join(" and ", equality);
    return filters
        + ", range or value of "
        + index.order().getFirst().field().name()
        + ", sort="
        + sortOf(index);
  }

  /** The order of an index as `sort` names it. */
  static String sortOf(Index<?> index) {
    StringJoiner sort = new StringJoiner(",");
    index.order().forEach(o -> sort.add((o.descending() ? "-" : "") + o.field().name()));
    return sort.toString();
  }
}
