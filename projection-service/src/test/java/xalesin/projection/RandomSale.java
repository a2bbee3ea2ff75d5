package xalesin.projection;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xalesin.schemas.Amount;
import xalesin.schemas.DomainEvent;
import xalesin.schemas.Fraction;
import xalesin.schemas.LineQuantity;
import xalesin.schemas.Quantity;
import xalesin.schemas.sales.SalesOrderEvent.BilledLine;
import xalesin.schemas.sales.SalesOrderEvent.Cancelled;
import xalesin.schemas.sales.SalesOrderEvent.Closed;
import xalesin.schemas.sales.SalesOrderEvent.Confirmed;
import xalesin.schemas.sales.SalesOrderEvent.Invoiced;
import xalesin.schemas.sales.SalesOrderEvent.LinesChanged;
import xalesin.schemas.sales.SalesOrderEvent.Paid;
import xalesin.schemas.sales.SalesOrderEvent.Placed;
import xalesin.schemas.sales.SalesOrderEvent.Returned;
import xalesin.schemas.sales.SalesOrderEvent.ReturnedLine;
import xalesin.schemas.sales.SalesOrderEvent.Shipped;
import xalesin.schemas.sales.SalesOrderEvent.ShippedLine;
import xalesin.schemas.sales.SalesOrderEvent.Totals;
import xalesin.schemas.sales.SalesOrderLine;

/**
 * A sales order to which plausible things happen, in whole numbers, and what is known of it
 * therefore, kept apart from the views.
 */
public final class RandomSale {
  private static final UUID CASH = new UUID(0, 1);

  /** A line in whole numbers; the tax is a tenth of the net amount. */
  public static final class Goods {
    public final UUID item;
    final SalesOrderLine agreed;
    final long quantity;
    final long price;
    long shipped;
    long closed;
    long billed;
    long withdrawn;
    long credited;

    Goods(UUID item, String name, long quantity, long price) {
      this.item = item;
      this.quantity = quantity;
      this.price = price;
      this.agreed =
          new SalesOrderLine(
              item,
              "sku-" + item,
              name,
              Quantity.of(quantity),
              amount(price),
              Fraction.ZERO,
              Fraction.of("0.1"),
              "main",
              amount(quantity * price),
              amount(quantity * price / 10));
    }

    long toShip() {
      return quantity - closed - shipped;
    }

    long toBill() {
      return shipped - withdrawn - billed;
    }

    long atCustomer() {
      return shipped - withdrawn - credited;
    }
  }

  /** An invoice. */
  public record Bill(LocalDate due, long total) {}

  /** Something billed, or credited when less than zero. */
  public record Sold(LocalDate date, UUID item, long quantity, long net, int lines) {}

  private final Random random;
  public final UUID id;
  public final UUID customer;
  public final String currency;
  public final List<Bill> bills = new ArrayList<>();
  public final List<Sold> sold = new ArrayList<>();
  public final List<LocalDate> billedOn = new ArrayList<>();
  private final String number;
  private final LocalDate date;
  private List<Goods> goods;
  private long freight;
  private long creditedTotal;
  private long paid;
  private boolean confirmed;
  private boolean cancelled;

  RandomSale(Random random, UUID id, int number, LocalDate today, List<UUID> items, UUID customer) {
    this.random = random;
    this.id = id;
    this.number = "SO-%06d".formatted(number);
    this.customer = customer;
    this.currency = List.of("EUR", "EUR", "USD", "JPY").get(random.nextInt(4));
    this.date = today.minusDays(random.nextInt(150));
    this.goods = randomGoods(items);
    this.freight = 10L * random.nextInt(3);
  }

  private List<Goods> randomGoods(List<UUID> items) {
    List<Goods> some = new ArrayList<>();
    for (int i = 0; i <= random.nextInt(3); i++) {
      UUID item = items.get(random.nextInt(items.size()));
      some.add(
          new Goods(item, "Item of " + number, 1 + random.nextInt(9), 10L * random.nextInt(5)));
    }
    return some;
  }

  DomainEvent placed() {
    return new Placed(
        number,
        customer,
        "Customer of " + number,
        date,
        random.nextBoolean() ? date.plusDays(random.nextInt(60)) : null,
        currency,
        null,
        agreed(),
        totals(net(), freight));
  }

  private List<SalesOrderLine> agreed() {
    return goods.stream().map(line -> line.agreed).toList();
  }

  private long net() {
    return goods.stream().mapToLong(line -> line.quantity * line.price).sum();
  }

  private static Totals totals(long net, long freight) {
    return new Totals(
        amount(net), amount(net / 10), amount(freight), amount(net + net / 10 + freight));
  }

  static Amount amount(long value) {
    return Amount.of(Long.toString(value));
  }

  /** What happens next, or null when nothing more can. */
  @Nullable DomainEvent next(List<UUID> items) {
    if (cancelled) {
      return null;
    }
    if (!confirmed) {
      return negotiated(items);
    }
    int choice = random.nextInt(7);
    LocalDate day = date.plusDays(random.nextInt(40));
    if (choice <= 1 && goods.stream().anyMatch(line -> line.toShip() > 0)) {
      return shipped(day);
    }
    if (choice == 2 && goods.stream().anyMatch(line -> line.toBill() > 0)) {
      return invoiced(day);
    }
    if (choice == 3 && open() != 0) {
      return paidSome(day);
    }
    if (choice == 4 && goods.stream().anyMatch(line -> line.atCustomer() > 0)) {
      return returned(day);
    }
    if (choice == 5 && goods.stream().allMatch(line -> line.shipped == 0)) {
      cancelled = random.nextInt(3) == 0;
      return cancelled ? new Cancelled("no longer wanted") : null;
    }
    if (choice == 6 && random.nextInt(3) == 0 && isShippedInPart()) {
      return closed();
    }
    return null;
  }

