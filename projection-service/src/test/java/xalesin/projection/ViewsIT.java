package xalesin.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import xalesin.embedded.TestServers;
import xalesin.projection.ViewsState.Status;
import xalesin.projection.inventory.InventoryItems;
import xalesin.projection.inventory.StockMovements;
import xalesin.projection.store.ViewsHash;
import xalesin.schemas.Json;
import xalesin.schemas.RecordedEvent;

class ViewsIT {
  private static final Instant START = Instant.parse("2020-11-01T10:00:00Z");

  /** Events after which the writer waits until a snapshot has shown half of the last so many. */
  private static final int INSTANT = 300;

  @TempDir private Path folder;
  private final String kafka = TestServers.kafka().bootstrapServers();
  private final String tenant = "views-" + UUID.randomUUID().toString().substring(0, 8);
  private final long seed = new Random().nextLong();

  @Test
  void views_of_two_tenants_equal_a_fold_by_hand_and_survive_a_restart() throws Exception {
    String other = tenant + "-2";
    List<RecordedEvent> events = new RandomEvents(seed, tenant, START).next(1_500);
    List<RecordedEvent> others = new RandomEvents(seed + 1, other, START).next(1_500);
    BruteForce expected = new BruteForce().fold(events);
    BruteForce expectedOther = new BruteForce().fold(others);
    ProjectionConfig config = Nodes.fresh(kafka, folder);
    String hash;
    try (EventLog log = new EventLog(kafka);
        ProjectionService node = Nodes.start(config)) {
      log.write(events);
      log.write(others);
      log.write(events.subList(700, 1_500));
      Nodes.awaitApplied(node, events.getLast());
      Nodes.awaitApplied(node, others.getLast());
      expectEqual(node, tenant, expected);
      expectEqual(node, other, expectedOther);
      hash = hash(node, tenant);
      assertThat(node.views().tenants()).contains(tenant, other);
      Nodes.await().until(() -> node.views().freshness(tenant).caughtUp());
      assertThat(node.views().freshness(tenant).newest())
          .isEqualTo(events.stream().map(RecordedEvent::recordedAt).max(Instant::compareTo).get());
    }
    try (ProjectionService again = Nodes.start(config)) {
      Nodes.awaitApplied(again, events.getLast());
      expectEqual(again, tenant, expected);
      assertThat(hash(again, tenant)).isEqualTo(hash);
    }
    try (ProjectionService replayed = Nodes.start(Nodes.fresh(kafka, folder))) {
      Nodes.awaitApplied(replayed, events.getLast());
      assertThat(hash(replayed, tenant)).isEqualTo(hash);
    }
  }

  @Test
  void a_store_that_is_lost_is_restored_from_the_changelog() throws Exception {
    List<RecordedEvent> events = new RandomEvents(seed, tenant, START).next(800);
    ProjectionConfig config = Nodes.fresh(kafka, folder.resolve("first"));
    String hash;
    try (EventLog log = new EventLog(kafka);
        ProjectionService node = Nodes.start(config)) {
      log.write(events);
      Nodes.awaitApplied(node, events.getLast());
      hash = hash(node, tenant);
    }
    ProjectionConfig elsewhere =
        ProjectionConfig.of(kafka, folder.resolve("second")).rebuild(config.rebuild());
    try (ProjectionService node = Nodes.start(elsewhere)) {
      Nodes.awaitApplied(node, events.getLast());
      assertThat(hash(node, tenant)).isEqualTo(hash);
      expectEqual(node, tenant, new BruteForce().fold(events));
    }
  }

  @Test
  void who_waits_for_a_version_is_woken_when_it_is_applied() throws Exception {
    RandomEvents random = new RandomEvents(seed, tenant, START);
    try (EventLog log = new EventLog(kafka);
        ProjectionService node = Nodes.start(Nodes.fresh(kafka, folder));
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      RecordedEvent first = random.next();
      log.write(first);
      Nodes.awaitApplied(node, first);
      RecordedEvent next = random.next();
      Views views = node.views();
      CompletableFuture<Boolean> waiting =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return views.awaitApplied(tenant, next.stream(), next.version(), Nodes.PATIENCE);
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              },
              threads);
      assertThat(views.awaitApplied(tenant, next.stream(), next.version(), Duration.ofMillis(50)))
          .isFalse();
      assertThat(waiting).isNotDone();
      log.write(next);
      assertThat(waiting.get(Nodes.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(views.awaitApplied(tenant, next.stream(), next.version(), Duration.ZERO)).isTrue();
    }
  }

