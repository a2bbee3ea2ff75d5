package xalesin.schemas.inventory;

import org.jspecify.annotations.Nullable;
import xalesin.schemas.DomainEvent;
import xalesin.schemas.Money;
import xalesin.schemas.Quantity;

/**
 * What can happen to an inventory item. Costs are carried, not left to be worked out: a reader
 * never needs our rules to know what a movement was worth.
 */
public sealed interface InventoryItemEvent extends DomainEvent {
  record Created(
      String sku,
      String name,
      String description,
      String category,
      String unit,
      Money price,
      Quantity reorderLevel,
      boolean allowBackorder)
      implements InventoryItemEvent {}

  /** All details as they are from now on, the unchanged ones too. */
  record DetailsChanged(
      String sku,
      String name,
      String description,
      String category,
      String unit,
      Quantity reorderLevel,
      boolean allowBackorder)
      implements InventoryItemEvent {}

  record PriceChanged(Money price, Money previousPrice) implements InventoryItemEvent {}

  record Activated() implements InventoryItemEvent {}

  record Deactivated() implements InventoryItemEvent {}

  record Deleted(String sku) implements InventoryItemEvent {}

  /**
   * @param quantity greater than zero
   * @param unitCost what one unit cost
   * @param averageCost the item's moving average cost of a unit after this receipt
   * @param value by how much the stock is worth more, in the currency's smallest unit
   * @param reference the document that it came with, such as {@code purchase-orders/…}, or null
   */
  record StockReceived(
      String location,
      Quantity quantity,
      Money unitCost,
      Money averageCost,
      Money value,
      @Nullable String reference)
      implements InventoryItemEvent {}

  /**
   * @param quantity greater than zero
   * @param unitCost the moving average at which it left, or null when nothing was ever received at
   *     a cost
   * @param value by how much the stock is worth less, in the currency's smallest unit; null as unit
   *     cost is
   * @param reference the document for which it left, such as {@code sales-orders/…}, or null
   */
  record StockIssued(
      String location,
      Quantity quantity,
      String reason,
      @Nullable Money unitCost,
      @Nullable Money value,
      @Nullable String reference)
      implements InventoryItemEvent {}

  /** Moved between two locations of the tenant; quantity greater than zero. */
  record StockTransferred(String from, String to, Quantity quantity)
      implements InventoryItemEvent {}

  /**
   * @param quantity what was found to be more (positive) or less (negative) than booked
   * @param unitCost the moving average at which it is valued, or null when nothing was ever
   *     received at a cost
   * @param value by how much the stock is worth more (or less, when negative), in the currency's
   *     smallest unit; null as unit cost is
   */
  record StockAdjusted(
      String location,
      Quantity quantity,
      String reason,
      @Nullable Money unitCost,
      @Nullable Money value)
      implements InventoryItemEvent {}

  /** Set aside for the reference (an order, say); quantity greater than zero. */
  record StockReserved(String location, Quantity quantity, String reference)
      implements InventoryItemEvent {}

  /** No longer set aside for the reference; quantity greater than zero. */
  record StockReservationReleased(String location, Quantity quantity, String reference)
      implements InventoryItemEvent {}
}
