package xalesin.command.inventory;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import xalesin.command.decision.Tree;
import xalesin.schemas.Money;
import xalesin.schemas.Quantity;
import xalesin.schemas.inventory.InventoryItemEvent;

/** An item of the inventory as its events tell. Immutable. */
public sealed interface InventoryItem {

  /** Nothing has happened under this id. */
  record None() implements InventoryItem {}

  /** Gone for good; its id and history stay. */
  record Deleted() implements InventoryItem {}

  /**
   * @param origin how it was created: creating it so again is no change
   * @param locations stock by location, those that ever had any
   * @param reservations what is set aside, by location and reference; no zeros
   * @param onHand over all locations
   * @param reserved over all locations
   * @param averageCost moving average of a unit, null until something was received
   * @param value what the stock is worth in the books, in the currency's smallest unit; null as
   *     average cost is
   */
  record Live(
      InventoryItemEvent.Created origin,
      InventoryItemEvent.DetailsChanged details,
      Money price,
      boolean active,
      Tree<String, Stock> locations,
      Tree<Place, Quantity> reservations,
      Quantity onHand,
      Quantity reserved,
      @Nullable Money averageCost,
      @Nullable Money value)
      implements InventoryItem {

    Stock at(String location) {
      Stock stock = locations.get(location);
      return stock == null ? Stock.NONE : stock;
    }

    Quantity reservedFor(String location, String reference) {
      Quantity quantity = reservations.get(new Place(location, reference));
      return quantity == null ? Quantity.ZERO : quantity;
    }

    private Live with(InventoryItemEvent.DetailsChanged changed) {
      return new Live(
          origin,
          changed,
          price,
          active,
          locations,
          reservations,
          onHand,
          reserved,
          averageCost,
          value);
    }

    private Live with(Money newPrice) {
      return new Live(
          origin,
          details,
          newPrice,
          active,
          locations,
          reservations,
          onHand,
          reserved,
          averageCost,
          value);
    }

    private Live active(boolean isActive) {
      return new Live(
          origin,
          details,
          price,
          isActive,
          locations,
          reservations,
          onHand,
          reserved,
          averageCost,
          value);
    }

    private Live costing(Money average) {
      return new Live(
          origin,
          details,
          price,
          active,
          locations,
          reservations,
          onHand,
          reserved,
          average,
          value);
    }

    /** Worth more, or less; by null when nothing was ever received at a cost. */
    private Live worth(@Nullable Money change, boolean less) {
      if (change == null) {
        return this;
      }
      BigDecimal signed = less ? change.amount().negate() : change.amount();
      BigDecimal before = value == null ? BigDecimal.ZERO : value.amount();
      Money after = new Money(before.add(signed), change.currency());
      return new Live(
          origin,
          details,
          price,
          active,
          locations,
          reservations,
          onHand,
          reserved,
          averageCost,
          after);
    }

    /** With more, or less, on hand at a location. */
    private Live moved(String location, Quantity change) {
      return new Live(
          origin,
          details,
          price,
          active,
          locations.with(location, at(location).moved(change)),
          reservations,
          onHand.plus(change),
          reserved,
          averageCost,
          value);
    }

    /** With more, or less, set aside at a location for a reference. */
    private Live setAside(String location, String reference, Quantity change) {
      Place place = new Place(location, reference);
      Quantity left = reservedFor(location, reference).plus(change);
      return new Live(
          origin,
          details,
          price,
          active,
          locations.with(location, at(location).setAside(change)),
          left.isZero() ? reservations.without(place) : reservations.with(place, left),
          onHand,
          reserved.plus(change),
          averageCost,
          value);
    }
  }

  /** Stock at one location. */
  record Stock(Quantity onHand, Quantity reserved) {
    static final Stock NONE = new Stock(Quantity.ZERO, Quantity.ZERO);

    Quantity available() {
      return onHand.minus(reserved);
    }

    private Stock moved(Quantity change) {
      return new Stock(onHand.plus(change), reserved);
    }

    private Stock setAside(Quantity change) {
      return new Stock(onHand, reserved.plus(change));
    }
  }

  /** Where and for what something is set aside. */
  record Place(String location, String reference) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      int byLocation = location.compareTo(other.location);
      return byLocation != 0 ? byLocation : reference.compareTo(other.reference);
    }
  }

  InventoryItem NONE = new None();

  /**
   * The state after an event.
   *
   * @throws IllegalStateException when the event cannot follow: the log is damaged
   */
  static InventoryItem evolve(InventoryItem item, InventoryItemEvent event) {
    return switch (item) {
      case None() when event instanceof InventoryItemEvent.Created created -> created(created);
      case Live live when !(event instanceof InventoryItemEvent.Created) -> live(live, event);
      case None(), Live _, Deleted() ->
          throw new IllegalStateException(
              "%s cannot follow in state %s"
                  .formatted(event.getClass().getSimpleName(), item.getClass().getSimpleName()));
    };
  }

  private static Live created(InventoryItemEvent.Created event) {
    return new Live(
        event,
        new InventoryItemEvent.DetailsChanged(
            event.sku(),
            event.name(),
            event.description(),
            event.category(),
            event.unit(),
            event.reorderLevel(),
            event.allowBackorder()),
        event.price(),
        true,
        Tree.empty(),
        Tree.empty(),
        Quantity.ZERO,
        Quantity.ZERO,
        null,
        null);
  }

  private static InventoryItem live(Live item, InventoryItemEvent event) {
    return switch (event) {
      case InventoryItemEvent.Created _ -> throw new IllegalStateException("created twice");
      case InventoryItemEvent.DetailsChanged changed -> item.with(changed);
      case InventoryItemEvent.PriceChanged(var price, _) -> item.with(price);
      case InventoryItemEvent.Activated() -> item.active(true);
      case InventoryItemEvent.Deactivated() -> item.active(false);
      case InventoryItemEvent.Deleted _ -> new Deleted();
      case InventoryItemEvent.StockReceived(
              var location,
              var quantity,
              _,
              var averageCost,
              var value,
              _) ->
          item.moved(location, quantity).costing(averageCost).worth(value, false);
      case InventoryItemEvent.StockIssued(var location, var quantity, _, _, var value, _) ->
          item.moved(location, quantity.negated()).worth(value, true);
      case InventoryItemEvent.StockTransferred(var from, var to, var quantity) ->
          item.moved(from, quantity.negated()).moved(to, quantity);
      case InventoryItemEvent.StockAdjusted(var location, var quantity, _, _, var value) ->
          item.moved(location, quantity).worth(value, false);
      case InventoryItemEvent.StockReserved(var location, var quantity, var reference) ->
          item.setAside(location, reference, quantity);
      case InventoryItemEvent.StockReservationReleased(var location, var quantity, var reference) ->
          item.setAside(location, reference, quantity.negated());
    };
  }
}
