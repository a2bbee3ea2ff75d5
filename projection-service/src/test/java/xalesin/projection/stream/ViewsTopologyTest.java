package xalesin.projection.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import xalesin.projection.BruteForce;
import xalesin.projection.ParkedStream;
import xalesin.projection.ProbeView;
import xalesin.projection.RandomEvents;
import xalesin.projection.TenantViews;
import xalesin.projection.ViewCatalog;
import xalesin.projection.changes.ChangeFeed;
import xalesin.projection.inventory.InventoryItems;
import xalesin.projection.store.IndexedViews;
import xalesin.projection.store.ViewsHash;
import xalesin.projection.view.View;
import xalesin.schemas.Money;
import xalesin.schemas.Quantity;
import xalesin.schemas.RecordedEvent;
import xalesin.schemas.Topics;
import xalesin.schemas.inventory.InventoryItemEvent.Created;
import xalesin.schemas.inventory.InventoryItemEvent.PriceChanged;

class ViewsTopologyTest {
  private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
  private static final Money PRICE = Money.of("4", "EUR");

  /** The test driver runs partition 0 only. */
  private static final String TENANT = tenantsOfPartition(0, 2).getFirst();

  private static final String OTHER = tenantsOfPartition(0, 2).getLast();

  @TempDir private Path folder;
  private final List<AutoCloseable> open = new ArrayList<>();

  private DrivenTopology driven() {
    return driven(ViewCatalog.ALL);
  }