  private boolean isShippedInPart() {
    return goods.stream().anyMatch(line -> line.shipped > 0)
        && goods.stream().anyMatch(line -> line.toShip() > 0);
  }

  private Closed closed() {
    List<LineQuantity> lines = new ArrayList<>();
    for (int i = 0; i < goods.size(); i++) {
      Goods line = goods.get(i);
      if (line.toShip() > 0) {
        lines.add(new LineQuantity(i + 1, Quantity.of(line.toShip())));
        line.closed += line.toShip();
      }
    }
    return new Closed("no longer made", lines);
  }

  private DomainEvent negotiated(List<UUID> items) {
    int choice = random.nextInt(6);
    if (choice == 0) {
      cancelled = true;
      return new Cancelled("no longer wanted");
    }
    if (choice == 1) {
      goods = randomGoods(items);
      freight = 0;
      return new LinesChanged(agreed(), totals(net(), freight));
    }
    confirmed = true;
    return new Confirmed();
  }

  private Shipped shipped(LocalDate day) {
    List<ShippedLine> lines = new ArrayList<>();
    for (int i = 0; i < goods.size(); i++) {
      Goods line = goods.get(i);
      long some = someOf(line.toShip());
      if (some > 0) {
        line.shipped += some;
        lines.add(new ShippedLine(i + 1, Quantity.of(some), null));
      }
    }
    return new Shipped(day, lines, goods.stream().allMatch(l -> l.toShip() == 0));
  }

  private Invoiced invoiced(LocalDate day) {
    List<BilledLine> lines = new ArrayList<>();
    long net = 0;
    for (int i = 0; i < goods.size(); i++) {
      Goods line = goods.get(i);
      long some = line.toBill();
      if (some > 0) {
        long lineNet = some * line.price;
        line.billed += some;
        net += lineNet;
        lines.add(new BilledLine(i + 1, Quantity.of(some), amount(lineNet), amount(lineNet / 10)));
        sold.add(new Sold(day, line.item, some, lineNet, 1));
      }
    }
    Totals totals = totals(net, bills.isEmpty() ? freight : 0);
    LocalDate due = day.plusDays(10L * random.nextInt(10));
    bills.add(new Bill(due, totals.total().value().longValue()));
    billedOn.add(day);
    return new Invoiced(number + "/" + bills.size(), day, due, lines, totals, false);
  }

  private Paid paidSome(LocalDate day) {
    long amount = open() < 0 ? -someOf(-open()) : someOf(open());
    paid += amount;
    return new Paid(amount(amount), day, CASH, amount(open()));
  }

  private Returned returned(LocalDate day) {
    List<ReturnedLine> lines = new ArrayList<>();
    long net = 0;
    boolean anyCredited = false;
    for (int i = 0; i < goods.size(); i++) {
      Goods line = goods.get(i);
      long some = someOf(line.atCustomer());
      if (some > 0) {
        long unbilled = Math.min(some, line.toBill());
        long credited = some - unbilled;
        line.withdrawn += unbilled;
        line.credited += credited;
        long lineNet = credited * line.price;
        net += lineNet;
        anyCredited |= credited > 0;
        lines.add(
            new ReturnedLine(
                i + 1,
                Quantity.of(some),
                null,
                Quantity.of(credited),
                amount(lineNet),
                amount(lineNet / 10)));
        sold.add(new Sold(day, line.item, -credited, -lineNet, 0));
      }
    }
    creditedTotal += net + net / 10;
    return new Returned(day, "broken", anyCredited ? number + "/CN" : null, lines, totals(net, 0));
  }

  /** All of it half of the time. */
  private long someOf(long all) {
    return all <= 1 || random.nextBoolean() ? all : 1 + random.nextLong(all);
  }

  public long total() {
    return net() + net() / 10 + freight;
  }

  public long billed() {
    return bills.stream().mapToLong(Bill::total).sum() - creditedTotal;
  }

  public long paid() {
    return paid;
  }

  public long open() {
    return billed() - paid;
  }

  /** Of each invoice, when what was paid and credited settles the oldest first. */
  public List<Long> openOfBills() {
    List<Long> open = new ArrayList<>();
    long cumulated = 0;
    for (Bill bill : bills) {
      cumulated += bill.total;
      open.add(Math.max(0, Math.min(bill.total, cumulated - paid - creditedTotal)));
    }
    return open;
  }

  public String status() {
    if (cancelled) {
      return "cancelled";
    }
    if (!confirmed) {
      return "draft";
    }
    if (goods.stream().allMatch(line -> line.shipped == 0)) {
      return "confirmed";
    }
    if (goods.stream().anyMatch(line -> line.toShip() > 0)) {
      return "partially-shipped";
    }
    if (goods.stream().anyMatch(line -> line.toBill() > 0)) {
      return "shipped";
    }
    if (open() > 0) {
      return "invoiced";
    }
    return goods.stream().anyMatch(line -> line.atCustomer() > 0) ? "paid" : "returned";
  }
}
