package xalesin.projection.sales;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import xalesin.projection.parties.Settlement;
import xalesin.schemas.Amount;
import xalesin.schemas.LineQuantity;
import xalesin.schemas.Quantity;
import xalesin.schemas.sales.SalesOrderEvent.BilledLine;
import xalesin.schemas.sales.SalesOrderEvent.Closed;
import xalesin.schemas.sales.SalesOrderEvent.Invoiced;
import xalesin.schemas.sales.SalesOrderEvent.Returned;
import xalesin.schemas.sales.SalesOrderEvent.ReturnedLine;
import xalesin.schemas.sales.SalesOrderEvent.Shipped;
import xalesin.schemas.sales.SalesOrderEvent.ShippedLine;
import xalesin.schemas.sales.SalesOrderEvent.Totals;
import xalesin.schemas.sales.SalesOrderLine;
import xalesin.schemas.sales.SalesOrderRow;
import xalesin.schemas.sales.SalesOrderRow.CreditNote;
import xalesin.schemas.sales.SalesOrderRow.Invoice;
import xalesin.schemas.sales.SalesOrderRow.Line;
import xalesin.schemas.sales.SalesOrderStatus;

/** A sales order's row while an event changes it. Lives for one fold. */
final class SalesOrderDraft {
  private final SalesOrderRow before;
  private final List<Invoice> invoices;
  private final List<CreditNote> creditNotes;
  private List<Line> lines;
  private Totals totals;
  String status;
  Amount paid;

  SalesOrderDraft(SalesOrderRow before) {
    this.before = before;
    this.invoices = new ArrayList<>(before.invoices());
    this.creditNotes = new ArrayList<>(before.creditNotes());
    this.lines = new ArrayList<>(before.lines());
    this.totals = new Totals(before.net(), before.tax(), before.freight(), before.total());
    this.status = before.status();
    this.paid = before.paid();
  }

  static List<Line> lines(List<SalesOrderLine> agreed) {
    List<Line> lines = new ArrayList<>(agreed.size());
    for (SalesOrderLine line : agreed) {
      lines.add(
          new Line(
              lines.size() + 1,
              line.item(),
              line.sku(),
              line.name(),
              line.quantity(),
              line.unitPrice(),
              line.discount(),
              line.taxRate(),
              line.location(),
              line.net(),
              line.tax(),
              Quantity.ZERO,
              Quantity.ZERO,
              Quantity.ZERO,
              null));
    }
    return lines;
  }

  void agree(List<SalesOrderLine> agreed, Totals sums) {
    lines = lines(agreed);
    totals = sums;
  }

  void ship(Shipped shipment) {
    for (ShippedLine shipped : shipment.lines()) {
      change(shipped.line(), shipped.quantity(), Quantity.ZERO, Quantity.ZERO, null);
    }
  }

  void invoice(Invoiced invoice) {
    for (BilledLine billed : invoice.lines()) {
      change(billed.line(), Quantity.ZERO, billed.quantity(), Quantity.ZERO, null);
    }
    Amount total = invoice.totals().total();
    invoices.add(new Invoice(invoice.number(), invoice.date(), invoice.dueDate(), total, total));
  }

  void takeBack(Returned goods) {
    for (ReturnedLine line : goods.lines()) {
      change(line.line(), Quantity.ZERO, line.credited().negated(), line.quantity(), null);
    }
    if (goods.creditNote() != null) {
      creditNotes.add(new CreditNote(goods.creditNote(), goods.date(), goods.totals().total()));
    }
  }

  void close(Closed rest) {
    for (LineQuantity left : rest.lines()) {
      change(left.line(), Quantity.ZERO, Quantity.ZERO, Quantity.ZERO, left.quantity());
    }
  }

  private void change(
      int number, Quantity shipped, Quantity billed, Quantity returned, @Nullable Quantity closed) {
    if (number < 1 || number > lines.size()) {
      throw new IllegalStateException("order %s has no line %d".formatted(before.id(), number));
    }
    Line line = lines.get(number - 1);
    lines.set(
        number - 1,
        new Line(
            line.line(),
            line.item(),
            line.sku(),
            line.name(),
            line.quantity(),
            line.unitPrice(),
            line.discount(),
            line.taxRate(),
            line.location(),
            line.net(),
            line.tax(),
            line.shipped().plus(shipped),
            line.billed().plus(billed),
            line.returned().plus(returned),
            closed == null ? line.closed() : closed));
  }

  SalesOrderRow row(long version, Instant updatedAt) {
    List<Amount> invoiced = invoices.stream().map(Invoice::total).toList();
    Amount credited = Settlement.sum(creditNotes.stream().map(CreditNote::total).toList());
    Amount billed = Settlement.sum(invoiced).minus(credited);
    Amount open = billed.minus(paid);
    settle(Settlement.open(invoiced, paid.plus(credited)));
    return new SalesOrderRow(
        before.id(),
        before.number(),
        status(open),
        before.customer(),
        before.date(),
        dueDate(),
        before.currency(),
        List.copyOf(lines),
        totals.net(),
        totals.tax(),
        totals.freight(),
        totals.total(),
        billed,
        paid,
        open,
        List.copyOf(invoices),
        List.copyOf(creditNotes),
        before.reference(),
        version,
        before.createdAt(),
        updatedAt);
  }

  private void settle(List<Amount> open) {
    for (int i = 0; i < open.size(); i++) {
      Invoice invoice = invoices.get(i);
      invoices.set(
          i,
          new Invoice(
              invoice.number(), invoice.date(), invoice.dueDate(), invoice.total(), open.get(i)));
    }
  }

  private @Nullable LocalDate dueDate() {
    for (Invoice invoice : invoices) {
      if (!invoice.open().isZero()) {
        return invoice.dueDate();
      }
    }
    return before.dueDate();
  }

  /** See {@link SalesOrderStatus}. Drafts and cancelled orders stay so whatever their lines say. */
  private String status(Amount open) {
    if (status.equals(SalesOrderStatus.DRAFT) || status.equals(SalesOrderStatus.CANCELLED)) {
      return status;
    }
    boolean anyShipped = false;
    boolean allShipped = true;
    boolean allBilled = true;
    boolean allReturned = true;
    for (Line line : lines) {
      anyShipped |= line.shipped().signum() > 0;
      Quantity closed = line.closed() == null ? Quantity.ZERO : line.closed();
      allShipped &= !line.shipped().plus(closed).isLessThan(line.quantity());
      allBilled &= !line.billed().plus(line.returned()).isLessThan(line.shipped());
      allReturned &= !line.returned().isLessThan(line.shipped());
    }
    if (!allShipped) {
      return anyShipped ? SalesOrderStatus.PARTIALLY_SHIPPED : SalesOrderStatus.CONFIRMED;
    }
    if (!allBilled) {
      return SalesOrderStatus.SHIPPED;
    }
    if (open.signum() > 0) {
      return SalesOrderStatus.INVOICED;
    }
    return allReturned ? SalesOrderStatus.RETURNED : SalesOrderStatus.PAID;
  }
}
