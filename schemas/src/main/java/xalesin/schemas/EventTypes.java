package xalesin.schemas;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import xalesin.schemas.finance.AccountEvent;
import xalesin.schemas.finance.FinancialTransactionEvent;
import xalesin.schemas.inventory.InventoryItemEvent;
import xalesin.schemas.parties.CreditEvent;
import xalesin.schemas.parties.PartyEvent;
import xalesin.schemas.purchasing.PurchaseOrderEvent;
import xalesin.schemas.sales.SalesOrderEvent;
import xalesin.schemas.settings.TenantSettingsEvent;

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
    register("StockReceived", 2, InventoryItemEvent.StockReceived.class);
    register("StockIssued", 2, InventoryItemEvent.StockIssued.class);
    register("StockTransferred", 1, InventoryItemEvent.StockTransferred.class);
    register("StockAdjusted", 2, InventoryItemEvent.StockAdjusted.class);
    register("StockReserved", 1, InventoryItemEvent.StockReserved.class);
    register("StockReservationReleased", 1, InventoryItemEvent.StockReservationReleased.class);
    register("TenantEstablished", 1, TenantSettingsEvent.Established.class);
    register("TenantSettingsChanged", 1, TenantSettingsEvent.Changed.class);
    register("PeriodClosed", 1, TenantSettingsEvent.PeriodClosed.class);
    register("PeriodReopened", 1, TenantSettingsEvent.PeriodReopened.class);
    register("AccountOpened", 1, AccountEvent.Opened.class);
    register("AccountDetailsChanged", 1, AccountEvent.DetailsChanged.class);
    register("AccountClosed", 1, AccountEvent.Closed.class);
    register("TransactionPosted", 1, FinancialTransactionEvent.Posted.class);
    register("TransactionReversed", 1, FinancialTransactionEvent.Reversed.class);
    register("PartyRegistered", 1, PartyEvent.Registered.class);
    register("PartyDetailsChanged", 1, PartyEvent.DetailsChanged.class);
    register("PartyActivated", 1, PartyEvent.Activated.class);
    register("PartyDeactivated", 1, PartyEvent.Deactivated.class);
    register("CreditTaken", 1, CreditEvent.Taken.class);
    register("CreditGivenBack", 1, CreditEvent.GivenBack.class);
    register("SalesOrderPlaced", 1, SalesOrderEvent.Placed.class);
    register("SalesOrderLinesChanged", 1, SalesOrderEvent.LinesChanged.class);
    register("SalesOrderConfirmed", 1, SalesOrderEvent.Confirmed.class);
    register("SalesOrderShipped", 1, SalesOrderEvent.Shipped.class);
    register("SalesOrderInvoiced", 1, SalesOrderEvent.Invoiced.class);
    register("SalesOrderPaid", 1, SalesOrderEvent.Paid.class);
    register("SalesOrderReturned", 1, SalesOrderEvent.Returned.class);
    register("SalesOrderCancelled", 1, SalesOrderEvent.Cancelled.class);
    register("SalesOrderClosed", 1, SalesOrderEvent.Closed.class);
    register("PurchaseOrderPlaced", 1, PurchaseOrderEvent.Placed.class);
    register("PurchaseOrderLinesChanged", 1, PurchaseOrderEvent.LinesChanged.class);
    register("PurchaseOrderApproved", 1, PurchaseOrderEvent.Approved.class);
    register("PurchaseOrderReceived", 1, PurchaseOrderEvent.Received.class);
    register("PurchaseOrderBilled", 1, PurchaseOrderEvent.Billed.class);
    register("PurchaseOrderPaid", 1, PurchaseOrderEvent.Paid.class);
    register("PurchaseOrderCancelled", 1, PurchaseOrderEvent.Cancelled.class);
    register("PurchaseOrderClosed", 1, PurchaseOrderEvent.Closed.class);
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
   * Reads an event's data, brought to the newest schema first.
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
    byte[] current =
        schemaVersion == type.schemaVersion()
            ? data
            : Upcasters.upcast(name, schemaVersion, type.schemaVersion(), data);
    return Json.read(current, type.recordClass());
  }

  public static DomainEvent read(RecordedEvent event) {
    return read(event.type(), event.schemaVersion(), event.data());
  }
}