  @Test
  void a_snapshot_is_one_instant_whatever_is_applied_meanwhile() throws Exception {
    List<RecordedEvent> events = new RandomEvents(seed, tenant, START).next(3_000);
    try (EventLog log = new EventLog(kafka);
        ProjectionService node = Nodes.start(Nodes.fresh(kafka, folder));
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Nodes.await().until(() -> Nodes.isReadable(node, tenant));
      AtomicBoolean done = new AtomicBoolean();
      AtomicLong seen = new AtomicLong();
      CompletableFuture<Void> writer =
          CompletableFuture.runAsync(
              () -> {
                try {
                  for (int i = 0; i < events.size(); i += 10) {
                    if (i % INSTANT == 0) {
                      int half = i - INSTANT / 2;
                      Nodes.await().until(() -> seen.get() >= half);
                    }
                    log.write(events.subList(i, i + 10));
                  }
                  Nodes.awaitApplied(node, events.getLast());
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                } finally {
                  done.set(true);
                }
              },
              threads);
      long instants = 0;
      long last = -1;
      BruteForce expected = new BruteForce();
      while (!done.get()) {
        try (TenantViews views = node.views().snapshot(tenant)) {
          long sequence = views.sequence();
          assertThat(sequence).isGreaterThanOrEqualTo(last);
          if (sequence != last) {
            instants++;
            events.subList((int) expected.sequence(), (int) sequence).forEach(expected::fold);
            expectCounts(views, expected);
            assertThat(views.sequence()).isEqualTo(sequence);
          }
          last = sequence;
          seen.set(sequence);
        }
      }
      writer.get(Nodes.PATIENCE.toSeconds(), TimeUnit.SECONDS);
      assertThat(instants).isGreaterThanOrEqualTo(events.size() / INSTANT);
      expectEqual(node, tenant, new BruteForce().fold(events));
    }
  }

  private static void expectCounts(TenantViews views, BruteForce expected) {
    var items = IndexRange.of(InventoryItems.VIEW, InventoryItems.BY_UPDATED);
    var movements = IndexRange.of(StockMovements.VIEW, StockMovements.BY_DATE);
    assertThat(views.count(items)).isEqualTo(expected.rowsOf(InventoryItems.VIEW).size());
    assertThat(views.count(movements)).isEqualTo(expected.rowsOf(StockMovements.VIEW).size());
    assertThat(views.scan(ListRequest.of(items, null, 500)).rows())
        .hasSize(Math.min(500, expected.rowsOf(InventoryItems.VIEW).size()));
    expected
        .rowsOf(InventoryItems.VIEW)
        .forEach(
            (id, row) ->
                assertThat(views.row(InventoryItems.VIEW, id.toString()))
                    .isEqualTo(Json.write(row)));
  }

  @Test
  void a_tenant_without_events_has_empty_views_and_a_closed_node_none() throws Exception {
    ProjectionService node = Nodes.start(Nodes.fresh(kafka, folder));
    try (node) {
      Nodes.await().until(() -> node.health().status() == Status.RUNNING);
      try (TenantViews views = node.views().snapshot(tenant)) {
        assertThat(views.sequence()).isZero();
        IndexRange all = IndexRange.of(InventoryItems.VIEW, InventoryItems.BY_UPDATED);
        assertThat(views.scan(ListRequest.of(all, null, 10)).rows()).isEmpty();
        assertThat(views.count(all)).isZero();
        assertThat(views.row(InventoryItems.VIEW, "no uuid")).isNull();
        assertThat(views.rows(InventoryItems.VIEW, List.of("x", UUID.randomUUID().toString())))
            .containsExactly(null, null);
      }
      assertThat(node.views().row(tenant, InventoryItems.VIEW, "x").json()).isNull();
      assertThat(node.views().freshness(tenant).newest()).isNull();
    }
    assertThat(node.health().status()).isEqualTo(Status.FAILED);
    assertThatThrownBy(() -> node.views().snapshot(tenant))
        .isInstanceOf(ViewsUnavailableException.class);
  }

  private void expectEqual(ProjectionService node, String whose, BruteForce expected) {
    try (TenantViews views = node.views().snapshot(whose)) {
      expected.assertEqual(views);
    } catch (AssertionError e) {
      throw new AssertionError("seed " + seed, e);
    }
  }

  private static String hash(ProjectionService node, String tenant) {
    try (TenantViews views = node.views().snapshot(tenant)) {
      return ViewsHash.of(views);
    }
  }
}