  private DrivenTopology driven(List<View<?>> all) {
    DrivenTopology driven = new DrivenTopology(all, folder.resolve("" + open.size()));
    open.add(driven);
    return driven;
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open.reversed()) {
      each.close();
    }
  }

  @Test
  void the_topology_is_the_picture_that_was_agreed() throws IOException {
    DrivenTopology driven = driven();
    assertThat(driven.driver).isNotNull();
    try (InputStream golden =
        requireNonNull(ViewsTopologyTest.class.getResourceAsStream("/topology.txt"))) {
      IndexedViews indexed = new IndexedViews(ViewCatalog.ALL);
      Shared shared =
          new Shared(
              ViewCatalog.ALL,
              indexed,
              driven.memory,
              driven.stores,
              driven.progress,
              new AppliedWaiters(),
              new ChangeFeed(driven.stores),
              new ApplyMetrics(driven.registry, InstantSource.system()),
              InstantSource.system());
      assertThat(ViewsTopology.of(shared).describe().toString())
          .isEqualToNormalizingNewlines(new String(golden.readAllBytes(), UTF_8));
    }
  }

  @Test
  void views_equal_a_fold_by_hand_for_every_tenant() {
    DrivenTopology driven = driven();
    long seed = new Random().nextLong();
    RandomEvents one = new RandomEvents(seed, TENANT, START);
    RandomEvents two = new RandomEvents(seed + 1, OTHER, START);
    BruteForce expectedOne = new BruteForce();
    BruteForce expectedTwo = new BruteForce();
    for (int i = 0; i < 600; i++) {
      RecordedEvent first = one.next();
      RecordedEvent second = two.next();
      expectedOne.fold(first);
      expectedTwo.fold(second);
      driven.feed(first);
      driven.feed(second);
    }
    try (TenantViews viewsOne = driven.views(TENANT);
        TenantViews viewsTwo = driven.views(OTHER)) {
      expectedOne.assertEqual(viewsOne);
      expectedTwo.assertEqual(viewsTwo);
      assertThat(ViewsHash.of(viewsOne)).isNotEqualTo(ViewsHash.of(viewsTwo));
    } catch (AssertionError e) {
      throw new AssertionError("seed " + seed, e);
    }
  }

  @Test
  void days_decimals_and_many_values_are_indexed_and_counted_as_they_are() {
    List<View<?>> all = List.of(ProbeView.VIEW);
    DrivenTopology driven = driven(all);
    long seed = new Random().nextLong();
    BruteForce expected = new BruteForce(all);
    for (RecordedEvent event : new RandomEvents(seed, TENANT, START).next(800)) {
      expected.fold(event);
      driven.feed(event);
    }
    try (TenantViews views = driven.views(TENANT)) {
      expected.assertEqual(views);
      assertThat(driven.progress.stopped()).isEmpty();
    } catch (AssertionError e) {
      throw new AssertionError("seed " + seed, e);
    }
  }

  @Test
  void the_same_events_give_the_same_fingerprint_in_groups_of_any_size() {
    DrivenTopology one = driven();
    DrivenTopology many = driven();
    List<RecordedEvent> events = new RandomEvents(7, TENANT, START).next(500);
    events.forEach(one::feed);
    // Held back as if the consumer had read far ahead: written in few groups.
    many.willCome(events.size());
    events.forEach(many::feed);
    assertThat(many.count("xalesin.views.groups")).isLessThan(one.count("xalesin.views.groups"));
    try (TenantViews a = one.views(TENANT);
        TenantViews b = many.views(TENANT)) {
      assertThat(ViewsHash.of(a)).isEqualTo(ViewsHash.of(b)).hasSize(64);
    }
  }

  @Test
  void rows_go_to_their_topics_and_deleted_ones_as_null() {
    DrivenTopology driven = driven();
    BruteForce expected = new BruteForce();
    List<RecordedEvent> events = new RandomEvents(3, TENANT, START).next(200);
    expected.fold(events);
    events.forEach(driven::feed);
    java.util.Map<String, byte[]> topic = new java.util.HashMap<>();
    driven
        .written(Topics.view("inventory-items"))
        .forEach(record -> topic.put(new String(record.key(), UTF_8), record.value()));
    assertThat(topic).containsValue(null);
    topic.values().removeIf(java.util.Objects::isNull);
    assertThat(topic).hasSameSizeAs(expected.rowsOf(InventoryItems.VIEW));
    expected
        .rowsOf(InventoryItems.VIEW)
        .forEach(
            (id, row) ->
                assertThat(topic.get(TENANT + "/" + id))
                    .isEqualTo(xalesin.schemas.Json.write(row)));
  }

  @Test
  void an_event_that_comes_twice_is_applied_once() {
    DrivenTopology driven = driven();
    List<RecordedEvent> events = new RandomEvents(5, TENANT, START).next(100);
    events.forEach(driven::feed);
    String before = hash(driven);
    events.forEach(driven::feed);
    assertThat(hash(driven)).isEqualTo(before);
    assertThat(driven.count("xalesin.views.duplicates")).isEqualTo(100);
  }

  @Test
  void a_gap_stops_the_partition_and_names_what_is_missing() {
    DrivenTopology driven = driven();
    UUID item = new UUID(4, 4);
    driven.feed(created(item, 1));
    driven.feed(priced(item, 3));
    driven.feed(created(new UUID(4, 5), 1));
    assertThat(driven.progress.stopped())
        .singleElement()
        .asString()
        .contains(TENANT, "inventory-items/" + item, "expected version 2", "found 3", "offset 1");
    try (TenantViews views = driven.views(TENANT)) {
      assertThat(views.sequence()).isEqualTo(1);
    }
    assertThat(driven.progress.of(0).committable(3)).isEqualTo(1);
  }

  @Test
  void an_event_that_cannot_be_read_parks_its_stream_and_no_other() {
    DrivenTopology driven = driven();
    UUID broken = new UUID(5, 5);
    UUID sound = new UUID(5, 6);
    driven.feed(created(broken, 1));
    driven.feed(withData(priced(broken, 2), "{\"price\":"));
    driven.feed(priced(broken, 3));
    driven.feed(priced(broken, 3));
    driven.feed(created(sound, 1));
    try (TenantViews views = driven.views(TENANT)) {
      ParkedStream parked = requireNonNull(views.parked("inventory-items/" + broken));
      assertThat(parked.version()).isEqualTo(2);
      assertThat(parked.through()).isEqualTo(3);
      assertThat(parked.type()).isEqualTo("InventoryItemPriceChanged");
      assertThat(parked.error()).contains("PriceChanged");
      assertThat(views.parked()).containsExactly(parked);
      assertThat(views.parked("inventory-items/" + sound)).isNull();
      assertThat(views.appliedVersion("inventory-items/" + broken)).isEqualTo(1);
      assertThat(views.row(InventoryItems.VIEW, broken.toString())).isNotNull();
      assertThat(views.row(InventoryItems.VIEW, sound.toString())).isNotNull();
      assertThat(views.sequence()).isEqualTo(2);
    }
    List<TestRecord<byte[], byte[]>> letters = driven.written(Topics.DEAD_LETTERS);
    assertThat(letters).hasSize(2);
    assertThat(letters.getFirst().headers().lastHeader("xalesin_error").value()).isNotEmpty();
    assertThat(letters.getFirst().headers().lastHeader("ce_version").value())
        .isEqualTo("2".getBytes(UTF_8));
  }

  @Test
  void an_event_that_does_not_fit_its_row_parks_its_stream() {
    DrivenTopology driven = driven();
    driven.feed(priced(new UUID(6, 6), 1));
    try (TenantViews views = driven.views(TENANT)) {
      assertThat(views.parked())
          .singleElement()
          .satisfies(p -> assertThat(p.error()).contains("does not exist"));
      assertThat(views.sequence()).isZero();
    }
  }

  @Test
  void a_record_that_is_no_event_goes_to_the_dead_letters() {
    DrivenTopology driven = driven();
    driven.feed(TENANT, "{}".getBytes(UTF_8), new RecordHeaders());
    driven.feed(created(new UUID(7, 7), 1));
    assertThat(driven.written(Topics.DEAD_LETTERS)).hasSize(1);
    assertThat(driven.count("xalesin.views.unreadable")).isEqualTo(1);
    try (TenantViews views = driven.views(TENANT)) {
      assertThat(views.sequence()).isEqualTo(1);
    }
  }

  private static String hash(DrivenTopology driven) {
    try (TenantViews views = driven.views(TENANT)) {
      return ViewsHash.of(views);
    }
  }

  private static RecordedEvent created(UUID item, long version) {
    return RandomEvents.recorded(
        UUID.randomUUID(),
        TENANT,
        item,
        version,
        START,
        new Created("SKU-1", "Bolt", "", "steel", "each", PRICE, Quantity.ZERO, false));
  }

  private static RecordedEvent priced(UUID item, long version) {
    return RandomEvents.recorded(
        UUID.randomUUID(), TENANT, item, version, START, new PriceChanged(PRICE, PRICE));
  }

  private static RecordedEvent withData(RecordedEvent event, String data) {
    return new RecordedEvent(
        event.id(),
        event.tenant(),
        event.stream(),
        event.version(),
        event.type(),
        event.schemaVersion(),
        event.recordedAt(),
        event.actor(),
        event.correlationId(),
        event.causationId(),
        event.traceparent(),
        event.clientAddress(),
        data.getBytes(UTF_8));
  }

  private static List<String> tenantsOfPartition(int partition, int count) {
    List<String> tenants = new ArrayList<>();
    for (int i = 0; tenants.size() < count; i++) {
      if (Topics.partitionOf("tenant-" + i) == partition) {
        tenants.add("tenant-" + i);
      }
    }
    return tenants;
  }
}
