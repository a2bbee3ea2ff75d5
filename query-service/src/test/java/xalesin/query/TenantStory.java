package xalesin.query;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import xalesin.schemas.ConsistencyToken;
import xalesin.schemas.DomainEvent;
import xalesin.schemas.EventTypes;
import xalesin.schemas.Json;
import xalesin.schemas.Money;
import xalesin.schemas.Quantity;
import xalesin.schemas.RecordedEvent;
import xalesin.schemas.StreamName;
import xalesin.schemas.inventory.InventoryItemEvent;
import xalesin.schemas.inventory.InventoryItemEvent.StockIssued;
import xalesin.schemas.inventory.InventoryItemEvent.StockReceived;

/**
 * What happens to one tenant in a test, sent as it is told, and what its lists must therefore hold:
 * a model of the rows, kept apart from the views. For one thread.
 */
final class TenantStory {
  private static final AtomicInteger TENANTS = new AtomicInteger();
  private static final Instant BEGIN = Instant.parse("2025-11-01T08:00:00Z");
  private static final Money PRICE = Money.of("9.90", "EUR");

  /** An item as the lists order it. */
  static final class Item {
    final UUID id;
    String sku = "";
    String category = "";
    String status = "active";
    Instant updatedAt = BEGIN;
    long version;
    int onHand;

    Item(UUID id) {
      this.id = id;
    }
  }

  /** A movement as the lists order it. */
  record Movement(UUID id, UUID item, String kind, Instant date) {}

  private final String tenant;
  private final Consumer<RecordedEvent> sink;
  private final Map<UUID, Item> items = new LinkedHashMap<>();
  private final List<Movement> movements = new ArrayList<>();
  private final List<RecordedEvent> events = new ArrayList<>();
  private final Map<StreamName, Long> versions = new HashMap<>();
  private String user = "tester";
  private Instant now = BEGIN;
  private @Nullable ConsistencyToken newest;

  TenantStory(String tenant, Consumer<RecordedEvent> sink) {
    this.tenant = tenant;
    this.sink = sink;
  }

  /** A tenant that no other test has. */
  static TenantStory of(String prefix, Consumer<RecordedEvent> sink) {
    return new TenantStory(prefix + "-" + TENANTS.incrementAndGet(), sink);
  }

  String tenant() {
    return tenant;
  }

  List<Item> items() {
    return List.copyOf(items.values());
  }

  Item item(UUID id) {
    Item item = items.get(id);
    if (item == null) {
      throw new IllegalArgumentException("no item " + id);
    }
    return item;
  }

  List<Movement> movements() {
    return List.copyOf(movements);
  }

  /** All that has happened, in order. */
  List<RecordedEvent> events() {
    return List.copyOf(events);
  }

  List<RecordedEvent> events(StreamName stream) {
    return events.stream().filter(e -> e.stream().equals(stream.toString())).toList();
  }

  /** Whoever does what happens from now on. */
  TenantStory by(String newUser) {
    user = newUser;
    return this;
  }

  Instant now() {
    return now;
  }

  /** Names the newest event of the story. */
  String token() {
    ConsistencyToken token = newest;
    if (token == null) {
      throw new IllegalStateException("nothing has happened yet");
    }
    return token.encode();
  }

  /** Events have the same time until it passes: ties are part of a list's life. */
  TenantStory after(long millis) {
    now = now.plus(millis, ChronoUnit.MILLIS);
    return this;
  }

  UUID create(String sku, String category) {
    return create(UUID.randomUUID(), sku, category);
  }

  UUID create(UUID id, String sku, String category) {
    Item item = new Item(id);
    item.sku = sku;
    item.category = category;
    items.put(id, item);
    happen(
        item,
        new InventoryItemEvent.Created(
            sku, "Item " + sku, "", category, "each", PRICE, Quantity.ZERO, false));
    return id;
  }

  void recategorise(UUID id, String category) {
    Item item = item(id);
    item.category = category;
    happen(
        item,
        new InventoryItemEvent.DetailsChanged(
            item.sku, "Item " + item.sku, "", category, "each", Quantity.ZERO, false));
  }

  void describe(UUID id, String name, String description) {
    Item item = item(id);
    happen(
        item,
        new InventoryItemEvent.DetailsChanged(
            item.sku, name, description, item.category, "each", Quantity.ZERO, false));
  }

  void deactivate(UUID id) {
    item(id).status = "inactive";
    happen(item(id), new InventoryItemEvent.Deactivated());
  }

  void activate(UUID id) {
    item(id).status = "active";
    happen(item(id), new InventoryItemEvent.Activated());
  }

  void delete(UUID id) {
    Item item = item(id);
    happen(item, new InventoryItemEvent.Deleted(item.sku));
    items.remove(id);
  }

  void receive(UUID id, int quantity) {
    Item item = item(id);
    item.onHand += quantity;
    UUID event =
        happen(
            item,
            new StockReceived("main", Quantity.of(quantity), PRICE, PRICE, worth(quantity), null));
    movements.add(new Movement(event, id, "receipt", now));
  }

  void issue(UUID id, int quantity) {
    Item item = item(id);
    item.onHand -= quantity;
    UUID event =
        happen(
            item,
            new StockIssued("main", Quantity.of(quantity), "sold", PRICE, worth(quantity), null));
    movements.add(new Movement(event, id, "issue", now));
  }

  private static Money worth(int quantity) {
    return new Money(PRICE.amount().multiply(BigDecimal.valueOf(quantity)), PRICE.currency());
  }

  private UUID happen(Item item, DomainEvent event) {
    item.version++;
    item.updatedAt = now;
    return happen(new StreamName(StreamName.INVENTORY_ITEMS, item.id), event).id();
  }

  /** Anything, to any stream. */
  RecordedEvent happen(StreamName stream, DomainEvent event) {
    long version = versions.merge(stream, 1L, Long::sum);
    newest = new ConsistencyToken(stream, version);
    EventTypes.Type type = EventTypes.of(event);
    RecordedEvent recorded =
        new RecordedEvent(
            UUID.randomUUID(),
            tenant,
            stream.toString(),
            version,
            type.name(),
            type.schemaVersion(),
            now,
            user,
            "story",
            "command-" + version,
            null,
            "192.0.2.7",
            Json.write(event));
    events.add(recorded);
    sink.accept(recorded);
    return recorded;
  }
}
