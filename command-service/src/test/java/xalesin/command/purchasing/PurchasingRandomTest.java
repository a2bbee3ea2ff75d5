package xalesin.command.purchasing;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import xalesin.command.decision.Books;
import xalesin.command.purchasing.PurchaseOrder.Approved;
import xalesin.schemas.Amount;
import xalesin.schemas.Fraction;
import xalesin.schemas.LineQuantity;
import xalesin.schemas.Money;
import xalesin.schemas.Quantity;
import xalesin.schemas.inventory.InventoryItemCommand;
import xalesin.schemas.purchasing.PurchaseOrderCommand;
import xalesin.schemas.purchasing.PurchaseOrderEvent;

/** Thousands of random commands to a tenant that buys; its books are checked after each of them. */
class PurchasingRandomTest {
  private static final long SEED = 20_261_122;
  private static final int TENANTS = 8;
  private static final int ORDERS = 6;
  private static final int COMMANDS = 200;
  private static final List<String> USERS = List.of("ann", "bob", "carl");
  private static final List<String> TAX_RATES = List.of("0", "0.19", "0.07", "0.055");

  private static final String INVENTORY = "1200";
  private static final String PAYABLE = "2000";
  private static final String GOODS_RECEIVED = "2100";

  @Test
  void whatever_is_asked_the_books_agree_with_stock_and_orders() {
    int happened = 0;
    int refused = 0;
    for (int t = 0; t < TENANTS; t++) {
      Random random = new Random(SEED + t);
      Purchases tenant = new Purchases();
      tenant.setApprovalLimit(Purchases.eur("1000"));
      String currency = t % 4 == 3 ? "JPY" : "EUR";
      List<UUID> items = List.of(tenant.chai, tenant.tea, tenant.item("MILK"));
      List<UUID> orders = new ArrayList<>();
      for (int i = 0; i < ORDERS; i++) {
        orders.add(tenant.books.newId());
      }
      for (int c = 0; c < COMMANDS; c++) {
        String where = "seed %d, tenant %d, command %d".formatted(SEED, t, c);
        tenant.books.as(pick(random, USERS));
        Books.Result result =
            random.nextInt(6) == 0
                ? tenant.item(pick(random, items), stock(random, currency))
                : order(random, tenant, pick(random, orders), items, currency);
        switch (result) {
          case Books.Happened _ -> happened++;
          case Books.Refused _ -> refused++;
        }
        checkBooks(where, tenant, items, orders, currency);
      }
      orders.forEach(order -> checkOrder(tenant, order));
    }
    assertThat(happened).as("happened, seed %d", SEED).isGreaterThan(400);
    assertThat(refused).as("refused, seed %d", SEED).isGreaterThan(300);
  }

  private static void checkBooks(
      String where, Purchases tenant, List<UUID> items, List<UUID> orders, String currency) {
    BigDecimal stock = BigDecimal.ZERO;
    for (UUID item : items) {
      Money value = tenant.stock(item).value();
      stock = value == null ? stock : stock.add(value.amount());
    }
    BigDecimal unbilled = BigDecimal.ZERO;
    BigDecimal open = BigDecimal.ZERO;
    for (UUID id : orders) {
      if (tenant.state(id) instanceof Approved order) {
        for (PurchaseOrder.Line line : order.lines()) {
          assertThat(line.left().signum()).as("left to come, %s", where).isNotNegative();
          unbilled = unbilled.add(line.receivedNet().value());
        }
        unbilled = unbilled.subtract(order.billed().net().value());
        open = open.add(order.open().value());
        assertThat(order.open().signum()).as("open, %s", where).isNotNegative();
      }
    }
    // Fails unless the ledger sums to zero.
    Map<String, String> balances = tenant.books.trialBalance();
    assertThat(balance(balances, INVENTORY, currency))
        .as("inventory, %s", where)
        .isEqualByComparingTo(stock);
    assertThat(balance(balances, GOODS_RECEIVED, currency))
        .as("goods received and not billed, %s", where)
        .isEqualByComparingTo(unbilled.negate());
    assertThat(balance(balances, PAYABLE, currency))
        .as("payable, %s", where)
        .isEqualByComparingTo(open.negate());
  }

