package xalesin.standalone.demo;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xalesin.schemas.Amount;
import xalesin.schemas.Fraction;
import xalesin.schemas.LineQuantity;
import xalesin.schemas.Money;
import xalesin.schemas.Quantity;
import xalesin.schemas.parties.Address;
import xalesin.schemas.parties.PartyCommand;
import xalesin.schemas.parties.PartyKind;
import xalesin.schemas.purchasing.PurchaseOrderCommand;
import xalesin.schemas.sales.SalesOrderCommand;
import xalesin.standalone.imports.NamedIds;

/**
 * What the demo company buys and sells: suppliers and customers, and the orders of the last weeks
 * in all their states. For one thread.
 */
final class Trade {
  static final int CUSTOMERS = 60;
  static final int SUPPLIERS = 12;
  static final int SALES_ORDERS = 240;
  static final int PURCHASE_ORDERS = 40;

  /** How far back the oldest order lies. */
  private static final int DAYS = 75;

  private static final String MAIN = Assortment.LOCATIONS.getFirst();
  private static final Fraction TAX = Fraction.of("0.19");

  private static final List<String> TRADES =
      List.of("Joinery", "Roofing", "Plumbing", "Electric", "Builders", "Kitchens", "Interiors");
  private static final List<String> TOWNS =
      List.of("Arnsby", "Brockhausen", "Calder", "Dorstade", "Elmfeld", "Ferrand", "Grauholm");

  /** Takes a command: its name, the thing it goes to and its data. */
  interface Sink {
    void add(String name, UUID id, Record data);
  }

  private final long seed;
  private final LocalDate today;
  private final Random random;
  private final List<DemoItem> items;
  private final Sink sink;
  private final List<UUID> customers = new ArrayList<>();
  private final List<UUID> suppliers = new ArrayList<>();

  Trade(long seed, LocalDate today, Random random, List<DemoItem> items, Sink sink) {
    this.seed = seed;
    this.today = today;
    this.random = random;
    this.items = items;
    this.sink = sink;
  }

  void make() {
    for (int i = 0; i < CUSTOMERS; i++) {
      customers.add(party("customers", i, PartyKind.CUSTOMER));
    }
    for (int i = 0; i < SUPPLIERS; i++) {
      suppliers.add(party("suppliers", i, PartyKind.SUPPLIER));
    }
    for (int i = 0; i < PURCHASE_ORDERS; i++) {
      buy(i, dayOf(i, PURCHASE_ORDERS));
    }
    for (int i = 0; i < SALES_ORDERS; i++) {
      sell(i, dayOf(i, SALES_ORDERS));
    }
  }

  private LocalDate dayOf(int order, int orders) {
    return today.minusDays(DAYS - (long) DAYS * order / orders);
  }

  private UUID party(String folder, int number, PartyKind kind) {
    String town = TOWNS.get(number % TOWNS.size());
    String trade = TRADES.get(number / TOWNS.size() % TRADES.size());
    String make = Assortment.MAKES.get(random.nextInt(Assortment.MAKES.size()));
    String name =
        kind == PartyKind.CUSTOMER
            ? "%s %s %d".formatted(town, trade, 1 + number / (TOWNS.size() * TRADES.size()))
            : "%s Supply %s".formatted(make, town);
    UUID id = NamedIds.of("demo/%d/%s/%d".formatted(seed, folder, number));
    Address address =
        new Address(
            "billing",
            List.of("Market street " + (1 + random.nextInt(90))),
            town,
            null,
            "%05d".formatted(10_000 + random.nextInt(80_000)),
            "DE");
    sink.add(
        "parties.create",
        id,
        new PartyCommand.Create(
            null,
            List.of(kind),
            name,
            "office@%s-%d.example".formatted(folder, number),
            "+49 30 %07d".formatted(random.nextInt(10_000_000)),
            List.of(address),
            List.of(),
            null,
            14 + 16 * random.nextInt(2),
            random.nextInt(4) == 0 ? Money.of("250000", DemoCompany.CURRENCY) : null));
    return id;
  }

