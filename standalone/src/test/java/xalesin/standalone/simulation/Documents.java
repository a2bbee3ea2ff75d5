package xalesin.standalone.simulation;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import xalesin.schemas.DomainEvent;
import xalesin.schemas.purchasing.PurchaseOrderEvent;
import xalesin.schemas.purchasing.PurchaseOrderLine;
import xalesin.schemas.sales.SalesOrderEvent;
import xalesin.schemas.sales.SalesOrderLine;

/**
 * The orders as somebody would keep them on cards, an event after the other; knows nothing of the
 * views. For one thread.
 */
final class Documents {
  /** What is owed for a delivery. */
  record Bill(LocalDate due, BigDecimal total) {}

  /** Something billed, or credited when less than zero. */
  record Sold(LocalDate date, UUID item, BigDecimal quantity, BigDecimal net, int lines) {}

  /** Net amounts billed or credited on a day. */
  record Revenue(LocalDate date, BigDecimal net, int invoices) {}

  /** An order of either kind. */
  abstract static class Order {
    String currency = "";
    BigDecimal total = BigDecimal.ZERO;
    BigDecimal credited = BigDecimal.ZERO;
    BigDecimal paid = BigDecimal.ZERO;
    boolean agreed;
    boolean cancelled;
    final List<Bill> bills = new ArrayList<>();

    abstract String status();

    BigDecimal open() {
      BigDecimal billed = BigDecimal.ZERO;
      for (Bill bill : bills) {
        billed = billed.add(bill.total());
      }
      return billed.subtract(credited).subtract(paid);
    }

    /** Of each bill, when what was paid and credited settles the oldest first. */
    List<BigDecimal> openOfBills() {
      List<BigDecimal> open = new ArrayList<>();
      BigDecimal cumulated = BigDecimal.ZERO;
      for (Bill bill : bills) {
        cumulated = cumulated.add(bill.total());
        BigDecimal left = cumulated.subtract(paid).subtract(credited);
        open.add(left.min(bill.total()).max(BigDecimal.ZERO));
      }
      return open;
    }
  }

  /** A line of a sale. */
  static final class Goods {
    final SalesOrderLine agreed;
    BigDecimal shipped = BigDecimal.ZERO;

    /** Given up when the order was closed. */
    BigDecimal closed = BigDecimal.ZERO;

    BigDecimal billed = BigDecimal.ZERO;

    BigDecimal returned = BigDecimal.ZERO;

    /** Came back before it was billed. */
    BigDecimal withdrawn = BigDecimal.ZERO;

    Goods(SalesOrderLine agreed) {
      this.agreed = agreed;
    }
  }

  static final class Sale extends Order {
    UUID customer = new UUID(0, 0);
    List<Goods> goods = List.of();
    final List<Sold> sold = new ArrayList<>();
    final List<Revenue> revenue = new ArrayList<>();

    @Override
    String status() {
      if (cancelled) {
        return "cancelled";
      }
      if (!agreed) {
        return "draft";
      }
      boolean isAnyShipped = goods.stream().anyMatch(line -> line.shipped.signum() > 0);
      boolean isAllShipped =
          goods.stream()
              .allMatch(
                  line ->
                      line.shipped.add(line.closed).compareTo(line.agreed.quantity().value()) >= 0);
      if (!isAllShipped) {
        return isAnyShipped ? "partially-shipped" : "confirmed";
      }
      boolean isMoreToBill =
          goods.stream()
              .anyMatch(line -> line.billed.add(line.withdrawn).compareTo(line.shipped) < 0);
      if (isMoreToBill) {
        return "shipped";
      }
      boolean isAllBack =
          goods.stream().allMatch(line -> line.returned.compareTo(line.shipped) >= 0);
      return open().signum() > 0 ? "invoiced" : isAllBack ? "returned" : "paid";
    }
  }

  static final class Purchase extends Order {
    List<PurchaseOrderLine> lines = List.of();
    final Map<Integer, BigDecimal> received = new HashMap<>();
    final Map<Integer, BigDecimal> closed = new HashMap<>();
    Map<Integer, BigDecimal> billed = Map.of();
    BigDecimal receivedNotBilled = BigDecimal.ZERO;

    @Override
    String status() {
      if (cancelled) {
        return "cancelled";
      }
      if (!agreed) {
        return "draft";
      }
      boolean isAllReceived = true;
      for (int line = 1; line <= lines.size(); line++) {
        BigDecimal came = received.getOrDefault(line, BigDecimal.ZERO);
        BigDecimal settled = came.add(closed.getOrDefault(line, BigDecimal.ZERO));
        isAllReceived &= settled.compareTo(lines.get(line - 1).quantity().value()) >= 0;
      }
      if (!isAllReceived) {
        return received.isEmpty() ? "approved" : "partially-received";
      }
      return !billed.equals(received) ? "received" : open().signum() > 0 ? "billed" : "paid";
    }
  }

