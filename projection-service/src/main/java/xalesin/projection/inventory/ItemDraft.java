package xalesin.projection.inventory;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import xalesin.schemas.Money;
import xalesin.schemas.Quantity;
import xalesin.schemas.inventory.InventoryItemEvent.DetailsChanged;
import xalesin.schemas.inventory.InventoryItemRow;
import xalesin.schemas.inventory.InventoryItemRow.Location;

/** An item's row while an event changes it. Lives for one fold. */
final class ItemDraft {
  private final InventoryItemRow before;
  private List<Location> locations;
  private Quantity onHand;
  private Quantity reserved;
  DetailsChanged details;
  Money price;
  String status;
  @Nullable Money averageCost;
  private @Nullable Money value;

  ItemDraft(InventoryItemRow before) {
    this.before = before;
    this.locations = before.locations();
    this.onHand = before.onHand();
    this.reserved = before.reserved();
    this.details =
        new DetailsChanged(
            before.sku(),
            before.name(),
            before.description(),
            before.category(),
            before.unit(),
            before.reorderLevel(),
            before.allowBackorder());
    this.price = before.price();
    this.status = before.status();
    this.averageCost = before.averageCost();
    this.value = before.value();
  }

  /** Changes what is there by a signed quantity. */
  void onHand(String location, Quantity change) {
    onHand = onHand.plus(change);
    at(location, change, Quantity.ZERO);
  }

  /** Changes what the stock is worth by a signed amount; by null when that is not known. */
  void worth(@Nullable Money change) {
    if (change != null) {
      BigDecimal known = value == null ? BigDecimal.ZERO : value.amount();
      value = new Money(known.add(change.amount()), change.currency());
    }
  }

  /** Changes what is set aside by a signed quantity. */
  void reserved(String location, Quantity change) {
    reserved = reserved.plus(change);
    at(location, Quantity.ZERO, change);
  }

  private void at(String name, Quantity onHandChange, Quantity reservedChange) {
    List<Location> changed = new ArrayList<>(locations.size() + 1);
    int i = 0;
    while (i < locations.size() && locations.get(i).location().compareTo(name) < 0) {
      changed.add(locations.get(i++));
    }
    Location here = new Location(name, Quantity.ZERO, Quantity.ZERO, Quantity.ZERO);
    if (i < locations.size() && locations.get(i).location().equals(name)) {
      here = locations.get(i++);
    }
    Quantity nowOnHand = here.onHand().plus(onHandChange);
    Quantity nowReserved = here.reserved().plus(reservedChange);
    changed.add(new Location(name, nowOnHand, nowReserved, nowOnHand.minus(nowReserved)));
    changed.addAll(locations.subList(i, locations.size()));
    locations = changed;
  }

  InventoryItemRow row(long version, Instant updatedAt) {
    return new InventoryItemRow(
        before.id(),
        details.sku(),
        details.name(),
        details.description(),
        details.category(),
        details.unit(),
        status,
        price,
        onHand,
        reserved,
        onHand.minus(reserved),
        List.copyOf(locations),
        averageCost,
        value,
        details.reorderLevel(),
        details.allowBackorder(),
        version,
        before.createdAt(),
        updatedAt);
  }
}