  private void buy(int number, LocalDate date) {
    UUID id = NamedIds.of("demo/%d/purchase-orders/%d".formatted(seed, number));
    List<PurchaseOrderCommand.Line> lines = new ArrayList<>();
    for (DemoItem item : someItems(1 + random.nextInt(5))) {
      int quantity = item.family().packs().getFirst() * (1 + random.nextInt(6));
      Amount cost = new Amount(item.cost().setScale(2, RoundingMode.HALF_UP));
      lines.add(new PurchaseOrderCommand.Line(item.id(), Quantity.of(quantity), cost, TAX, MAIN));
    }
    sink.add(
        "purchase-orders.place",
        id,
        new PurchaseOrderCommand.Place(
            null, oneOf(suppliers), date, DemoCompany.CURRENCY, lines, null));
    int fate = random.nextInt(10);
    if (fate == 0) {
      return;
    }
    sink.add("purchase-orders.approve", id, new PurchaseOrderCommand.Approve());
    LocalDate arrival = date.plusDays(3 + random.nextInt(6));
    if (fate == 1 || arrival.isAfter(today)) {
      return;
    }
    sink.add("purchase-orders.receive", id, new PurchaseOrderCommand.Receive(null, arrival));
    lines.forEach(line -> item(line.item()).at(MAIN).arrive(line.quantity().value().intValue()));
    sink.add("purchase-orders.bill", id, new PurchaseOrderCommand.Bill(arrival));
    LocalDate payment = arrival.plusDays(10 + random.nextInt(20));
    if (!payment.isAfter(today)) {
      sink.add("purchase-orders.pay", id, new PurchaseOrderCommand.Pay(null, payment, null));
    }
  }

  /** Most orders go all the way; some are drafts, cancelled, short, late or come back. */
  private void sell(int number, LocalDate date) {
    UUID id = NamedIds.of("demo/%d/sales-orders/%d".formatted(seed, number));
    List<SalesOrderCommand.Line> lines = lines();
    if (lines.isEmpty()) {
      return;
    }
    Amount freight = new Amount(BigDecimal.valueOf(490L + 100L * random.nextInt(30), 2));
    sink.add(
        "sales-orders.place",
        id,
        new SalesOrderCommand.Place(
            null,
            oneOf(customers),
            date,
            date.plusDays(7 + random.nextInt(14)),
            DemoCompany.CURRENCY,
            lines,
            freight,
            null));
    int fate = random.nextInt(20);
    if (fate == 0) {
      return;
    }
    if (fate == 1) {
      sink.add("sales-orders.cancel", id, new SalesOrderCommand.Cancel("changed their mind"));
      return;
    }
    sink.add("sales-orders.confirm", id, new SalesOrderCommand.Confirm());
    for (SalesOrderCommand.Line line : lines) {
      item(line.item()).at(MAIN).reserve(id + "", line.quantity().value().intValue());
    }
    LocalDate shipping = date.plusDays(1 + random.nextInt(5));
    if (fate <= 3 || shipping.isAfter(today)) {
      return;
    }
    if (fate == 4 && lines.size() > 1) {
      ship(id, lines.subList(0, 1), List.of(lineQuantity(lines, 0)), shipping);
      return;
    }
    ship(id, lines, null, shipping);
    sink.add("sales-orders.invoice", id, new SalesOrderCommand.Invoice(shipping));
    if (fate == 5) {
      sink.add(
          "sales-orders.return",
          id,
          new SalesOrderCommand.Return(
              List.of(lineQuantity(lines, 0)), "damaged in transit", shipping.plusDays(1)));
      item(lines.getFirst().item()).at(MAIN).arrive(lines.getFirst().quantity().value().intValue());
    }
    LocalDate payment = shipping.plusDays(4 + random.nextInt(30));
    if (fate > 5 && !payment.isAfter(today)) {
      sink.add("sales-orders.pay", id, new SalesOrderCommand.Pay(null, payment, null));
    }
  }

  private List<SalesOrderCommand.Line> lines() {
    List<SalesOrderCommand.Line> lines = new ArrayList<>();
    for (DemoItem item : someItems(1 + random.nextInt(6))) {
      int available = item.at(MAIN).available();
      if (available > 0) {
        lines.add(
            new SalesOrderCommand.Line(
                item.id(),
                Quantity.of(1 + random.nextInt(Math.min(available, 12))),
                null,
                random.nextInt(5) == 0 ? Fraction.of("0.05") : null,
                TAX,
                MAIN));
      }
    }
    return lines;
  }

  private static LineQuantity lineQuantity(List<SalesOrderCommand.Line> lines, int place) {
    return new LineQuantity(place + 1, lines.get(place).quantity());
  }

  private void ship(
      UUID id,
      List<SalesOrderCommand.Line> shipped,
      @Nullable List<LineQuantity> asked,
      LocalDate date) {
    sink.add("sales-orders.ship", id, new SalesOrderCommand.Ship(asked, date));
    for (SalesOrderCommand.Line line : shipped) {
      item(line.item()).at(MAIN).leave(id + "", line.quantity().value().intValue());
    }
  }

  /** Different ones, the popular more often. */
  private List<DemoItem> someItems(int count) {
    List<DemoItem> some = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      DemoItem item = items.get(DemoCompany.favourite(random, items.size()));
      if (!some.contains(item)) {
        some.add(item);
      }
    }
    return some;
  }

  private DemoItem item(UUID id) {
    for (DemoItem item : items) {
      if (item.id().equals(id)) {
        return item;
      }
    }
    throw new IllegalArgumentException("no item " + id);
  }

  private <T> T oneOf(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
