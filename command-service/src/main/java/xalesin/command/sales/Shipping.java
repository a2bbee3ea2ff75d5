package xalesin.command.sales;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import xalesin.command.decision.Refusal;
import xalesin.command.inventory.InventoryItemRefusal;
import xalesin.command.inventory.StockWork;
import xalesin.command.sales.FulfilmentRefusal.ExceededLine;
import xalesin.command.sales.FulfilmentRefusal.ShortLine;
import xalesin.command.sales.SalesOrder.Confirmed;
import xalesin.schemas.LineQuantity;
import xalesin.schemas.Quantity;
import xalesin.schemas.sales.SalesOrderCommand.Ship;
import xalesin.schemas.sales.SalesOrderEvent;
import xalesin.schemas.sales.SalesOrderEvent.ShippedLine;
import xalesin.schemas.sales.SalesOrderLine;

/** What was set aside leaves at its average cost, which is the cost of goods sold. Pure. */
final class Shipping {
  private Shipping() {}

  static @Nullable Refusal ship(OrderWork at, Confirmed order, Ship command) {
    List<LineQuantity> parts = command.lines() == null ? order.toShip() : command.lines();
    Refusal refusal =
        parts.isEmpty() ? new FulfilmentRefusal.NothingToShip() : notLeft(order, parts);
    if (refusal == null && order.steps().shipments() >= SalesOrder.MAX_STEPS) {
      // The last one leaves nothing, so that no order is stuck.
      refusal = parts.equals(order.toShip()) ? null : SalesOrderRefusal.TooMany.SHIPMENTS;
    }
    if (refusal != null) {
      return refusal;
    }
    at.prepare(
        order.origin().customer(),
        parts.stream().map(part -> order.line(part.line()).agreed().item()).toList());
    LocalDate date = at.date(command.date());
    List<ShippedLine> shipped = new ArrayList<>();
    List<ShortLine> shortLines = new ArrayList<>();
    for (LineQuantity part : parts) {
      SalesOrderLine line = order.line(part.line()).agreed();
      refusal =
          StockWork.release(
              at.work(), line.item(), line.location(), part.quantity(), at.document());
      if (refusal != null) {
        return refusal;
      }
      switch (issue(at, order, line, part.quantity())) {
        case StockWork.Moved(var cost) ->
            shipped.add(new ShippedLine(part.line(), part.quantity(), cost));
        case StockWork.NotMoved(InventoryItemRefusal.InsufficientStock lack) ->
            shortLines.add(ShortLine.of(part.line(), line, part.quantity(), lack.available()));
        case StockWork.NotMoved(var other) -> {
          return other;
        }
      }
    }
    if (!shortLines.isEmpty()) {
      // An item with backorders may be promised without being there, but then it cannot leave.
      return new FulfilmentRefusal.InsufficientStock(shortLines);
    }
    boolean isComplete = order.shipped(shipped).isShippedOut();
    at.happened(new SalesOrderEvent.Shipped(date, shipped, isComplete));
    return CostOfGoods.shipped(at, order, date, shipped);
  }

  private static @Nullable Refusal notLeft(Confirmed order, List<LineQuantity> parts) {
    Refusal unknown = order.unknownLine(parts);
    if (unknown != null) {
      return unknown;
    }
    List<ExceededLine> exceeded =
        ExceededLine.among(parts, part -> order.line(part.line()).toShip());
    return exceeded.isEmpty() ? null : new FulfilmentRefusal.ShipsTooMuch(exceeded);
  }

  private static StockWork.Move issue(
      OrderWork at, Confirmed order, SalesOrderLine line, Quantity quantity) {
    return StockWork.issue(
        at.work(),
        line.item(),
        line.location(),
        quantity,
        "Shipped for " + order.origin().number(),
        at.document());
  }
}
