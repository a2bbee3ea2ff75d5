package xalesin.standalone.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xalesin.schemas.Amount;
import xalesin.schemas.Fraction;
import xalesin.schemas.purchasing.PurchaseOrderCommand;
import xalesin.schemas.sales.SalesOrderCommand;
import xalesin.standalone.simulation.Company.Item;
import xalesin.standalone.simulation.Company.Order;

/** Draws what is asked of orders: as they go through a company, and out of turn. */
final class Orders {
  /** So many are under way at a time, so that several clerks work on the same. */
  private static final int UNDER_WAY = 20;

  private static final int MAX_LINES = 4;

  private final Draws draws;
  private final Random random;
  private final Company company;

  Orders(Draws draws, Random random, Company company) {
    this.draws = draws;
    this.random = random;
    this.company = company;
  }

  Asked sale() {
    if (company.sales.size() < UNDER_WAY) {
      return Asked.of("sales-orders.place", draws.id(), placeSale());
    }
    Order order = draws.pick(company.sales);
    if (random.nextInt(25) == 0) {
      // Nobody works on it any more; it still counts.
      company.sales.remove(order);
    }
    SalesOrderCommand command = order.isAgreed ? agreedSale(order) : draftOfSale(order);
    return Asked.of("sales-orders." + verb(command), order.id, command);
  }

  private SalesOrderCommand draftOfSale(Order order) {
    return switch (random.nextInt(12)) {
      case 0 -> new SalesOrderCommand.ChangeLines(saleLines(currency()), null);
      case 1 -> new SalesOrderCommand.Cancel("no longer wanted");
      case 2 -> agreedSale(order);
      default -> new SalesOrderCommand.Confirm();
    };
  }

  private SalesOrderCommand agreedSale(Order order) {
    return switch (random.nextInt(21)) {
      case 20 -> new SalesOrderCommand.Close("no longer made");
      case 0 -> new SalesOrderCommand.Cancel("no longer wanted");
      case 1 -> new SalesOrderCommand.Confirm();
      case 2 -> new SalesOrderCommand.Pay(draws.amount(5_000).negated(), null, null);
      case 3, 4, 5, 6 -> new SalesOrderCommand.Ship(null, draws.date());
      case 7, 8, 9 -> new SalesOrderCommand.Ship(draws.parts(order.lines), draws.date());
      case 10, 11, 12, 13 -> new SalesOrderCommand.Invoice(draws.date());
      case 14, 15 -> new SalesOrderCommand.Pay(null, draws.date(), till());
      case 16, 17 -> new SalesOrderCommand.Pay(draws.amount(5_000), draws.date(), null);
      default -> new SalesOrderCommand.Return(draws.parts(order.lines), "broken", draws.date());
    };
  }

  private static String verb(SalesOrderCommand command) {
    return switch (command) {
      case SalesOrderCommand.Place _ -> "place";
      case SalesOrderCommand.ChangeLines _ -> "change-lines";
      case SalesOrderCommand.Confirm _ -> "confirm";
      case SalesOrderCommand.Ship _ -> "ship";
      case SalesOrderCommand.Invoice _ -> "invoice";
      case SalesOrderCommand.Pay _ -> "pay";
      case SalesOrderCommand.Return _ -> "return";
      case SalesOrderCommand.Cancel _ -> "cancel";
      case SalesOrderCommand.Close _ -> "close";
    };
  }

  private SalesOrderCommand.Place placeSale() {
    String currency = currency();
    List<UUID> whom = random.nextInt(15) == 0 ? company.suppliers : company.customers;
    return new SalesOrderCommand.Place(
        null,
        draws.pick(whom),
        draws.date(),
        null,
        currency,
        saleLines(currency),
        random.nextBoolean() ? null : draws.amount(2_000),
        "ref-" + random.nextInt(500));
  }

