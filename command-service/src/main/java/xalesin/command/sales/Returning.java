package xalesin.command.sales;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import xalesin.command.decision.Refusal;
import xalesin.command.inventory.StockWork;
import xalesin.command.sales.FulfilmentRefusal.ExceededLine;
import xalesin.command.sales.SalesOrder.Confirmed;
import xalesin.command.settings.Tenants;
import xalesin.schemas.Amount;
import xalesin.schemas.LineQuantity;
import xalesin.schemas.sales.SalesOrderCommand.Return;
import xalesin.schemas.sales.SalesOrderEvent;
import xalesin.schemas.sales.SalesOrderEvent.ReturnedLine;
import xalesin.schemas.sales.SalesOrderEvent.Totals;
import xalesin.schemas.sales.SalesOrderLine;
import xalesin.schemas.settings.DocumentKind;

/**
 * Goods come back into stock at what they were worth when they left. What of them had been billed
 * is credited; what had not will not be. Pure.
 */
final class Returning {
  private Returning() {}

  static @Nullable Refusal takeBack(OrderWork at, Confirmed order, Return command) {
    Refusal refusal =
        order.steps().returns() < SalesOrder.MAX_STEPS
            ? notAtCustomer(order, command.lines())
            : SalesOrderRefusal.TooMany.RETURNS;
    if (refusal != null) {
      return refusal;
    }
    List<ReturnedLine> returned = new ArrayList<>();
    for (LineQuantity part : command.lines()) {
      returned.add(
          order.line(part.line()).takeBack(part.line(), part.quantity(), order.currency()));
    }
    refusal = restock(at, order, returned);
    if (refusal != null) {
      return refusal;
    }
    LocalDate date = at.date(command.date());
    boolean isCredited = returned.stream().anyMatch(line -> line.credited().signum() > 0);
    String creditNote =
        isCredited ? Tenants.number(at.work(), DocumentKind.CREDIT_NOTE, date) : null;
    Totals totals = totals(returned);
    at.happened(new SalesOrderEvent.Returned(date, command.reason(), creditNote, returned, totals));
    refusal = CostOfGoods.returned(at, order, date, returned);
    if (refusal == null && creditNote != null) {
      refusal = Billing.credit(at, order, date, creditNote, totals);
    }
    CustomerCredit.settle(at, order);
    return refusal;
  }

  private static @Nullable Refusal notAtCustomer(Confirmed order, List<LineQuantity> parts) {
    Refusal unknown = order.unknownLine(parts);
    if (unknown != null) {
      return unknown;
    }
    List<ExceededLine> exceeded =
        ExceededLine.among(parts, part -> order.line(part.line()).atCustomer());
    return exceeded.isEmpty() ? null : new FulfilmentRefusal.ReturnsTooMuch(exceeded);
  }

  private static @Nullable Refusal restock(
      OrderWork at, Confirmed order, List<ReturnedLine> returned) {
    at.prepare(
        order.origin().customer(),
        returned.stream().map(part -> order.line(part.line()).agreed().item()).toList());
    for (ReturnedLine part : returned) {
      SalesOrderLine line = order.line(part.line()).agreed();
      if (StockWork.item(at.work(), line.item()) == null) {
        return new PlacingRefusal.UnknownItems(
            List.of(new SalesOrderRefusal.Line(part.line(), line.item())));
      }
      StockWork.Move move =
          StockWork.takeBack(
              at.work(), line.item(), line.location(), part.quantity(), part.cost(), at.document());
      if (move instanceof StockWork.NotMoved(var refusal)) {
        return refusal;
      }
    }
    return null;
  }

  /** Freight is not given back. */
  private static Totals totals(List<ReturnedLine> lines) {
    Amount net = Amount.ZERO;
    Amount tax = Amount.ZERO;
    for (ReturnedLine line : lines) {
      net = net.plus(line.net());
      tax = tax.plus(line.tax());
    }
    return Pricing.totals(net, tax, Amount.ZERO);
  }
}
