package xalesin.projection;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import xalesin.schemas.DomainEvent;
import xalesin.schemas.EventTypes;
import xalesin.schemas.Json;
import xalesin.schemas.Money;
import xalesin.schemas.Quantity;
import xalesin.schemas.RecordedEvent;
import xalesin.schemas.StreamName;
import xalesin.schemas.inventory.InventoryItemEvent.Activated;
import xalesin.schemas.inventory.InventoryItemEvent.Created;
import xalesin.schemas.inventory.InventoryItemEvent.Deactivated;
import xalesin.schemas.inventory.InventoryItemEvent.Deleted;
import xalesin.schemas.inventory.InventoryItemEvent.DetailsChanged;
import xalesin.schemas.inventory.InventoryItemEvent.PriceChanged;
import xalesin.schemas.inventory.InventoryItemEvent.StockAdjusted;
import xalesin.schemas.inventory.InventoryItemEvent.StockIssued;
import xalesin.schemas.inventory.InventoryItemEvent.StockReceived;
import xalesin.schemas.inventory.InventoryItemEvent.StockReserved;
import xalesin.schemas.inventory.InventoryItemEvent.StockTransferred;

/** Events of a tenant's items, ledger and orders as they could have happened, from a seed. */
public final class RandomEvents {
  private static final Money COST = Money.of("8.25", "EUR");
  private static final int CATEGORIES = 4;

  private final Random random;
  private final String tenant;
  private final RandomLedger ledger;
  private final RandomTrade trade;
  private final List<UUID> items = new ArrayList<>();
  private final Map<StreamName, Long> versions = new HashMap<>();
  private Instant now;

  public RandomEvents(long seed, String tenant, Instant start) {
    this.random = new Random(seed);
    this.tenant = tenant;
    this.ledger = new RandomLedger(this.random, this::id);
    this.trade = new RandomTrade(this.random, this::id);
    this.now = start;
  }

  public List<RecordedEvent> next(int count) {
    List<RecordedEvent> events = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      events.add(next());
    }
    return events;
  }

  /** Times go on by up to six hours, and sometimes stand still as within one transaction. */
  public RecordedEvent next() {
    if (random.nextInt(4) > 0) {
      now = now.plus(Duration.ofNanos(1_000 * random.nextLong(6L * 3600 * 1_000_000)));
    }
    if (random.nextInt(3) == 0) {
      RandomLedger.Happening happening = ledger.next(now);
      return event(happening.stream(), happening.event());
    }
    if (random.nextInt(3) == 0) {
      RandomLedger.Happening happening = trade.next(now);
      return event(happening.stream(), happening.event());
    }
    if (items.isEmpty() || random.nextInt(12) == 0) {
      UUID id = id();
      items.add(id);
      return event(id, created(random.nextInt(1_000_000)));
    }
    UUID item = items.get(random.nextInt(items.size()));
    DomainEvent event = change(item);
    if (event instanceof Deleted) {
      items.remove(item);
    }
    return event(item, event);
  }

  private Created created(int number) {
    return new Created(
        "SKU-" + number,
        "Ítem " + number,
        "",
        category(),
        "each",
        Money.of("12.5", "EUR"),
        Quantity.ZERO,
        false);
  }

  private DomainEvent change(UUID item) {
    Quantity quantity = Quantity.of(1 + random.nextInt(20));
    return switch (random.nextInt(13)) {
      case 0 -> new Deleted("SKU of " + item);
      case 1 -> new Activated();
      case 2, 3 -> new Deactivated();
      case 4, 5 ->
          new DetailsChanged(
              "SKU-" + random.nextInt(1_000_000),
              "Renamed",
              "\0 in the text",
              category(),
              "box",
              quantity,
              true);
      case 6 -> new PriceChanged(COST, COST);
      case 7 -> new StockIssued(location(), quantity, "sold", COST, COST, null);
      case 8 -> new StockTransferred("here", "there", quantity);
      case 9 -> new StockAdjusted(location(), quantity.negated(), "counted", null, null);
      case 10 -> new StockReserved(location(), quantity, "SO-1");
      default -> new StockReceived(location(), quantity, COST, COST, COST, null);
    };
  }

  private String category() {
    return "category-" + random.nextInt(CATEGORIES);
  }

  private String location() {
    return random.nextBoolean() ? "here" : "there";
  }

  private UUID id() {
    return new UUID(random.nextLong(), random.nextLong());
  }

  private RecordedEvent event(UUID item, DomainEvent event) {
    return event(new StreamName(StreamName.INVENTORY_ITEMS, item), event);
  }

  private RecordedEvent event(StreamName stream, DomainEvent event) {
    long version = versions.merge(stream, 1L, Long::sum);
    return recorded(id(), tenant, stream, version, now, event);
  }

  /** An item's event as the log keeps it. */
  public static RecordedEvent recorded(
      UUID id, String tenant, UUID item, long version, Instant at, DomainEvent event) {
    StreamName stream = new StreamName(StreamName.INVENTORY_ITEMS, item);
    return recorded(id, tenant, stream, version, at, event);
  }

  /** An event as the log keeps it. */
  public static RecordedEvent recorded(
      UUID id, String tenant, StreamName stream, long version, Instant at, DomainEvent event) {
    EventTypes.Type type = EventTypes.of(event);
    return new RecordedEvent(
        id,
        tenant,
        stream.toString(),
        version,
        type.name(),
        type.schemaVersion(),
        at,
        "ada",
        "correlation",
        null,
        null,
        null,
        Json.write(event));
  }
}