  private List<SalesOrderCommand.Line> saleLines(String currency) {
    List<SalesOrderCommand.Line> lines = new ArrayList<>();
    for (int i = random.nextInt(MAX_LINES); i >= 0; i--) {
      lines.add(
          new SalesOrderCommand.Line(
              itemIn(currency),
              draws.quantity(8),
              random.nextBoolean() ? null : Amount.of(draws.price()),
              Fraction.of(random.nextInt(3) == 0 ? "0.15" : "0"),
              draws.taxRate(),
              draws.location()));
    }
    return lines;
  }

  Asked purchase() {
    if (company.purchases.size() < UNDER_WAY / 2) {
      return Asked.of("purchase-orders.place", draws.id(), placePurchase());
    }
    Order order = draws.pick(company.purchases);
    if (random.nextInt(20) == 0) {
      company.purchases.remove(order);
    }
    PurchaseOrderCommand command =
        order.isAgreed || random.nextInt(10) == 0 ? agreedPurchase(order) : draftOfPurchase();
    return Asked.of("purchase-orders." + verb(command), order.id, command);
  }

  private PurchaseOrderCommand draftOfPurchase() {
    return switch (random.nextInt(10)) {
      case 0 -> new PurchaseOrderCommand.ChangeLines(purchaseLines(currency()));
      case 1 -> new PurchaseOrderCommand.Cancel("too dear");
      default -> new PurchaseOrderCommand.Approve();
    };
  }

  private PurchaseOrderCommand agreedPurchase(Order order) {
    return switch (random.nextInt(17)) {
      case 16 -> new PurchaseOrderCommand.Close("out of season");
      case 0 -> new PurchaseOrderCommand.Cancel("too dear");
      case 1, 2, 3, 4 -> new PurchaseOrderCommand.Receive(null, draws.date());
      case 5, 6, 7 -> new PurchaseOrderCommand.Receive(draws.parts(order.lines), draws.date());
      case 8, 9, 10, 11 -> new PurchaseOrderCommand.Bill(draws.date());
      case 12, 13 -> new PurchaseOrderCommand.Pay(null, draws.date(), till());
      default -> new PurchaseOrderCommand.Pay(draws.amount(20_000), draws.date(), null);
    };
  }

  private static String verb(PurchaseOrderCommand command) {
    return switch (command) {
      case PurchaseOrderCommand.Place _ -> "place";
      case PurchaseOrderCommand.ChangeLines _ -> "change-lines";
      case PurchaseOrderCommand.Approve _ -> "approve";
      case PurchaseOrderCommand.Receive _ -> "receive";
      case PurchaseOrderCommand.Bill _ -> "bill";
      case PurchaseOrderCommand.Pay _ -> "pay";
      case PurchaseOrderCommand.Cancel _ -> "cancel";
      case PurchaseOrderCommand.Close _ -> "close";
    };
  }

  private PurchaseOrderCommand.Place placePurchase() {
    String currency = currency();
    return new PurchaseOrderCommand.Place(
        null,
        draws.pick(company.suppliers),
        draws.date(),
        currency,
        purchaseLines(currency),
        "offer-" + random.nextInt(500));
  }

  private List<PurchaseOrderCommand.Line> purchaseLines(String currency) {
    List<PurchaseOrderCommand.Line> lines = new ArrayList<>();
    for (int i = random.nextInt(MAX_LINES); i >= 0; i--) {
      lines.add(
          new PurchaseOrderCommand.Line(
              itemIn(currency),
              draws.quantity(40),
              Amount.of(draws.price()),
              draws.taxRate(),
              draws.location()));
    }
    return lines;
  }

  private @Nullable UUID till() {
    return random.nextBoolean() || company.tills.isEmpty() ? null : draws.pick(company.tills);
  }

  private String currency() {
    return random.nextInt(6) == 0 ? "USD" : "EUR";
  }

  /** Mostly: a foreign price is refused, or agreed when it is named. */
  private UUID itemIn(String currency) {
    Item item = draws.pick(company.items);
    for (int tries = 0; tries < 20 && !item.currency().equals(currency); tries++) {
      item = draws.pick(company.items);
    }
    return item.id();
  }
}
