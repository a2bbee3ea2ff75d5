package xalesin.bench.past;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.BitSet;
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

/**
 * Orders are placed; one in twenty is approved, one in fifty cancelled. A group is a supplier,
 * registered at the first order.
 */
final class PurchaseOrderPast extends Past {
  private static final int APPROVED = 20;
  private static final int CANCELLED = 50;
  private static final int COST = 7;

  private final BitSet known = new BitSet();

  PurchaseOrderPast(int rows, long seed, Instant end) {
    super(rows, seed, end);
  }

  @Override
  public List<Question> questions() {
    String orders = StreamName.PURCHASE_ORDERS;
    String large = supplier(LARGE);
    return List.of(
        new Question(
            "purchase orders by status and date",
            orders,
            "by-status-and-date",
            List.of("status=draft", "status=cancelled"),
            List.of(),
            days("status=draft", "date")),
        new Question(
            "purchase orders by supplier and date",
            orders,
            "by-supplier-and-date",
            List.of(large),
            some(groups() - 1, this::supplier),
            days(large, "date")));
  }

  private String supplier(int number) {
    return "supplier=" + id(StreamName.PARTIES, number);
  }

  @Override
  void tell(int number, Instant at, List<Happening> happenings) {
    int supplier = group();
    String actor = actor();
    if (!known.get(supplier)) {
      known.set(supplier);
      String party = stream(StreamName.PARTIES, supplier);
      happenings.add(
          new Happening(
              party, 1, PartyPast.registered(supplier, supplier, PartyKind.SUPPLIER), at, actor));
    }
    String stream = stream(StreamName.PURCHASE_ORDERS, number);
    happenings.add(new Happening(stream, 1, placed(number, supplier, at, actor), at, actor));
    PurchaseOrderEvent next =
        oneIn(APPROVED)
            ? new Approved("approver")
            : oneIn(CANCELLED) ? new Cancelled("ordered twice") : null;
    if (next != null) {
      happenings.add(new Happening(stream, 2, next, at.plusSeconds(1), actor));
    }
  }

  private Placed placed(int number, int supplier, Instant at, String author) {
    LocalDate date = at.atOffset(ZoneOffset.UTC).toLocalDate();
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
}
