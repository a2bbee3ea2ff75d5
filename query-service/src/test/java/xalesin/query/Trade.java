package xalesin.query;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xalesin.schemas.Amount;
import xalesin.schemas.DomainEvent;
import xalesin.schemas.Fraction;
import xalesin.schemas.Quantity;
import xalesin.schemas.StreamName;
import xalesin.schemas.purchasing.PurchaseOrderEvent;
import xalesin.schemas.purchasing.PurchaseOrderLine;
import xalesin.schemas.sales.SalesOrderEvent;
import xalesin.schemas.sales.SalesOrderLine;

/** The orders of a story's tenant, of one line each, and what is known of them apart from views. */
final class Trade {
  static final LocalDate TODAY = LocalDate.parse("2026-11-22");
  private static final List<String> CURRENCIES = List.of("EUR", "EUR", "USD");
  private static final UUID CASH = new UUID(0, 1);

  /** A sales order in whole numbers, without tax. */
  static final class Sale {
    final UUID id = UUID.randomUUID();
    final String number;
    final UUID customer;
    final UUID item;
    final String currency;
    final LocalDate date;
    final long quantity;
    final long price;
    String status = "draft";
    @Nullable LocalDate due;
    @Nullable LocalDate invoiced;
    @Nullable LocalDate credited;
    long open;

    Sale(Random random, int number, UUID customer, UUID item) {
      this.number = "SO-%06d".formatted(number);
      this.customer = customer;
      this.item = item;
      this.currency = CURRENCIES.get(random.nextInt(CURRENCIES.size()));
      this.date = TODAY.minusDays(random.nextInt(120));
      this.due = random.nextBoolean() ? date.plusDays(14) : null;
      this.quantity = 2L + random.nextInt(9);
      this.price = 1L + random.nextInt(40);
    }

    long total() {
      return quantity * price;
    }

    /** Net amount billed less credited. */
    long revenue() {
      return (invoiced == null ? 0 : total()) - (credited == null ? 0 : price);
    }

    long sold() {
      return (invoiced == null ? 0 : quantity) - (credited == null ? 0 : 1);
    }
  }

  /** A purchase order in whole numbers, without tax. */
  static final class Purchase {
    final UUID id = UUID.randomUUID();
    final String number;
    final UUID supplier;
    final LocalDate date;
    final long quantity;
    String status = "draft";
    @Nullable LocalDate due;
    long open;

    Purchase(Random random, int number, UUID supplier) {
      this.number = "PO-%06d".formatted(number);
      this.supplier = supplier;
      this.date = TODAY.minusDays(random.nextInt(120));
      this.quantity = 2L + random.nextInt(9);
    }
  }

  private final TenantStory story;
  private final Random random;
  final List<UUID> parties = new ArrayList<>();
  final List<UUID> items = new ArrayList<>();
  final List<Sale> sales = new ArrayList<>();
  final List<Purchase> purchases = new ArrayList<>();

  Trade(TenantStory story, Random random) {
    this.story = story;
    this.random = random;
    for (int i = 0; i < 14; i++) {
      parties.add(UUID.randomUUID());
      items.add(UUID.randomUUID());
    }
  }

  /** Orders of which each has come some way. */
  void tell(int orders) {
    for (int i = 0; i < orders; i++) {
      story.after(random.nextInt(2) * 1_000L);
      sell(i);
      if (i % 3 == 0) {
        buy(i);
      }
    }
  }

  private void sell(int number) {
    UUID customer = parties.get(random.nextInt(parties.size()));
    Sale sale = new Sale(random, number, customer, items.get(random.nextInt(items.size())));
    sales.add(sale);
    happen(sale, placed(sale), "draft");
    int way = random.nextInt(10);
    if (way == 0) {
      happen(sale, new SalesOrderEvent.Cancelled("no longer wanted"), "cancelled");
    }
    if (way >= 2) {
      happen(sale, new SalesOrderEvent.Confirmed(), "confirmed");
    }
    if (way >= 3) {
      happen(sale, shipped(sale, 1, false), "partially-shipped");
    }
    if (way >= 4) {
      happen(sale, shipped(sale, sale.quantity - 1, true), "shipped");
    }
    if (way >= 5) {
      invoice(sale);
    }
    if (way >= 6) {
      pay(sale, way == 6 ? 1 : sale.total());
    }
    if (way == 9) {
      giveBack(sale);
    }
  }

  private static SalesOrderEvent.Placed placed(Sale sale) {
    SalesOrderLine line =
        new SalesOrderLine(
            sale.item,
            "sku-" + sale.item,
            "Item " + sale.item,
            Quantity.of(sale.quantity),
            amount(sale.price),
            Fraction.ZERO,
            Fraction.ZERO,
            "main",
            amount(sale.total()),
            Amount.ZERO);
    return new SalesOrderEvent.Placed(
        sale.number,
        sale.customer,
        "Customer " + sale.customer,
        sale.date,
        sale.due,
        sale.currency,
        null,
        List.of(line),
        totals(sale.total()));
  }

