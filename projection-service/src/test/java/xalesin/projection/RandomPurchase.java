package xalesin.projection;

import static xalesin.projection.RandomSale.amount;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xalesin.projection.RandomSale.Bill;
import xalesin.schemas.DomainEvent;
import xalesin.schemas.Fraction;
import xalesin.schemas.LineQuantity;
import xalesin.schemas.Quantity;
import xalesin.schemas.purchasing.PurchaseOrderEvent.Approved;
import xalesin.schemas.purchasing.PurchaseOrderEvent.Billed;
import xalesin.schemas.purchasing.PurchaseOrderEvent.Cancelled;
import xalesin.schemas.purchasing.PurchaseOrderEvent.Closed;
import xalesin.schemas.purchasing.PurchaseOrderEvent.Paid;
import xalesin.schemas.purchasing.PurchaseOrderEvent.Placed;
import xalesin.schemas.purchasing.PurchaseOrderEvent.Received;
import xalesin.schemas.purchasing.PurchaseOrderEvent.ReceivedLine;
import xalesin.schemas.purchasing.PurchaseOrderEvent.Totals;
import xalesin.schemas.purchasing.PurchaseOrderLine;

/** As {@link RandomSale}, of a purchase order of one line without tax. */
public final class RandomPurchase {
  private static final UUID CASH = new UUID(0, 1);

  private final Random random;
  public final UUID id;
  public final UUID supplier;
  public final String currency;
  public final List<Bill> bills = new ArrayList<>();
  private final UUID item;
  private final String number;
  private final LocalDate date;
  private final long quantity;
  private final long cost;
  private long received;
  private long closed;
  private long billed;
  private long paid;
  private boolean approved;
  private boolean cancelled;

  RandomPurchase(Random random, UUID id, int number, LocalDate today, UUID item, UUID supplier) {
    this.random = random;
    this.id = id;
    this.number = "PO-%06d".formatted(number);
    this.supplier = supplier;
    this.currency = random.nextInt(4) == 0 ? "USD" : "EUR";
    this.item = item;
    this.date = today.minusDays(random.nextInt(150));
    this.quantity = 1L + random.nextInt(20);
    this.cost = 1L + random.nextInt(50);
  }

  DomainEvent placed() {
    PurchaseOrderLine line =
        new PurchaseOrderLine(
            item,
            "sku-" + item,
            "Item " + item,
            Quantity.of(quantity),
            amount(cost),
            Fraction.ZERO,
            "main",
            amount(total()),
            amount(0));
    return new Placed(
        number,
        supplier,
        "Supplier " + supplier,
        "ada",
        date,
        currency,
        "their reference",
        List.of(line),
        totals(total()));
  }

  private static Totals totals(long net) {
    return new Totals(amount(net), amount(0), amount(net));
  }

  /** What happens next, or null when nothing more can. */
  @Nullable DomainEvent next() {
    if (cancelled) {
      return null;
    }
    if (!approved || (received == 0 && random.nextInt(20) == 0)) {
      cancelled = random.nextInt(6) == 0;
      approved |= !cancelled;
      return cancelled ? new Cancelled("too dear") : new Approved("eve");
    }
    LocalDate day = date.plusDays(random.nextInt(40));
    int choice = random.nextInt(4);
    long left = quantity - closed - received;
    if (choice == 3 && received > 0 && left > 0) {
      closed = left;
      return new Closed("too late", List.of(new LineQuantity(1, Quantity.of(left))));
    }
    if (choice == 0 && left > 0) {
      long some = 1 + random.nextLong(left);
      received += some;
      ReceivedLine line = new ReceivedLine(1, Quantity.of(some), amount(some * cost));
      return new Received(day, List.of(line), some == left);
    }
    if (choice == 1 && billed < received) {
      long total = (received - billed) * cost;
      billed = received;
      LocalDate due = day.plusDays(10L * random.nextInt(10));
      bills.add(new Bill(due, total));
      return new Billed(day, due, totals(total), left == 0);
    }
    if (choice == 2 && paid < billed * cost) {
      long amount = 1 + random.nextLong(billed * cost - paid);
      paid += amount;
      return new Paid(amount(amount), day, CASH, amount(billed * cost - paid));
    }
    return null;
  }

  public long total() {
    return quantity * cost;
  }

  /** Of each bill, when what was paid settles the oldest first. */
  public List<Long> openOfBills() {
    List<Long> open = new ArrayList<>();
    long cumulated = 0;
    for (Bill bill : bills) {
      cumulated += bill.total();
      open.add(Math.max(0, Math.min(bill.total(), cumulated - paid)));
    }
    return open;
  }

  public String status() {
    if (cancelled) {
      return "cancelled";
    }
    if (!approved) {
      return "draft";
    }
    if (received + closed < quantity) {
      return received == 0 ? "approved" : "partially-received";
    }
    if (billed < received) {
      return "received";
    }
    return paid < billed * cost ? "billed" : "paid";
  }
}
