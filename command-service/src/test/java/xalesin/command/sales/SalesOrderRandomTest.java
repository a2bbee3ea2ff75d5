package xalesin.command.sales;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import xalesin.command.decision.Books;
import xalesin.command.inventory.InventoryItem;
import xalesin.command.inventory.InventoryItemDecider;
import xalesin.command.parties.Credit;
import xalesin.command.parties.Party;
import xalesin.command.parties.PartyDecider;
import xalesin.schemas.Amount;
import xalesin.schemas.Fraction;
import xalesin.schemas.LineQuantity;
import xalesin.schemas.Money;
import xalesin.schemas.Quantity;
import xalesin.schemas.finance.FinancialTransactionEvent;
import xalesin.schemas.finance.Posting;
import xalesin.schemas.inventory.InventoryItemCommand;
import xalesin.schemas.parties.CreditEvent;
import xalesin.schemas.sales.SalesOrderCommand;
import xalesin.schemas.sales.SalesOrderEvent;

/**
 * Thousands of random commands to the orders of one tenant; after each of them stock, books and
 * credit are what an independent reckoning from the orders' events has them.
 */
class SalesOrderRandomTest {
  private static final long SEED = 20_261_122;
  private static final int COMMANDS = 3_000;
  private static final int ORDERS = 25;
  private static final List<String> LOCATIONS = List.of("main", "B");
  private static final List<String> TAX_RATES = List.of("0", "0.07", "0.19");

  private final Random random = new Random(SEED);
  private final Shop shop = new Shop();
  private final List<UUID> customers =
      List.of(shop.customer(), shop.customer(Money.of("2500", "EUR")), shop.customer());
  private final UUID inventory = shop.books.account("1200");
  private final UUID receivable = shop.books.account("1100");
  private final List<UUID> items = new ArrayList<>();
  private final List<UUID> orders = new ArrayList<>();

  /** Orders to which nothing happens any more; they still count. */
  private final List<UUID> retired = new ArrayList<>();

  /** What the log has come to so far: read once, reckoned apart from the states. */
  private int read;

  private final Map<UUID, BigDecimal> open = new HashMap<>();
  private final Map<LineOf, Quantity> closed = new HashMap<>();
  private final Map<UUID, Map<UUID, BigDecimal>> credit = new HashMap<>();
  private final Map<UUID, BigDecimal> balances = new HashMap<>();

  private final Map<String, Integer> accepted = new HashMap<>();
  private final Map<String, Integer> refused = new HashMap<>();

  @Test
  void whatever_is_asked_orders_stock_books_and_credit_agree() {
    for (int i = 0; i < 6; i++) {
      items.add(shop.item("ITEM-" + i, Money.of(price(), "EUR"), i == 0));
    }
    for (int i = 0; i < ORDERS; i++) {
      orders.add(shop.books.newId());
    }
    for (int c = 0; c < COMMANDS; c++) {
      String where = "seed %d, command %d".formatted(SEED, c);
      step(c);
      readOn(where);
      checkStock(where);
      checkBooks(where);
      checkCredit(where);
    }
    checkNumbers("INV");
    checkNumbers("CN");
    checkNumbers("SO");
    settleAll();
    assertThat(accepted)
        .as("what was done, seed %d", SEED)
        .hasSize(9)
        .allSatisfy((_, count) -> assertThat(count).isGreaterThan(20));
    assertThat(refused).as("what was refused, seed %d", SEED).hasSizeGreaterThan(11);
  }

  private void step(int number) {
    int choice = random.nextInt(100);
    if (choice < 12) {
      receive();
    } else {
      int place = random.nextInt(orders.size());
      UUID order = orders.get(place);
      SalesOrderCommand command = command(order);
      count(command, shop.asks(order, command));
      if (shop.state(order) instanceof SalesOrder.Cancelled || random.nextInt(25) == 0) {
        finish(order, "seed %d, command %d".formatted(SEED, number));
        orders.set(place, shop.books.newId());
        retired.add(order);
      }
    }
  }

  private void count(SalesOrderCommand command, Books.Result result) {
    switch (result) {
      case Books.Happened(var happened) when !happened.isEmpty() ->
          accepted.merge(command.getClass().getSimpleName(), 1, Integer::sum);
      case Books.Happened _ -> refused.merge("nothing to do", 1, Integer::sum);
      case Books.Refused(var refusal) -> refused.merge(refusal.rule(), 1, Integer::sum);
    }
  }