  final Map<UUID, Sale> sales = new HashMap<>();
  final Map<UUID, Purchase> purchases = new HashMap<>();

  void take(UUID id, DomainEvent event) {
    switch (event) {
      case SalesOrderEvent happened -> take(sales.computeIfAbsent(id, _ -> new Sale()), happened);
      case PurchaseOrderEvent happened ->
          take(purchases.computeIfAbsent(id, _ -> new Purchase()), happened);
      default -> {
        // Not to an order.
      }
    }
  }

  private static void take(Sale sale, SalesOrderEvent event) {
    switch (event) {
      case SalesOrderEvent.Placed placed -> {
        sale.customer = placed.customer();
        sale.currency = placed.currency();
        agree(sale, placed.lines(), placed.totals());
      }
      case SalesOrderEvent.LinesChanged changed -> agree(sale, changed.lines(), changed.totals());
      case SalesOrderEvent.Confirmed() -> sale.agreed = true;
      case SalesOrderEvent.Cancelled _ -> sale.cancelled = true;
      case SalesOrderEvent.Closed rest -> {
        for (var left : rest.lines()) {
          sale.goods.get(left.line() - 1).closed = left.quantity().value();
        }
      }
      case SalesOrderEvent.Shipped shipped -> {
        for (var part : shipped.lines()) {
          Goods line = sale.goods.get(part.line() - 1);
          line.shipped = line.shipped.add(part.quantity().value());
        }
      }
      case SalesOrderEvent.Invoiced invoice -> invoiced(sale, invoice);
      case SalesOrderEvent.Returned returned -> returned(sale, returned);
      case SalesOrderEvent.Paid paid -> sale.paid = sale.paid.add(paid.amount().value());
    }
  }

  private static void agree(Sale sale, List<SalesOrderLine> lines, SalesOrderEvent.Totals totals) {
    sale.goods = lines.stream().map(Goods::new).toList();
    sale.total = totals.total().value();
  }

  private static void invoiced(Sale sale, SalesOrderEvent.Invoiced invoice) {
    sale.bills.add(new Bill(invoice.dueDate(), invoice.totals().total().value()));
    sale.revenue.add(new Revenue(invoice.date(), invoice.totals().net().value(), 1));
    for (var part : invoice.lines()) {
      Goods line = sale.goods.get(part.line() - 1);
      BigDecimal quantity = part.quantity().value();
      line.billed = line.billed.add(quantity);
      sale.sold.add(new Sold(invoice.date(), line.agreed.item(), quantity, part.net().value(), 1));
    }
  }

  private static void returned(Sale sale, SalesOrderEvent.Returned returned) {
    sale.credited = sale.credited.add(returned.totals().total().value());
    sale.revenue.add(new Revenue(returned.date(), returned.totals().net().value().negate(), 0));
    for (var part : returned.lines()) {
      Goods line = sale.goods.get(part.line() - 1);
      BigDecimal credited = part.credited().value();
      line.returned = line.returned.add(part.quantity().value());
      line.withdrawn = line.withdrawn.add(part.quantity().value().subtract(credited));
      sale.sold.add(
          new Sold(
              returned.date(),
              line.agreed.item(),
              credited.negate(),
              part.net().value().negate(),
              0));
    }
  }

  private static void take(Purchase purchase, PurchaseOrderEvent event) {
    switch (event) {
      case PurchaseOrderEvent.Placed placed -> {
        purchase.currency = placed.currency();
        purchase.lines = placed.lines();
        purchase.total = placed.totals().total().value();
      }
      case PurchaseOrderEvent.LinesChanged changed -> {
        purchase.lines = changed.lines();
        purchase.total = changed.totals().total().value();
      }
      case PurchaseOrderEvent.Approved _ -> purchase.agreed = true;
      case PurchaseOrderEvent.Cancelled _ -> purchase.cancelled = true;
      case PurchaseOrderEvent.Closed rest ->
          rest.lines().forEach(left -> purchase.closed.put(left.line(), left.quantity().value()));
      case PurchaseOrderEvent.Received received -> {
        for (var part : received.lines()) {
          purchase.received.merge(part.line(), part.quantity().value(), BigDecimal::add);
          purchase.receivedNotBilled = purchase.receivedNotBilled.add(part.net().value());
        }
      }
      case PurchaseOrderEvent.Billed billed -> {
        purchase.bills.add(new Bill(billed.dueDate(), billed.totals().total().value()));
        purchase.billed = Map.copyOf(purchase.received);
        purchase.receivedNotBilled =
            purchase.receivedNotBilled.subtract(billed.totals().net().value());
      }
      case PurchaseOrderEvent.Paid paid -> purchase.paid = purchase.paid.add(paid.amount().value());
    }
  }
}
