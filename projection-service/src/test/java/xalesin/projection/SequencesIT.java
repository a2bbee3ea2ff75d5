package xalesin.projection;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import xalesin.embedded.TestServers;
import xalesin.projection.view.Index;
import xalesin.projection.view.View;
import xalesin.schemas.RecordedEvent;

/** The sequences of views: what a view has at one of them is the same whoever asks, and when. */
class SequencesIT {
  private static final Instant START = Instant.parse("2020-11-01T10:00:00Z");
  private static final int EVENTS = 900;
  private static final int AT_ONCE = 10;

  /** Events after which the writer waits until what they made has been looked at as a whole. */
  private static final int INSTANT = 50;

  @TempDir private Path folder;
  private final String kafka = TestServers.kafka().bootstrapServers();
  private final String tenant = "sequences-" + UUID.randomUUID().toString().substring(0, 8);
  private final AtomicLong looks = new AtomicLong();

  /** What each view was seen to have, by its name and sequence. */
  private final Map<String, Integer> seen = new ConcurrentHashMap<>();

  @Test
  void live_after_a_restart_a_restore_and_a_replay_a_sequence_stands_for_the_same_rows()
      throws Exception {
    long seed = new Random().nextLong();
    System.out.println("SequencesIT seed " + seed);
    List<RecordedEvent> events = new RandomEvents(seed, tenant, START).next(EVENTS);
    ProjectionConfig config = Nodes.fresh(kafka, folder.resolve("first"));
    long firstStore;
    try (EventLog log = new EventLog(kafka)) {
      try (ProjectionService node = Nodes.start(config)) {
        watchWhile(node, log, events.subList(0, EVENTS / 3));
        firstStore = node.views().sequences(tenant).store();
      }
      try (ProjectionService restarted = Nodes.start(config)) {
        Nodes.await().until(() -> Nodes.isReadable(restarted, tenant));
        assertThat(restarted.views().sequences(tenant).store()).isNotEqualTo(firstStore);
        watchWhile(restarted, log, events.subList(EVENTS / 3, 2 * EVENTS / 3));
      }
      ProjectionConfig elsewhere =
          ProjectionConfig.of(kafka, folder.resolve("second")).rebuild(config.rebuild());
      try (ProjectionService restored = Nodes.start(elsewhere)) {
        Nodes.await().until(() -> Nodes.isReadable(restored, tenant));
        watchWhile(restored, log, events.subList(2 * EVENTS / 3, EVENTS));
      }
    }
    try (ProjectionService replayed = Nodes.start(Nodes.fresh(kafka, folder.resolve("third")))) {
      Nodes.awaitApplied(replayed, events.getLast());
      Nodes.await().until(() -> replayed.views().sequences(tenant).settled());
      look(replayed.views());
    }
    assertThat(seen.size()).isGreaterThan(3 * ViewCatalog.ALL.size());
  }

  @Test
  void an_event_moves_the_views_whose_rows_it_changes_and_no_others() throws Exception {
    List<RecordedEvent> events = new RandomEvents(7, tenant, START).next(200);
    try (EventLog log = new EventLog(kafka);
        ProjectionService node = Nodes.start(Nodes.fresh(kafka, folder))) {
      Nodes.await().until(() -> Nodes.isReadable(node, tenant));
      int stoodStill = 0;
      Map<View<?>, Integer> before = rows(node.views());
      ViewSequences then = node.views().sequences(tenant);
      for (RecordedEvent event : events) {
        log.write(event);
        Nodes.awaitApplied(node, event);
        Map<View<?>, Integer> after = rows(node.views());
        Nodes.await().until(() -> node.views().sequences(tenant).settled());
        ViewSequences now = node.views().sequences(tenant);
        for (View<?> view : after.keySet()) {
          boolean moved = now.of(ViewSet.of(view)) != then.of(ViewSet.of(view));
          if (!after.get(view).equals(before.get(view))) {
            assertThat(moved).as("%s by %s", view.name(), event.type()).isTrue();
            assertThat(now.of(ViewSet.of(view))).isEqualTo(now.sequence());
          }
          stoodStill += moved ? 0 : 1;
        }
        before = after;
        then = now;
      }
      assertThat(stoodStill).isGreaterThan(events.size() * ViewCatalog.ALL.size() / 2);
    }
  }

  /** Writes the events while others look. */
  private void watchWhile(ProjectionService node, EventLog log, List<RecordedEvent> events)
      throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Nodes.await().until(() -> Nodes.isReadable(node, tenant));
      Future<?> watcher =
          threads.submit(
              () -> {
                while (!done.get()) {
                  look(node.views());
                }
              });
      for (int from = 0; from < events.size(); from += AT_ONCE) {
        List<RecordedEvent> some = events.subList(from, from + AT_ONCE);
        log.write(some);
        if (from % INSTANT == 0) {
          awaitLook(node, some.getLast(), watcher);
        }
      }
      awaitLook(node, events.getLast(), watcher);
      done.set(true);
      watcher.get(Nodes.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } finally {
      done.set(true);
    }
  }

  /** Waits until somebody has looked at what there is after the event, from beginning to end. */
  private void awaitLook(ProjectionService node, RecordedEvent event, Future<?> watcher)
      throws InterruptedException {
    Nodes.awaitApplied(node, event);
    Nodes.await().until(() -> node.views().sequences(tenant).settled());
    long begun = looks.get() + 1;
    Nodes.await().until(() -> watcher.isDone() || looks.get() > begun);
  }

  private void look(Views views) {
    looks.incrementAndGet();
    ViewSequences before = views.sequences(tenant);
    Map<View<?>, Integer> rows = rows(views);
    ViewSequences after = views.sequences(tenant);
    rows.forEach(
        (view, content) -> {
          long sequence = before.of(ViewSet.of(view));
          if (before.settled() && sequence == after.of(ViewSet.of(view))) {
            String label = view.name() + '@' + sequence;
            Integer other = seen.putIfAbsent(label, content);
            assertThat(other == null ? content : other).as(label).isEqualTo(content);
          }
        });
  }

  /** A digest of each view that has an index of all its rows. */
  private Map<View<?>, Integer> rows(Views views) {
    Map<View<?>, Integer> rows = new ConcurrentHashMap<>();
    try (TenantViews snapshot = views.snapshot(tenant)) {
      for (View<?> view : ViewCatalog.ALL) {
        for (Index<?> index : view.indexes()) {
          if (index.equality().isEmpty()) {
            rows.put(view, digest(snapshot, IndexRange.of(view, index)));
            break;
          }
        }
      }
    }
    return rows;
  }

  private static int digest(TenantViews snapshot, IndexRange range) {
    List<Integer> digests = new ArrayList<>();
    byte[] after = null;
    Page page;
    do {
      page = snapshot.scan(ListRequest.of(range, after, 500));
      page.rows().forEach(row -> digests.add(Arrays.hashCode(row)));
      after = page.hasMore() ? page.positions().getLast() : null;
    } while (after != null);
    return digests.hashCode();
  }
}