  private void receive() {
    UUID item = pick(items);
    shop.item(
        item,
        new InventoryItemCommand.Receive(quantity(30), pick(LOCATIONS), Money.of(price(), "EUR")));
  }

  private SalesOrderCommand command(UUID order) {
    return switch (shop.state(order)) {
      case SalesOrder.None() -> random.nextInt(8) == 0 ? any(3) : place();
      case SalesOrder.Draft _ ->
          switch (random.nextInt(8)) {
            case 0 -> new SalesOrderCommand.ChangeLines(lines(), freight());
            case 1 -> any(3);
            case 2 -> Shop.cancel();
            default -> Shop.confirm();
          };
      case SalesOrder.Confirmed confirmed ->
          confirmed.isShippedInPart() && random.nextInt(4) == 0
              ? Shop.close()
              : any(confirmed.lines().size());
      case SalesOrder.Cancelled _ -> any(3);
    };
  }

  private SalesOrderCommand any(int lines) {
    return switch (random.nextInt(20)) {
      case 0 -> place();
      case 1 -> Shop.cancel();
      case 2 -> Shop.confirm();
      case 3 -> new SalesOrderCommand.ChangeLines(lines(), null);
      case 4, 5 -> Shop.ship();
      case 6, 7, 8 -> new SalesOrderCommand.Ship(parts(lines), null);
      case 9, 10, 11 -> Shop.invoice();
      case 12, 13 -> Shop.pay();
      case 14, 15 -> Shop.pay(cents(5_000));
      case 16 -> Shop.pay("-" + cents(5_000));
      default -> new SalesOrderCommand.Return(parts(lines), "broken", null);
    };
  }

  private SalesOrderCommand.Place place() {
    return new SalesOrderCommand.Place(
        null, pick(customers), null, null, null, lines(), freight(), null);
  }

  private List<SalesOrderCommand.Line> lines() {
    return IntStream.rangeClosed(0, random.nextInt(4)).mapToObj(_ -> line()).toList();
  }

  private SalesOrderCommand.Line line() {
    return new SalesOrderCommand.Line(
        pick(items),
        quantity(8),
        random.nextBoolean() ? null : Amount.of(price()),
        Fraction.of(random.nextInt(3) == 0 ? "0.15" : "0"),
        Fraction.of(pick(TAX_RATES)),
        random.nextInt(4) == 0 ? "B" : null);
  }

  private List<LineQuantity> parts(int lines) {
    List<LineQuantity> parts = new ArrayList<>();
    for (int line = 1; line <= lines; line++) {
      if (random.nextBoolean() || parts.isEmpty()) {
        parts.add(new LineQuantity(line, quantity(3)));
      }
    }
    return parts;
  }

  private @Nullable Amount freight() {
    return random.nextBoolean() ? null : Amount.of(cents(2_000));
  }

  /** Mostly of whole units, so that lines do get finished. */
  private Quantity quantity(int most) {
    return random.nextInt(3) == 0
        ? Quantity.of(decimal(most * 1_000, 3))
        : Quantity.of(1 + random.nextInt(most));
  }

  private String price() {
    return decimal(500_000, 4);
  }

  private String cents(int most) {
    return decimal(most, 2);
  }

  private String decimal(int most, int places) {
    return new BigDecimal(1 + random.nextInt(most)).movePointLeft(places).toPlainString();
  }

  private <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  // What must hold

  private List<UUID> allOrders() {
    List<UUID> all = new ArrayList<>(orders);
    all.addAll(retired);
    return all;
  }

  private void checkStock(String where) {
    Map<String, Quantity> promised = new HashMap<>();
    for (UUID order : allOrders()) {
      if (shop.state(order) instanceof SalesOrder.Confirmed confirmed) {
        for (int number = 1; number <= confirmed.lines().size(); number++) {
          LineProgress line = confirmed.line(number);
          String place =
              line.agreed().item() + "@" + line.agreed().location() + "/sales-orders/" + order;
          Quantity left = promised(order, confirmed, number).minus(line.shipped());
          assertThat(left.signum()).as("unshipped, %s", where).isNotNegative();
          promised.merge(place, left, Quantity::plus);
        }
      }
    }
    promised.values().removeIf(Quantity::isZero);
    Map<String, Quantity> reserved = new HashMap<>();
    for (UUID id : items) {
      InventoryItem.Live item = shop.stock(id);
      item.reservations()
          .entries()
          .forEach(
              entry ->
                  reserved.put(
                      id + "@" + entry.getKey().location() + "/" + entry.getKey().reference(),
                      entry.getValue()));
      for (var stock : item.locations().entries()) {
        Quantity available = stock.getValue().onHand().minus(stock.getValue().reserved());
        assertThat(stock.getValue().onHand().signum()).as("on hand, %s", where).isNotNegative();
        if (!item.details().allowBackorder()) {
          assertThat(available.signum()).as("available, %s", where).isNotNegative();
        }
      }
    }
    assertThat(reserved).as("reservations, %s", where).isEqualTo(promised);
  }

