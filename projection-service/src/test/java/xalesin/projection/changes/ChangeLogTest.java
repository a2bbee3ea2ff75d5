package xalesin.projection.changes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import xalesin.projection.ViewCatalog;
import xalesin.projection.view.View;

class ChangeLogTest {
  private static final View<?> VIEW = ViewCatalog.ALL.getFirst();

  @Test
  void a_second_watcher_does_not_make_a_log_know_what_is_still_on_its_way_to_it() {
    ChangeLog log = new ChangeLog("acme", new AtomicInteger(10));
    log.beginAt(5);

    log.beginAt(6);
    assertThat(log.head()).isEqualTo(5);
    assertThat(log.hasChanged(5)).isFalse();

    log.add(List.of(), 6);
    assertThat(log.head()).isEqualTo(6);
    assertThat(log.hasChanged(5)).isTrue();
    assertThat(log.reaches(5)).isTrue();
  }

  private record Row(String tenant, View<?> view, UUID id) implements ChangedRow {
    static List<Row> numbered(int from, int to) {
      return IntStream.range(from, to)
          .mapToObj(number -> new Row("acme", VIEW, new UUID(0, number)))
          .toList();
    }
  }

  private static List<Long> numbers(ChangeLog log, long since) {
    return log.since(since).stream().map(change -> change.id().getLeastSignificantBits()).toList();
  }

  @Test
  void a_row_stands_once_with_its_newest_change() {
    AtomicInteger budget = new AtomicInteger(10);
    ChangeLog log = begun(budget);
    log.add(Row.numbered(1, 3), 1);
    log.add(Row.numbered(1, 2), 2);
    assertThat(numbers(log, 0)).containsExactly(1L, 2L);
    assertThat(numbers(log, 1)).containsExactly(1L);
    assertThat(log.hasChanged(VIEW, 1)).isTrue();
    assertThat(log.hasChanged(VIEW, 2)).isFalse();
    assertThat(log.hasChanged(ViewCatalog.ALL.get(1), 0)).isFalse();
    assertThat(budget).hasValue(8);
  }

  private static ChangeLog begun(AtomicInteger budget) {
    ChangeLog log = new ChangeLog("acme", budget);
    log.beginAt(0);
    return log;
  }

  @Test
  void the_oldest_are_forgotten_when_there_are_too_many() {
    AtomicInteger budget = new AtomicInteger(3 * ChangeLog.MAX_ROWS);
    ChangeLog log = begun(budget);
    log.add(Row.numbered(0, 2), 1);
    log.add(Row.numbered(2, ChangeLog.MAX_ROWS), 2);
    assertThat(log.reaches(0)).isTrue();
    log.add(Row.numbered(ChangeLog.MAX_ROWS, ChangeLog.MAX_ROWS + 1), 3);
    assertThat(log.reaches(0)).isFalse();
    assertThat(log.reaches(1)).isTrue();
    assertThat(log.since(1)).hasSize(ChangeLog.MAX_ROWS - 1);
    assertThat(budget).hasValue(2 * ChangeLog.MAX_ROWS);
  }

  @Test
  void a_log_makes_room_of_its_own_rows_when_all_logs_together_have_too_many() {
    AtomicInteger budget = new AtomicInteger(2);
    ChangeLog greedy = begun(budget);
    greedy.add(Row.numbered(0, 2), 1);
    greedy.add(Row.numbered(2, 4), 2);
    assertThat(numbers(greedy, 1)).containsExactly(3L, 2L);
    assertThat(greedy.reaches(0)).isFalse();
    assertThat(budget).hasValue(0);
    ChangeLog modest = begun(budget);
    modest.add(Row.numbered(0, 2), 1);
    assertThat(numbers(modest, 0)).containsExactly(1L);
    greedy.close();
    modest.close();
    assertThat(budget).hasValue(2);
  }

  @Test
  void what_comes_after_its_end_takes_no_room_from_the_others() {
    AtomicInteger budget = new AtomicInteger(10);
    ChangeLog log = begun(budget);
    List<String> told = new ArrayList<>();
    log.watch(() -> told.add("told"));
    log.add(Row.numbered(0, 4), 1);
    log.close();
    assertThat(told).hasSize(2);
    log.add(Row.numbered(4, 8), 2);
    log.close();
    assertThat(budget).hasValue(10);
    assertThat(told).hasSize(2);
    assertThat(log.since(0)).isEmpty();
    assertThat(log.reaches(1)).isFalse();
  }

  @Test
  void a_log_is_forgotten_once_nobody_has_watched_it_for_a_while() {
    ChangeLog log = begun(new AtomicInteger(10));
    Runnable watcher = () -> {};
    log.watch(watcher);
    assertThat(log.isForgotten(-1)).isFalse();
    log.unwatch(watcher);
    assertThat(log.isForgotten(Long.MAX_VALUE)).isFalse();
    assertThat(log.isForgotten(-1)).isTrue();
  }
}
