package xalesin.projection;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;
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
  private static final int SMALL_PAGE = 7;
  private static final int LARGE_PAGE = 101;

  /** So many rows are read in large pages. */
  private static final int MANY = 300;

  private final List<View<?>> views;
  private final Map<View<?>, Map<UUID, Object>> rows = new LinkedHashMap<>();
  private final Map<String, Long> versions = new HashMap<>();

  /** Of rows that there are no more, and of groups that may have become empty. */
  private final Map<View<?>, Set<UUID>> deleted = new HashMap<>();

  private final Map<Index<?>, Set<List<Object>>> everEqual = new HashMap<>();

  /** Whose rows the last events have changed. */
  private final Map<View<?>, Set<UUID>> touched = new LinkedHashMap<>();

  /** As served, of rows that are still there. */
  private final IdentityHashMap<Object, byte[]> json = new IdentityHashMap<>();

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
        touched.computeIfAbsent(view, _ -> new HashSet<>()).add(change.id());
        json.remove(rowsOf(view).get(change.id()));
        if (change.row() == null) {
          rowsOf(view).remove(change.id());
          deleted.computeIfAbsent(view, _ -> new HashSet<>()).add(change.id());
        } else {
          rowsOf(view).put(change.id(), change.row());
          deleted.computeIfAbsent(view, _ -> new HashSet<>()).remove(change.id());
          remember(view, change.row());
        }
      }
    }
    versions.put(event.stream(), event.version());
    sequence++;
  }

  private void remember(View<?> view, Object row) {
    for (Index<?> index : view.indexes()) {
      everEqual.computeIfAbsent(index, _ -> new HashSet<>()).addAll(equalities(index, row));
    }
  }

  public long sequence() {
    return sequence;
  }

  public Map<UUID, Object> rowsOf(View<?> view) {
    return requireNonNull(rows.get(view));
  }

  /** Compares the rows that have changed since the last comparison, and how far the views are. */
  public void assertTouched(TenantViews actual) {
    assertThat(actual.sequence()).isEqualTo(sequence);
    touched.forEach(
        (view, ids) ->
            ids.forEach(
                id -> {
                  Object row = rowsOf(view).get(id);
                  assertThat(actual.row(view, id.toString()))
                      .as("%s/%s", view.name(), id)
                      .isEqualTo(row == null ? null : json(row));
                }));
    touched.clear();
  }

  /** Compares rows, applied versions, every index in pages, and counters. */
  public void assertEqual(TenantViews actual) {
    assertThat(actual.sequence()).isEqualTo(sequence);
    versions.forEach(
        (stream, version) -> assertThat(actual.appliedVersion(stream)).isEqualTo(version));
    for (View<?> view : views) {
      rowsOf(view)
          .forEach(
              (id, row) ->
                  assertThat(actual.row(view, id.toString()))
                      .as("%s/%s", view.name(), id)
                      .isEqualTo(json(row)));
      for (UUID id : deleted.getOrDefault(view, Set.of())) {
        assertThat(actual.row(view, id.toString())).as("%s/%s", view.name(), id).isNull();
      }
      for (Index<?> index : view.indexes()) {
        assertIndex(actual, view, index);
      }
    }
  }

  private byte[] json(Object row) {
    return json.computeIfAbsent(row, Json::write);
  }

  private void assertIndex(TenantViews actual, View<?> view, Index<?> index) {
    Map<List<Object>, List<Map.Entry<UUID, Object>>> groups = groups(view, index);
    for (List<Object> equality : everEqual.getOrDefault(index, Set.of())) {
      if (!groups.containsKey(equality)) {
        assertRange(actual, new IndexRange(view, index, equality, null, null), List.of());
      }
    }
    groups.forEach(
        (equality, group) -> {
          IndexRange all = new IndexRange(view, index, equality, null, null);
          for (IndexRange range : ranges(all, group)) {
            assertRange(actual, range, group);
          }
        });
  }

  /** The rows with equal values, as each range of the index has them. */
  private Map<List<Object>, List<Map.Entry<UUID, Object>>> groups(View<?> view, Index<?> index) {
    Map<List<Object>, List<Map.Entry<UUID, Object>>> groups = new HashMap<>();
    for (Map.Entry<UUID, Object> row : rowsOf(view).entrySet()) {
      for (List<Object> equality : equalities(index, row.getValue())) {
        groups.computeIfAbsent(equality, _ -> new ArrayList<>()).add(row);
      }
    }
    groups.values().forEach(group -> group.sort(order(index)));
    return groups;
  }

  /** All of the range, and parts of it that begin and end in every way at values that there are. */
  private static List<IndexRange> ranges(IndexRange all, List<Map.Entry<UUID, Object>> group) {
    List<IndexRange> ranges = new ArrayList<>(List.of(all));
    List<Object> firsts =
        group.stream()
            .map(row -> first(all.index(), row.getValue()))
            .distinct()
            .sorted(BruteForce::compare)
            .toList();
    if (firsts.size() < 2) {
      return ranges;
    }
    Object low = firsts.get(firsts.size() / 3);
    Object high = firsts.get(firsts.size() * 2 / 3);
    List<Bound> uppers = List.of(Bound.inclusive(high), Bound.exclusive(high));
    for (Bound lower : List.of(Bound.inclusive(low), Bound.exclusive(low))) {
      ranges.add(within(all, lower, null));
      uppers.forEach(upper -> ranges.add(within(all, lower, upper)));
    }
    uppers.forEach(upper -> ranges.add(within(all, null, upper)));
    if (low instanceof Instant time) {
      Instant day = time.truncatedTo(ChronoUnit.DAYS);
      Bound end = Bound.exclusive(day.plus(Duration.ofDays(3)));
      ranges.add(within(all, Bound.inclusive(day), end));
    }
    ranges.add(all.only(low));
    return ranges;
  }

  private static IndexRange within(IndexRange range, @Nullable Bound lower, @Nullable Bound upper) {
    return new IndexRange(range.view(), range.index(), range.equality(), lower, upper);
  }

  /** Reads the range in small pages and compares order, rows, count and positions. */
  private void assertRange(
      TenantViews actual, IndexRange range, List<Map.Entry<UUID, Object>> group) {
    List<byte[]> expected =
        group.stream()
            .filter(row -> within(range).test(first(range.index(), row.getValue())))
            .map(row -> json(row.getValue()))
            .toList();
    int limit = expected.size() > MANY ? LARGE_PAGE : SMALL_PAGE;
    List<byte[]> read = new ArrayList<>();
    List<byte[]> positions = new ArrayList<>();
    byte[] after = null;
    Page page;
    do {
      page = actual.scan(ListRequest.of(range, after, limit));
      assertThat(page.touched()).isLessThanOrEqualTo(limit + 1);
      read.addAll(page.rows());
      positions.addAll(page.positions());
      after = positions.isEmpty() ? null : positions.getLast();
    } while (page.hasMore());
    Supplier<String> where =
        () ->
            "%s of %s where %s, from %s to %s"
                .formatted(
                    range.index().name(),
                    range.view().name(),
                    range.equality(),
                    range.lower(),
                    range.upper());
    assertThat(read).as(where).usingElementComparator(Arrays::compare).isEqualTo(expected);
    assertThat(actual.count(range)).as(() -> "count: " + where.get()).isEqualTo(expected.size());
    List<byte[]> anchors = actual.anchors(range, 3, 5);
    assertThat(anchors).hasSize(Math.min(5, expected.size() / 3));
    for (int i = 0; i < anchors.size(); i++) {
      assertThat(anchors.get(i)).isEqualTo(positions.get(3 * i + 2));
    }
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