  /** Takes in what has happened since. */
  private void readOn(String where) {
    List<Books.Recorded> log = shop.books.log();
    for (Books.Recorded recorded : log.subList(read, log.size())) {
      UUID id = recorded.stream().id();
      switch (recorded.event()) {
        case SalesOrderEvent.Invoiced invoiced ->
            open.merge(id, invoiced.totals().total().value(), BigDecimal::add);
        case SalesOrderEvent.Returned returned ->
            open.merge(id, returned.totals().total().value().negate(), BigDecimal::add);
        case SalesOrderEvent.Paid paid -> {
          open.merge(id, paid.amount().value().negate(), BigDecimal::add);
          assertThat(paid.open().value()).as("open, %s", where).isEqualByComparingTo(open(id));
        }
        case SalesOrderEvent.Closed rest ->
            rest.lines().forEach(left -> closed.put(new LineOf(id, left.line()), left.quantity()));
        case CreditEvent.Taken(var order, var amount) ->
            assertThat(credit(id).put(order, amount.amount())).as("once, %s", where).isNull();
        case CreditEvent.GivenBack(var order, var amount) ->
            credit(id).merge(order, amount.amount().negate(), BigDecimal::add);
        case FinancialTransactionEvent.Posted entry ->
            entry
                .postings()
                .forEach(
                    posting -> balances.merge(posting.account(), signed(posting), BigDecimal::add));
        default -> {}
      }
    }
    read = log.size();
  }

  private Map<UUID, BigDecimal> credit(UUID customer) {
    return credit.computeIfAbsent(customer, _ -> new HashMap<>());
  }

  private static BigDecimal signed(Posting posting) {
    BigDecimal amount = posting.money().amount();
    return posting.debit() == null ? amount.negate() : amount;
  }

  /** Invoices less credit notes less payments. */
  private BigDecimal open(UUID order) {
    return open.getOrDefault(order, BigDecimal.ZERO);
  }

  private void checkBooks(String where) {
    assertThat(sum(balances.values())).as("ledger, %s", where).isZero();
    List<BigDecimal> values = new ArrayList<>();
    for (UUID id : items) {
      Money value = shop.stock(id).value();
      values.add(value == null ? BigDecimal.ZERO : value.amount());
    }
    assertThat(balance(inventory)).as("inventory, %s", where).isEqualByComparingTo(sum(values));
    List<BigDecimal> opens = new ArrayList<>();
    for (UUID order : allOrders()) {
      opens.add(open(order));
      if (shop.state(order) instanceof SalesOrder.Confirmed confirmed) {
        assertThat(confirmed.open().value())
            .as("open, %s", where)
            .isEqualByComparingTo(open(order));
      }
    }
    assertThat(balance(receivable)).as("receivable, %s", where).isEqualByComparingTo(sum(opens));
  }

  private BigDecimal balance(UUID account) {
    return balances.getOrDefault(account, BigDecimal.ZERO);
  }