  private static SalesOrderEvent.Totals totals(long net) {
    return new SalesOrderEvent.Totals(amount(net), Amount.ZERO, Amount.ZERO, amount(net));
  }

  private static SalesOrderEvent.Shipped shipped(Sale sale, long quantity, boolean complete) {
    var line = new SalesOrderEvent.ShippedLine(1, Quantity.of(quantity), null);
    return new SalesOrderEvent.Shipped(sale.date, List.of(line), complete);
  }

  private void invoice(Sale sale) {
    LocalDate day = sale.date.plusDays(random.nextInt(6));
    LocalDate due = day.plusDays(15L * random.nextInt(4));
    var line =
        new SalesOrderEvent.BilledLine(
            1, Quantity.of(sale.quantity), amount(sale.total()), Amount.ZERO);
    sale.invoiced = day;
    sale.due = due;
    sale.open = sale.total();
    happen(
        sale,
        new SalesOrderEvent.Invoiced(
            "INV-" + sale.number, day, due, List.of(line), totals(sale.total()), true),
        "invoiced");
  }

  private void pay(Sale sale, long amount) {
    sale.open -= amount;
    happen(
        sale,
        new SalesOrderEvent.Paid(amount(amount), sale.date, CASH, amount(sale.open)),
        sale.open > 0 ? "invoiced" : "paid");
  }

  /** One piece comes back, and its price is paid back half of the time. */
  private void giveBack(Sale sale) {
    LocalDate day = sale.date.plusDays(random.nextInt(6));
    var line =
        new SalesOrderEvent.ReturnedLine(
            1, Quantity.of(1), null, Quantity.of(1), amount(sale.price), Amount.ZERO);
    sale.credited = day;
    sale.open -= sale.price;
    happen(
        sale,
        new SalesOrderEvent.Returned(
            day, "broken", "CN-" + sale.number, List.of(line), totals(sale.price)),
        "paid");
    if (random.nextBoolean()) {
      pay(sale, -sale.price);
    }
  }

  private void happen(Sale sale, DomainEvent event, String status) {
    sale.status = status;
    story.happen(new StreamName(StreamName.SALES_ORDERS, sale.id), event);
  }

  private void buy(int number) {
    UUID supplier = parties.get(random.nextInt(parties.size()));
    Purchase purchase = new Purchase(random, number, supplier);
    purchases.add(purchase);
    happen(purchase, placed(purchase), "draft");
    int way = random.nextInt(7);
    if (way == 0) {
      happen(purchase, new PurchaseOrderEvent.Cancelled("too dear"), "cancelled");
    }
    if (way >= 2) {
      happen(purchase, new PurchaseOrderEvent.Approved("eve"), "approved");
    }
    if (way >= 3) {
      happen(purchase, received(purchase, 1), "partially-received");
    }
    if (way >= 4) {
      happen(purchase, received(purchase, purchase.quantity - 1), "received");
    }
    if (way >= 5) {
      LocalDate due = purchase.date.plusDays(15L * random.nextInt(5));
      purchase.due = due;
      purchase.open = purchase.quantity;
      var totals = purchaseTotals(purchase.quantity);
      happen(purchase, new PurchaseOrderEvent.Billed(purchase.date, due, totals, true), "billed");
    }
    if (way == 6) {
      purchase.open = 0;
      Amount all = amount(purchase.quantity);
      happen(purchase, new PurchaseOrderEvent.Paid(all, purchase.date, CASH, Amount.ZERO), "paid");
    }
  }

  private PurchaseOrderEvent.Placed placed(Purchase purchase) {
    UUID item = items.getFirst();
    PurchaseOrderLine line =
        new PurchaseOrderLine(
            item,
            "sku-" + item,
            "Item " + item,
            Quantity.of(purchase.quantity),
            amount(1),
            Fraction.ZERO,
            "main",
            amount(purchase.quantity),
            Amount.ZERO);
    return new PurchaseOrderEvent.Placed(
        purchase.number,
        purchase.supplier,
        "Supplier " + purchase.supplier,
        "ada",
        purchase.date,
        "EUR",
        null,
        List.of(line),
        purchaseTotals(purchase.quantity));
  }

  private static PurchaseOrderEvent.Totals purchaseTotals(long net) {
    return new PurchaseOrderEvent.Totals(amount(net), Amount.ZERO, amount(net));
  }

  private static PurchaseOrderEvent.Received received(Purchase purchase, long quantity) {
    var line = new PurchaseOrderEvent.ReceivedLine(1, Quantity.of(quantity), amount(quantity));
    return new PurchaseOrderEvent.Received(purchase.date, List.of(line), false);
  }

  private void happen(Purchase purchase, DomainEvent event, String status) {
    purchase.status = status;
    story.happen(new StreamName(StreamName.PURCHASE_ORDERS, purchase.id), event);
  }

  private static Amount amount(long value) {
    return Amount.of(Long.toString(value));
  }
}
