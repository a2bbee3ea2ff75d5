package xalesin.command.sales;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xalesin.command.decision.Refusal;
import xalesin.command.inventory.InventoryItem;
import xalesin.command.inventory.StockWork;
import xalesin.command.sales.FulfilmentRefusal.ShortLine;
import xalesin.command.sales.SalesOrder.Confirmed;
import xalesin.command.sales.SalesOrder.Draft;
import xalesin.schemas.LineQuantity;
import xalesin.schemas.Quantity;
import xalesin.schemas.sales.SalesOrderEvent;
import xalesin.schemas.sales.SalesOrderLine;

/** Promising an order, and giving it up: goods and credit are taken for it, or set free. Pure. */
final class Confirming {
  private Confirming() {}

  /** All lines are set aside or none is. */
  static @Nullable Refusal confirm(OrderWork at, Draft order) {
    at.prepare(order.origin().customer(), items(order.lines()));
    Refusal refusal = obstacle(at, order);
    if (refusal != null) {
      return refusal;
    }
    at.happened(new SalesOrderEvent.Confirmed());
    for (SalesOrderLine line : order.lines()) {
      refusal =
          StockWork.reserve(
              at.work(), line.item(), line.location(), line.quantity(), at.document());
      if (refusal != null) {
        return refusal;
      }
    }
    CustomerCredit.take(at, order);
    return null;
  }

  private static @Nullable Refusal obstacle(OrderWork at, Draft order) {
    Refusal refusal = at.unfit(order.origin().customer());
    if (refusal == null) {
      refusal = unsaleable(at, order);
    }
    if (refusal == null) {
      refusal = lack(at, order);
    }
    return refusal == null ? CustomerCredit.lack(at, order) : refusal;
  }

  /** Items may have been deleted or deactivated since the order was placed. */
  private static @Nullable Refusal unsaleable(OrderWork at, Draft order) {
    List<SalesOrderRefusal.Line> unknown = new ArrayList<>();
    List<SalesOrderRefusal.Line> inactive = new ArrayList<>();
    for (int i = 0; i < order.lines().size(); i++) {
      UUID id = order.lines().get(i).item();
      InventoryItem.Live item = StockWork.item(at.work(), id);
      if (item == null) {
        unknown.add(new SalesOrderRefusal.Line(i + 1, id));
      } else if (!item.active()) {
        inactive.add(new SalesOrderRefusal.Line(i + 1, id));
      }
    }
    if (!unknown.isEmpty()) {
      return new PlacingRefusal.UnknownItems(unknown);
    }
    return inactive.isEmpty() ? null : new PlacingRefusal.ItemsInactive(inactive);
  }

  /** Where an item is. */
  private record Place(UUID item, String location) {}

  /** Lines take from the same stock one after another, as far as it goes. */
  private static @Nullable Refusal lack(OrderWork at, Draft order) {
    Map<Place, Quantity> left = new HashMap<>();
    List<ShortLine> shortLines = new ArrayList<>();
    for (int i = 0; i < order.lines().size(); i++) {
      SalesOrderLine line = order.lines().get(i);
      InventoryItem.Live item = StockWork.item(at.work(), line.item());
      if (item == null || item.details().allowBackorder()) {
        continue;
      }
      Place place = new Place(line.item(), line.location());
      Quantity available = left.getOrDefault(place, available(item, line.location()));
      boolean isShort = available.isLessThan(line.quantity());
      if (isShort) {
        shortLines.add(ShortLine.of(i + 1, line, line.quantity(), available));
      }
      left.put(place, isShort ? Quantity.ZERO : available.minus(line.quantity()));
    }
    return shortLines.isEmpty() ? null : new FulfilmentRefusal.InsufficientStock(shortLines);
  }

  private static Quantity available(InventoryItem.Live item, String location) {
    InventoryItem.Stock stock = item.locations().get(location);
    return stock == null ? Quantity.ZERO : stock.onHand().minus(stock.reserved());
  }

  /** Nothing was taken for a draft. */
  static @Nullable Refusal cancel(OrderWork at, String reason) {
    at.happened(new SalesOrderEvent.Cancelled(reason));
    return null;
  }

  static @Nullable Refusal cancel(OrderWork at, Confirmed order, String reason) {
    if (order.isShippedInPart()) {
      return new FulfilmentRefusal.AlreadyShipped();
    }
    return setFree(at, order, order.toShip(), new SalesOrderEvent.Cancelled(reason));
  }

  /** What is left to ship is given up; when nothing is, there is nothing to do. */
  static @Nullable Refusal close(OrderWork at, Confirmed order, String reason) {
    if (!order.isShippedInPart()) {
      return new FulfilmentRefusal.NothingShipped();
    }
    List<LineQuantity> left = order.toShip();
    return left.isEmpty()
        ? null
        : setFree(at, order, left, new SalesOrderEvent.Closed(reason, left));
  }

  /** Goods and credit that the order needs no more after the event. */
  private static @Nullable Refusal setFree(
      OrderWork at, Confirmed order, List<LineQuantity> parts, SalesOrderEvent event) {
    List<UUID> items = parts.stream().map(part -> order.line(part.line()).agreed().item()).toList();
    at.prepare(order.origin().customer(), items);
    at.happened(event);
    for (LineQuantity part : parts) {
      SalesOrderLine line = order.line(part.line()).agreed();
      Refusal refusal =
          StockWork.release(
              at.work(), line.item(), line.location(), part.quantity(), at.document());
      if (refusal != null) {
        return refusal;
      }
    }
    CustomerCredit.settle(at, order);
    return null;
  }

  private static List<UUID> items(List<SalesOrderLine> lines) {
    return lines.stream().map(SalesOrderLine::item).toList();
  }
}