  private static BigDecimal sum(Collection<BigDecimal> amounts) {
    return amounts.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** What an order has taken is what is open or can still be billed; limits hold. */
  private void checkCredit(String where) {
    for (UUID customer : customers) {
      credit(customer)
          .forEach(
              (order, taken) ->
                  assertThat(taken)
                      .as("credit of an order, %s", where)
                      .isEqualByComparingTo(mostOwed(order)));
      BigDecimal sum = sum(credit(customer).values());
      assertThat(shop.books.state(Credit.AGGREGATE, customer).taken("EUR"))
          .isEqualByComparingTo(sum);
      Party party = shop.books.state(PartyDecider.AGGREGATE, customer);
      Money limit = ((Party.Registered) party).details().creditLimit();
      if (limit != null) {
        assertThat(sum).as("limit, %s", where).isLessThanOrEqualTo(limit.amount());
      }
    }
  }

  /** Reckoned another way than the order does: each line's final amounts less its bills. */
  private BigDecimal mostOwed(UUID order) {
    if (!(shop.state(order) instanceof SalesOrder.Confirmed confirmed)) {
      return BigDecimal.ZERO;
    }
    BigDecimal owed = open(order).max(BigDecimal.ZERO);
    boolean isMoreToBill = false;
    for (int number = 1; number <= confirmed.lines().size(); number++) {
      LineProgress line = confirmed.line(number);
      Quantity most = promised(order, confirmed, number).minus(line.withdrawn());
      for (Amount whole : List.of(line.agreed().net(), line.agreed().tax())) {
        BigDecimal cumulated = whole.value().multiply(most.value());
        owed =
            owed.add(cumulated.divide(line.agreed().quantity().value(), 2, RoundingMode.HALF_UP));
      }
      owed = owed.subtract(line.billedNet().value()).subtract(line.billedTax().value());
      isMoreToBill |= line.billed().isLessThan(most);
    }
    boolean isFreightToCome = isMoreToBill && !confirmed.freightBilled();
    return isFreightToCome ? owed.add(confirmed.totals().freight().value()) : owed;
  }

  /**
   * @param number from 1
   */
  private record LineOf(UUID order, int number) {}

  /** What is to be shipped of a line in the end: as agreed, less what events say was given up. */
  private Quantity promised(UUID order, SalesOrder.Confirmed confirmed, int number) {
    return confirmed
        .line(number)
        .agreed()
        .quantity()
        .minus(closed.getOrDefault(new LineOf(order, number), Quantity.ZERO));
  }

  private void checkNumbers(String prefix) {
    List<String> numbers =
        shop.books.log().stream()
            .map(Books.Recorded::event)
            .map(
                event ->
                    switch (event) {
                      case SalesOrderEvent.Placed placed -> placed.number();
                      case SalesOrderEvent.Invoiced invoiced -> invoiced.number();
                      case SalesOrderEvent.Returned returned ->
                          String.valueOf(returned.creditNote());
                      default -> "";
                    })
            .filter(number -> number.startsWith(prefix + "-"))
            .toList();
    assertThat(numbers)
        .as("numbers without gaps, seed %d", SEED)
        .hasSizeGreaterThan(20)
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, numbers.size())
                .mapToObj(number -> "%s-2026-%06d".formatted(prefix, number))
                .toList());
  }

  /** Ships, bills and settles what can be; then nothing is owed and nothing taken. */
  private void finish(UUID order, String where) {
    if (shop.state(order) instanceof SalesOrder.Confirmed confirmed) {
      confirmed.lines().stream()
          .filter(line -> line.toShip().signum() > 0)
          .forEach(line -> receiveFor(line));
      for (SalesOrderCommand command : List.of(Shop.ship(), Shop.invoice(), Shop.pay())) {
        shop.asks(order, command);
      }
      SalesOrder.Confirmed done = (SalesOrder.Confirmed) shop.state(order);
      assertThat(done.isShippedOut()).as("shipped, %s", where).isTrue();
      assertThat(done.isBilledOut()).as("billed, %s", where).isTrue();
      assertThat(done.open().isZero()).as("paid, %s", where).isTrue();
      readOn(where);
      assertThat(mostOwed(order)).as("credit, %s", where).isZero();
    }
  }

  private void receiveFor(LineProgress line) {
    shop.item(
        line.agreed().item(),
        new InventoryItemCommand.Receive(
            line.toShip(), line.agreed().location(), Money.of(price(), "EUR")));
  }

  private void settleAll() {
    for (UUID order : orders) {
      finish(order, "at the end, seed %d".formatted(SEED));
    }
    for (UUID customer : customers) {
      assertThat(shop.books.state(Credit.AGGREGATE, customer).taken("EUR"))
          .as("nothing is owed, so nothing is taken, seed %d", SEED)
          .isZero();
    }
    assertThat(shop.books.trialBalance()).doesNotContainKey("1100 EUR");
    for (UUID item : items) {
      assertThat(shop.stock(item).reservations().size()).isZero();
      assertThat(replayed(item)).isEqualTo(shop.stock(item));
    }
    for (UUID order : allOrders()) {
      SalesOrder replayed = SalesOrder.NONE;
      for (SalesOrderEvent event : shop.books.events(SalesOrderDecider.AGGREGATE, order)) {
        replayed = SalesOrder.evolve(replayed, event);
      }
      assertThat(replayed).isEqualTo(shop.state(order));
    }
  }

  private InventoryItem replayed(UUID id) {
    InventoryItem item = InventoryItem.NONE;
    for (var event : shop.books.events(InventoryItemDecider.AGGREGATE, id)) {
      item = InventoryItem.evolve(item, event);
    }
    return item;
  }
}
