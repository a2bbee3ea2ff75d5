package xalesin.projection;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import xalesin.projection.IndexRange.Bound;
import xalesin.projection.view.Field;
import xalesin.projection.view.Index;
import xalesin.projection.view.View;
import xalesin.schemas.EventTypes;
import xalesin.schemas.Json;
import xalesin.schemas.RecordedEvent;

/**
 * What a tenant's views must be, worked out by folding its events into maps and sorting them; and
 * the comparison of real views with it, through every index, page by page.
 */
public final class BruteForce {
  private final List<View<?>> views;
  private final Map<View<?>, Map<UUID, Object>> rows = new LinkedHashMap<>();
  private final Map<String, Long> versions = new HashMap<>();
  private long sequence;

  public BruteForce() {
    this(ViewCatalog.ALL);
  }

  public BruteForce(List<View<?>> views) {
    this.views = views;
    views.forEach(view -> rows.put(view, new HashMap<>()));
  }

  public BruteForce fold(Collection<RecordedEvent> events) {
    events.forEach(this::fold);
    return this;
  }

  public void fold(RecordedEvent event) {
    View.Rows before =
        new View.Rows() {
          @Override
          public <T> @Nullable T get(View<T> view, UUID id) {
            return view.rowClass().cast(rowsOf(view).get(id));
          }
        };
    for (View<?> view : views) {
      for (View.Change<?> change : view.fold(event, EventTypes.read(event), before)) {
        if (change.row() == null) {
          rowsOf(view).remove(change.id());
        } else {
          rowsOf(view).put(change.id(), change.row());
        }
      }
    }
    versions.put(event.stream(), event.version());
    sequence++;
  }

  public long sequence() {
    return sequence;
  }

  public Map<UUID, Object> rowsOf(View<?> view) {
    return requireNonNull(rows.get(view));
  }

  /** Compares rows, applied versions, every index in pages, and counters. */
  public void assertEqual(TenantViews actual) {
    assertThat(actual.sequence()).isEqualTo(sequence);
    versions.forEach(
        (stream, version) -> assertThat(actual.appliedVersion(stream)).isEqualTo(version));
    for (View<?> view : views) {
      rowsOf(view)
          .forEach(
              (id, row) -> assertThat(actual.row(view, id.toString())).isEqualTo(Json.write(row)));
      for (Index<?> index : view.indexes()) {
        assertIndex(actual, view, index);
      }
    }
  }

  private void assertIndex(TenantViews actual, View<?> view, Index<?> index) {
    for (List<Object> equality : equalities(view, index)) {
      assertRange(actual, new IndexRange(view, index, equality, null, null));
      List<Object> firsts = firstValues(view, index, equality);
      if (firsts.size() > 1) {
        Object low = firsts.get(firsts.size() / 3);
        Object high = firsts.get(firsts.size() * 2 / 3);
        for (Bound lower : List.of(Bound.inclusive(low), Bound.exclusive(low))) {
          for (Bound upper : List.of(Bound.inclusive(high), Bound.exclusive(high))) {
            assertRange(actual, new IndexRange(view, index, equality, lower, upper));
            assertRange(actual, new IndexRange(view, index, equality, lower, null));
            assertRange(actual, new IndexRange(view, index, equality, null, upper));
          }
        }
        if (low instanceof Instant time) {
          Instant day = time.truncatedTo(java.time.temporal.ChronoUnit.DAYS);
          Bound start = Bound.inclusive(day);
          Bound end = Bound.exclusive(day.plus(Duration.ofDays(3)));
          assertRange(actual, new IndexRange(view, index, equality, start, end));
        }
        assertRange(actual, new IndexRange(view, index, equality, null, null).only(low));
      }
    }
  }

  /** Reads the range in small pages and compares order, rows, count and positions. */
  private void assertRange(TenantViews actual, IndexRange range) {
    List<byte[]> expected = expected(range).stream().map(Json::write).toList();
    List<byte[]> read = new ArrayList<>();
    List<byte[]> positions = new ArrayList<>();
    byte[] after = null;
    Page page;
    do {
      page = actual.scan(ListRequest.of(range, after, 7));
      assertThat(page.touched()).isLessThanOrEqualTo(8);
      read.addAll(page.rows());
      positions.addAll(page.positions());
      after = positions.isEmpty() ? null : positions.getLast();
    } while (page.hasMore());
    assertThat(read).usingElementComparator(Arrays::compare).isEqualTo(expected);
    assertThat(actual.count(range)).isEqualTo(expected.size());
    List<byte[]> anchors = actual.anchors(range, 3, 5);
    assertThat(anchors).hasSize(Math.min(5, expected.size() / 3));
    for (int i = 0; i < anchors.size(); i++) {
      assertThat(anchors.get(i)).isEqualTo(positions.get(3 * i + 2));
    }
  }

  private List<Object> expected(IndexRange range) {
    Index<?> index = range.index();
    List<Map.Entry<UUID, Object>> matching =
        rowsOf(range.view()).entrySet().stream()
            .filter(row -> equalities(index, row.getValue()).contains(range.equality()))
            .filter(row -> within(range).test(first(index, row.getValue())))
            .sorted(order(index))
            .toList();
    return matching.stream().map(Map.Entry::getValue).toList();
  }

  private static Predicate<Object> within(IndexRange range) {
    return value ->
        (range.lower() == null
                || compare(value, range.lower().value()) > (range.lower().inclusive() ? -1 : 0))
            && (range.upper() == null
                || compare(value, range.upper().value()) < (range.upper().inclusive() ? 1 : 0));
  }

  private static Comparator<Map.Entry<UUID, Object>> order(Index<?> index) {
    return (a, b) -> {
      for (Index.Order<?> order : index.order()) {
        int c = compare(value(order.field(), a.getValue()), value(order.field(), b.getValue()));
        if (c != 0) {
          return order.descending() ? -c : c;
        }
      }
      return a.getKey().toString().compareTo(b.getKey().toString());
    };
  }

  private Set<List<Object>> equalities(View<?> view, Index<?> index) {
    Set<List<Object>> all = new HashSet<>();
    rowsOf(view).values().forEach(row -> all.addAll(equalities(index, row)));
    return all;
  }

  /** Every combination of the row's values of the index's equality fields. */
  private static List<List<Object>> equalities(Index<?> index, Object row) {
    List<List<Object>> combinations = List.of(List.of());
    for (Field<?> field : index.equality()) {
      List<List<Object>> longer = new ArrayList<>();
      for (List<Object> combination : combinations) {
        for (Object value : values(field, row)) {
          longer.add(Stream.concat(combination.stream(), Stream.of(value)).toList());
        }
      }
      combinations = longer;
    }
    return combinations;
  }

  private List<Object> firstValues(View<?> view, Index<?> index, List<Object> equality) {
    return rowsOf(view).values().stream()
        .filter(row -> equalities(index, row).contains(equality))
        .map(row -> first(index, row))
        .distinct()
        .sorted(BruteForce::compare)
        .toList();
  }

  private static Object first(Index<?> index, Object row) {
    return value(index.order().getFirst().field(), row);
  }

  @SuppressWarnings("unchecked")
  private static List<Object> values(Field<?> field, Object row) {
    return ((Field<Object>) field).values(row);
  }

  private static Object value(Field<?> field, Object row) {
    return values(field, row).getFirst();
  }

  @SuppressWarnings("unchecked")
  private static int compare(Object a, Object b) {
    return ((Comparable<Object>) a).compareTo(b);
  }
}