  /** Once all has come and is billed, it has cost what was ordered, but for what was given up. */
  private static void checkOrder(Purchases tenant, UUID id) {
    if (!(tenant.state(id) instanceof Approved approved)) {
      return;
    }
    tenant.receive(id);
    tenant.bill(id);
    Approved order = (Approved) tenant.state(id);
    boolean isClosed = false;
    for (PurchaseOrder.Line line : order.lines()) {
      boolean isCut = !line.closed().isZero();
      isClosed |= isCut;
      assertThat(line.received()).isEqualTo(line.ordered().quantity().minus(line.closed()));
      if (!isCut) {
        assertThat(line.receivedNet()).isEqualTo(line.ordered().net());
      }
    }
    if (isClosed) {
      return;
    }
    assertThat(order.billed())
        .isEqualTo(
            Amounts.totals(order.lines().stream().map(PurchaseOrder.Line::ordered).toList()));
    assertThat(tenant.events(id))
        .filteredOn(event -> event instanceof PurchaseOrderEvent.Received)
        .extracting(event -> ((PurchaseOrderEvent.Received) event).complete())
        .endsWith(true)
        .containsOnlyOnce(true);
    assertThat(approved.origin()).isEqualTo(order.origin());
  }

  private static BigDecimal balance(Map<String, String> balances, String account, String currency) {
    return new BigDecimal(balances.getOrDefault(account + " " + currency, "0"));
  }

  private static Books.Result order(
      Random random, Purchases tenant, UUID id, List<UUID> items, String currency) {
    if (tenant.state(id) instanceof PurchaseOrder.None) {
      return tenant.order(
          id,
          new PurchaseOrderCommand.Place(
              id, tenant.supplier, null, currency, lines(random, items), null));
    }
    return tenant.order(
        id,
        switch (random.nextInt(21)) {
          case 20 -> new PurchaseOrderCommand.Close("late");
          case 0 -> new PurchaseOrderCommand.ChangeLines(lines(random, items));
          case 1, 2, 3 -> new PurchaseOrderCommand.Approve();
          case 4, 5, 6, 7, 8, 9 ->
              new PurchaseOrderCommand.Receive(parts(random, tenant.state(id)), null);
          case 10 -> new PurchaseOrderCommand.Receive(null, null);
          case 11, 12, 13, 14 -> new PurchaseOrderCommand.Bill(null);
          case 15 -> new PurchaseOrderCommand.Pay(null, null, null);
          case 16, 17, 18 ->
              new PurchaseOrderCommand.Pay(
                  Amount.of(decimal(random, 5_000, currency.equals("JPY") ? 0 : 2)), null, null);
          default -> new PurchaseOrderCommand.Cancel("not needed");
        });
  }

  private static List<PurchaseOrderCommand.Line> lines(Random random, List<UUID> items) {
    List<PurchaseOrderCommand.Line> lines = new ArrayList<>();
    int size = 1 + random.nextInt(4);
    for (int i = 0; i < size; i++) {
      boolean isCheap = random.nextInt(3) == 0;
      lines.add(
          new PurchaseOrderCommand.Line(
              pick(random, items),
              Quantity.of(isCheap ? decimal(random, 1_000_000, 0) : decimal(random, 100_000, 3)),
              Amount.of(isCheap ? decimal(random, 9_999, 6) : decimal(random, 100_000, 4)),
              Fraction.of(pick(random, TAX_RATES)),
              random.nextBoolean() ? "Kiel" : null));
    }
    return lines;
  }

  /** Some of the lines, of some of them more than is left. */
  private static @Nullable List<LineQuantity> parts(Random random, PurchaseOrder state) {
    if (!(state instanceof Approved order)) {
      return null;
    }
    List<LineQuantity> parts = new ArrayList<>();
    for (int number = 1; number <= order.lines().size(); number++) {
      BigDecimal left = order.line(number).left().value();
      if (left.signum() > 0 && random.nextBoolean()) {
        BigDecimal some =
            random.nextInt(8) == 0
                ? left.add(BigDecimal.ONE)
                : left.multiply(BigDecimal.valueOf(1 + random.nextInt(100)))
                    .movePointLeft(2)
                    .setScale(6, RoundingMode.UP);
        parts.add(new LineQuantity(number, new Quantity(some)));
      }
    }
    return parts.isEmpty() ? null : parts;
  }

  /** Stock comes and goes besides. */
  private static InventoryItemCommand stock(Random random, String currency) {
    Quantity quantity = Quantity.of(decimal(random, 50_000, 3));
    return switch (random.nextInt(5)) {
      case 0 ->
          new InventoryItemCommand.Receive(
              quantity, "Kiel", Money.of(decimal(random, 100_000, 4), currency));
      case 1 -> new InventoryItemCommand.Adjust(quantity, "main", "found");
      case 2 -> new InventoryItemCommand.Adjust(quantity.negated(), "Kiel", "lost");
      default ->
          new InventoryItemCommand.Issue(quantity, random.nextBoolean() ? "Kiel" : "main", "used");
    };
  }

  private static String decimal(Random random, int below, int places) {
    return BigDecimal.valueOf(1 + random.nextInt(below)).movePointLeft(places).toPlainString();
  }

  private static <T> T pick(Random random, List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
