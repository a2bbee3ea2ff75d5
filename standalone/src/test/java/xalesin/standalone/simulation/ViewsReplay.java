package xalesin.standalone.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import xalesin.projection.BruteForce;
import xalesin.projection.TenantViews;
import xalesin.projection.ViewCatalog;
import xalesin.projection.search.TenantSearch;
import xalesin.projection.stream.DrivenTopology;
import xalesin.projection.view.View;
import xalesin.schemas.Json;
import xalesin.schemas.RecordedEvent;

/**
 * The topology applies a log, with crashes, records that come again and groups of any size; beside
 * it everything is reckoned by hand, and compared. For one thread.
 */
final class ViewsReplay implements AutoCloseable {
  private static final int CHECKS = 30;
  private static final int CRASHES = 6;

  /** Transactions that come again after a crash. */
  private static final int AGAIN = 20;

  private final String tenant;
  private final Random random;
  private final Path folder;
  private final SearchCheck searches;
  private final List<DrivenTopology> nodes = new ArrayList<>();
  private final BruteForce expected = new BruteForce();
  private final Books books = new Books();
  private int found;

  ViewsReplay(String tenant, Random random, Path folder) {
    this.tenant = tenant;
    this.random = random;
    this.folder = folder;
    this.searches = new SearchCheck(random);
    nodes.add(new DrivenTopology(ViewCatalog.ALL, folder.resolve("node-0")));
  }

  Books books() {
    return books;
  }

  /** How many rows searches have found in all. */
  int found() {
    return found;
  }

  void replay(List<List<RecordedEvent>> log) {
    Set<Integer> checks = places(CHECKS, log.size());
    Set<Integer> crashes = places(CRASHES, log.size());
    for (int i = 0; i < log.size(); i++) {
      try {
        if (crashes.contains(i)) {
          crash(log, i);
        }
        apply(log.get(i));
        if (checks.contains(i) || crashes.contains(i) || i == log.size() - 1) {
          checkAll();
        }
      } catch (AssertionError e) {
        throw new AssertionError("after transaction %d of %d".formatted(i, log.size()), e);
      }
    }
  }

  /** More of them early: there they cost less, and show as much. */
  private Set<Integer> places(int count, int size) {
    Set<Integer> places = new TreeSet<>();
    while (places.size() < Math.min(count, size)) {
      places.add(random.nextInt(1 + random.nextInt(size)));
    }
    return places;
  }

  private void apply(List<RecordedEvent> transaction) {
    DrivenTopology node = nodes.getLast();
    if (random.nextInt(3) == 0) {
      node.willCome(transaction.size());
    }
    transaction.forEach(node::feed);
    if (random.nextInt(20) == 0) {
      node.feed(transaction.get(random.nextInt(transaction.size())));
    }
    transaction.forEach(expected::fold);
    books.take(transaction.stream().map(Happened::of).toList());
    assertThat(node.stopped()).isEmpty();
    try (TenantViews views = node.views(tenant)) {
      expected.assertTouched(views);
    }
  }

  /**
   * The node is gone while it has the next transactions in hand; another one takes over, and reads
   * again what may not have been committed.
   */
  private void crash(List<List<RecordedEvent>> log, int next) {
    DrivenTopology victim = nodes.getLast();
    victim.willCome(log.get(next).size() + 1);
    log.get(next).forEach(victim::feed);
    DrivenTopology heir = victim.takenOver(folder.resolve("node-" + nodes.size()), random);
    nodes.add(heir);
    for (int i = Math.max(0, next - random.nextInt(AGAIN)); i < next; i++) {
      log.get(i).forEach(heir::feed);
    }
  }

  private void checkAll() {
    DrivenTopology node = nodes.getLast();
    try (TenantViews views = node.views(tenant)) {
      expected.assertEqual(views);
    }
    try (TenantSearch search = node.search(tenant)) {
      found += searches.check(search, expected);
    }
    ViewCatalog.ALL.forEach(view -> checkTopic(node, view));
    books.checkOwed();
    books.checkViews(expected);
  }

  /** Whoever reads the view's topic has the same rows. */
  private void checkTopic(DrivenTopology node, View<?> view) {
    Map<UUID, Object> rows = expected.rowsOf(view);
    Map<String, byte[]> published = node.published(view);
    assertThat(published).as("the topic of %s", view.name()).hasSameSizeAs(rows);
    rows.forEach(
        (id, row) ->
            assertThat(Arrays.equals(published.get(tenant + "/" + id), Json.write(row)))
                .as("%s/%s in its topic", view.name(), id)
                .isTrue());
  }

  @Override
  public void close() {
    nodes.forEach(DrivenTopology::close);
  }
}
