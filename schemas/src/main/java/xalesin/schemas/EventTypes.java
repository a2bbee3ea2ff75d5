package xalesin.schemas;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import xalesin.schemas.inventory.InventoryItemEvent;

/** Every type of event, by its stable name. A class may be renamed, its name here never. */
public final class EventTypes {
  private static final Map<String, Type> BY_NAME = new LinkedHashMap<>();
  private static final Map<Class<?>, Type> BY_CLASS = new LinkedHashMap<>();

  static {
    register("InventoryItemCreated", 1, InventoryItemEvent.Created.class);
    register("InventoryItemDetailsChanged", 1, InventoryItemEvent.DetailsChanged.class);
    register("InventoryItemPriceChanged", 1, InventoryItemEvent.PriceChanged.class);
    register("InventoryItemActivated", 1, InventoryItemEvent.Activated.class);
    register("InventoryItemDeactivated", 1, InventoryItemEvent.Deactivated.class);
    register("InventoryItemDeleted", 1, InventoryItemEvent.Deleted.class);
    register("StockReceived", 1, InventoryItemEvent.StockReceived.class);
    register("StockIssued", 1, InventoryItemEvent.StockIssued.class);
    register("StockTransferred", 1, InventoryItemEvent.StockTransferred.class);
    register("StockAdjusted", 1, InventoryItemEvent.StockAdjusted.class);
    register("StockReserved", 1, InventoryItemEvent.StockReserved.class);
    register("StockReservationReleased", 1, InventoryItemEvent.StockReservationReleased.class);
  }

  /**
   * @param name the stable name, as in {@code ce_type}
   * @param schemaVersion the version that is written now
   */
  public record Type(String name, int schemaVersion, Class<? extends DomainEvent> recordClass) {}

  private EventTypes() {}

  private static void register(
      String name, int schemaVersion, Class<? extends DomainEvent> recordClass) {
    Type type = new Type(name, schemaVersion, recordClass);
    BY_NAME.put(name, type);
    BY_CLASS.put(recordClass, type);
  }

  public static Iterable<Type> all() {
    return BY_NAME.values();
  }

  public static Type of(DomainEvent event) {
    return Objects.requireNonNull(
        BY_CLASS.get(event.getClass()), () -> "unregistered event " + event.getClass());
  }

  /**
   * Reads an event's data.
   *
   * @throws InvalidValueException when the type is unknown or its schema newer than this program
   * @throws java.io.UncheckedIOException when the data is not of the type's shape
   */
  public static DomainEvent read(String name, int schemaVersion, byte[] data) {
    Type type = BY_NAME.get(name);
    if (type == null) {
      throw new InvalidValueException("ce_type", "unknown event type " + name);
    }
    if (schemaVersion > type.schemaVersion()) {
      throw new InvalidValueException(
          "ce_dataschema",
          "schema version %d of %s is newer than this program".formatted(schemaVersion, name));
    }
    return Json.read(data, type.recordClass());
  }

  public static DomainEvent read(RecordedEvent event) {
    return read(event.type(), event.schemaVersion(), event.data());
  }
}
