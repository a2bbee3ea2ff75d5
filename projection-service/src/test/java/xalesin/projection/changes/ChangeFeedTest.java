package xalesin.projection.changes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import xalesin.projection.ViewCatalog;
import xalesin.projection.ViewsUnavailableException;
import xalesin.projection.view.View;
import xalesin.schemas.Topics;

/** Who watches a tenant is told of its changes, for as long as its partition is here. */
class ChangeFeedTest {
  private static final View<?> VIEW = ViewCatalog.ALL.getFirst();

  private final List<String> told = new ArrayList<>();
  private boolean readable = true;
  private final ChangeFeed feed = new ChangeFeed(this::sequence);

  private long sequence(String tenant) {
    if (!readable) {
      throw new ViewsUnavailableException(Topics.partitionOf(tenant), "of a test");
    }
    return 5;
  }

  private record Row(String tenant, View<?> view, UUID id) implements ChangedRow {
    static Row of(String tenant, int number) {
      return new Row(tenant, VIEW, new UUID(0, number));
    }
  }

  @Test
  void a_watcher_hears_of_its_tenant_alone() {
    assertThat(feed.isWatched()).isFalse();
    ChangeLog log = feed.watch("acme", () -> told.add("acme"));
    feed.written(List.of(Row.of("acme", 1), Row.of("other", 2)), Set.of("acme", "other"), _ -> 6);
    feed.written(List.of(Row.of("other", 3)), Set.of("other"), _ -> 9);
    assertThat(told).containsExactly("acme");
    assertThat(log.since(5)).containsExactly(new ChangeLog.Change(VIEW, new UUID(0, 1), 6));
    assertThat(log.head()).isEqualTo(6);
  }

  @Test
  void a_log_ends_with_its_partition_and_the_next_begins_where_the_views_are_then() {
    Runnable watcher = () -> told.add("acme");
    ChangeLog log = feed.watch("acme", watcher);
    feed.stopped(Topics.partitionOf("acme"));
    assertThat(told).containsExactly("acme");
    assertThat(log.isClosed()).isTrue();
    assertThat(log.reaches(5)).isFalse();
    ChangeLog next = feed.watch("acme", watcher);
    assertThat(next).isNotSameAs(log);
    assertThat(next.reaches(5)).isTrue();
    assertThat(next.reaches(4)).isFalse();
  }

  @Test
  void who_leaves_finds_the_log_again_while_it_is_kept() {
    Runnable watcher = () -> told.add("acme");
    ChangeLog log = feed.watch("acme", watcher);
    feed.unwatch(log, watcher);
    feed.forget();
    feed.written(List.of(Row.of("acme", 1)), Set.of("acme"), _ -> 6);
    assertThat(told).isEmpty();
    assertThat(feed.watch("acme", watcher)).isSameAs(log);
    assertThat(log.since(5)).hasSize(1);
  }

  @Test
  void views_that_are_not_here_cannot_be_watched_and_nobody_is_told() {
    readable = false;
    assertThatThrownBy(() -> feed.watch("acme", () -> told.add("acme")))
        .isInstanceOf(ViewsUnavailableException.class);
    feed.written(List.of(Row.of("acme", 1)), Set.of("acme"), _ -> 6);
    assertThat(told).isEmpty();
  }
}
