package xalesin.projection.purchasing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import xalesin.projection.parties.Settlement;
import xalesin.schemas.Amount;
import xalesin.schemas.LineQuantity;
import xalesin.schemas.Quantity;
import xalesin.schemas.purchasing.PurchaseOrderEvent.Approved;
import xalesin.schemas.purchasing.PurchaseOrderEvent.Billed;
import xalesin.schemas.purchasing.PurchaseOrderEvent.Closed;
import xalesin.schemas.purchasing.PurchaseOrderEvent.LinesChanged;
import xalesin.schemas.purchasing.PurchaseOrderEvent.Received;
import xalesin.schemas.purchasing.PurchaseOrderEvent.ReceivedLine;
import xalesin.schemas.purchasing.PurchaseOrderEvent.Totals;
import xalesin.schemas.purchasing.PurchaseOrderLine;
import xalesin.schemas.purchasing.PurchaseOrderRow;
import xalesin.schemas.purchasing.PurchaseOrderRow.Bill;
import xalesin.schemas.purchasing.PurchaseOrderRow.Line;
import xalesin.schemas.purchasing.PurchaseOrderStatus;

/** A purchase order's row while an event changes it. Lives for one fold. */
final class PurchaseOrderDraft {
  private final PurchaseOrderRow before;
  private final List<Bill> bills;
  private List<Line> lines;
  private Totals totals;
  private String author;
  private @Nullable String approver;
  String status;
  Amount paid;

  PurchaseOrderDraft(PurchaseOrderRow before) {
    this.before = before;
    this.bills = new ArrayList<>(before.bills());
    this.lines = new ArrayList<>(before.lines());
    this.totals = new Totals(before.net(), before.tax(), before.total());
    this.author = before.author();
    this.approver = before.approver();
    this.status = before.status();
    this.paid = before.paid();
  }

  static List<Line> lines(List<PurchaseOrderLine> ordered) {
    List<Line> lines = new ArrayList<>(ordered.size());
    for (PurchaseOrderLine line : ordered) {
      lines.add(
          new Line(
              lines.size() + 1,
              line.item(),
              line.sku(),
              line.name(),
              line.quantity(),
              line.unitCost(),
              line.taxRate(),
              line.location(),
              line.net(),
              line.tax(),
              Quantity.ZERO,
              Quantity.ZERO,
              null));
    }
    return lines;
  }

  void order(LinesChanged now) {
    lines = lines(now.lines());
    totals = now.totals();
    author = now.author();
  }

  void approve(Approved approved) {
    approver = approved.approver();
    status = PurchaseOrderStatus.APPROVED;
  }

  void receive(Received delivery) {
    for (ReceivedLine received : delivery.lines()) {
      Line line = line(received.line());
      Quantity then = line.received().plus(received.quantity());
      lines.set(line.line() - 1, with(line, then, line.billed(), line.closed()));
    }
  }

  void close(Closed rest) {
    for (LineQuantity left : rest.lines()) {
      Line line = line(left.line());
      lines.set(line.line() - 1, with(line, line.received(), line.billed(), left.quantity()));
    }
  }

  private Line line(int number) {
    if (number < 1 || number > lines.size()) {
      throw new IllegalStateException("order %s has no line %d".formatted(before.id(), number));
    }
    return lines.get(number - 1);
  }

  /** A bill is for all that was received until then. */
  void bill(Billed billed) {
    lines.replaceAll(line -> with(line, line.received(), line.received(), line.closed()));
    Amount total = billed.totals().total();
    bills.add(new Bill(billed.date(), billed.dueDate(), total, total));
  }

  private static Line with(
      Line line, Quantity received, Quantity billed, @Nullable Quantity closed) {
    return new Line(
        line.line(),
        line.item(),
        line.sku(),
        line.name(),
        line.quantity(),
        line.unitCost(),
        line.taxRate(),
        line.location(),
        line.net(),
        line.tax(),
        received,
        billed,
        closed);
  }

  PurchaseOrderRow row(long version, Instant updatedAt) {
    List<Amount> billedTotals = bills.stream().map(Bill::total).toList();
    Amount billed = Settlement.sum(billedTotals);
    Amount open = billed.minus(paid);
    settle(Settlement.open(billedTotals, paid));
    return new PurchaseOrderRow(
        before.id(),
        before.number(),
        status(open),
        before.supplier(),
        author,
        approver,
        before.date(),
        before.currency(),
        List.copyOf(lines),
        totals.net(),
        totals.tax(),
        totals.total(),
        billed,
        paid,
        open,
        List.copyOf(bills),
        before.reference(),
        version,
        before.createdAt(),
        updatedAt);
  }

  private void settle(List<Amount> open) {
    for (int i = 0; i < open.size(); i++) {
      Bill bill = bills.get(i);
      bills.set(i, new Bill(bill.date(), bill.dueDate(), bill.total(), open.get(i)));
    }
  }

  /** See {@link PurchaseOrderStatus}. Drafts and cancelled orders stay so. */
  private String status(Amount open) {
    if (status.equals(PurchaseOrderStatus.DRAFT) || status.equals(PurchaseOrderStatus.CANCELLED)) {
      return status;
    }
    boolean anyReceived = false;
    boolean allReceived = true;
    boolean allBilled = true;
    for (Line line : lines) {
      anyReceived |= line.received().signum() > 0;
      Quantity closed = line.closed() == null ? Quantity.ZERO : line.closed();
      allReceived &= !line.received().plus(closed).isLessThan(line.quantity());
      allBilled &= !line.billed().isLessThan(line.received());
    }
    if (!allReceived) {
      return anyReceived ? PurchaseOrderStatus.PARTIALLY_RECEIVED : PurchaseOrderStatus.APPROVED;
    }
    if (!allBilled) {
      return PurchaseOrderStatus.RECEIVED;
    }
    return open.signum() > 0 ? PurchaseOrderStatus.BILLED : PurchaseOrderStatus.PAID;
  }
}
