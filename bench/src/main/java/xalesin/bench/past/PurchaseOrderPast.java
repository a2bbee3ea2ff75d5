package xalesin.bench.past;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import xalesin.schemas.Amount;
import xalesin.schemas.Fraction;
import xalesin.schemas.Quantity;
import xalesin.schemas.StreamName;
import xalesin.schemas.parties.PartyKind;
import xalesin.schemas.purchasing.PurchaseOrderEvent;
import xalesin.schemas.purchasing.PurchaseOrderEvent.Approved;
import xalesin.schemas.purchasing.PurchaseOrderEvent.Cancelled;
import xalesin.schemas.purchasing.PurchaseOrderEvent.Placed;
import xalesin.schemas.purchasing.PurchaseOrderEvent.Totals;
import xalesin.schemas.purchasing.PurchaseOrderLine;

/** Orders at suppliers; those that go on are approved. */
final class PurchaseOrderPast extends OrderPast {
  private static final int COST = 7;

  PurchaseOrderPast(int rows, long seed, Instant end) {
    super(rows, seed, end, StreamName.PURCHASE_ORDERS, PartyKind.SUPPLIER);
  }

  @Override
  PurchaseOrderEvent placed(int number, int supplier, LocalDate date, String author) {
    int quantity = 10 + random.nextInt(90);
    Amount net = Amount.of(Integer.toString(quantity * COST));
    PurchaseOrderLine line =
        new PurchaseOrderLine(
            id(StreamName.INVENTORY_ITEMS, number % PER_GROUP),
            ItemPast.sku(number % PER_GROUP),
            "Bolt M8 steel",
            Quantity.of(quantity),
            Amount.of(Integer.toString(COST)),
            Fraction.ZERO,
            "main",
            net,
            Amount.ZERO);
    return new Placed(
        number("PO-" + date.getYear(), number),
        id(StreamName.PARTIES, supplier),
        PartyPast.name(supplier, supplier),
        author,
        date,
        CURRENCY,
        null,
        List.of(line),
        new Totals(net, Amount.ZERO, net));
  }

  @Override
  PurchaseOrderEvent next() {
    return new Approved("approver");
  }

  @Override
  PurchaseOrderEvent cancelled() {
    return new Cancelled(TWICE);
  }
}
