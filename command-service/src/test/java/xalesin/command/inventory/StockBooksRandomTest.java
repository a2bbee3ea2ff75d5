package xalesin.command.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import xalesin.command.decision.Books;
import xalesin.schemas.Money;
import xalesin.schemas.Quantity;
import xalesin.schemas.inventory.InventoryItemCommand;
import xalesin.schemas.inventory.InventoryItemEvent;

/** The stock of a whole tenant under random commands: the books say what it is worth, always. */
class StockBooksRandomTest {
  private static final long SEED = 20_261_122;
  private static final int TENANTS = 10;
  private static final int ITEMS = 4;
  private static final int COMMANDS = 200;
  private static final List<String> LOCATIONS = List.of("A", "B");

  /** Cents, none at all, and thousandths. */
  private static final List<String> CURRENCIES = List.of("EUR", "JPY", "KWD");

  @Test
  void the_inventory_account_is_the_sum_of_what_all_items_are_worth() {
    int happened = 0;
    for (int t = 0; t < TENANTS; t++) {
      Random random = new Random(SEED + t);
      Books books = new Books();
      for (int i = 0; i < ITEMS; i++) {
        books.does(InventoryItemDecider.AGGREGATE, id(i), create(i));
      }
      for (int c = 0; c < COMMANDS; c++) {
        int item = random.nextInt(ITEMS);
        Books.Result result =
            books.does(
                InventoryItemDecider.AGGREGATE, id(item), command(random, item, books, t % 2 == 0));
        happened += result instanceof Books.Happened ? 1 : 0;
        check("seed %d, tenant %d, command %d".formatted(SEED, t, c), books);
      }
    }
    assertThat(happened).as("happened, seed %d", SEED).isGreaterThan(800);
  }

  private static void check(String where, Books books) {
    Map<String, BigDecimal> worth = new TreeMap<>();
    for (int i = 0; i < ITEMS; i++) {
      InventoryItem.Live item =
          (InventoryItem.Live) books.state(InventoryItemDecider.AGGREGATE, id(i));
      BigDecimal sum = BigDecimal.ZERO;
      for (InventoryItemEvent event : books.events(InventoryItemDecider.AGGREGATE, id(i))) {
        sum = sum.add(signed(event));
      }
      Money value = item.value();
      assertThat(value == null ? BigDecimal.ZERO : value.amount())
          .as("sum of the movements, %s", where)
          .isEqualByComparingTo(sum);
      if (value != null) {
        assertThat(sum.signum()).as("value, %s", where).isNotNegative();
        assertThat(!item.onHand().isZero() || sum.signum() == 0)
            .as("nothing is worth nothing, %s", where)
            .isTrue();
        worth.merge(value.currency(), sum, BigDecimal::add);
      }
    }
    Map<String, String> balances = books.trialBalance();
    for (String currency : CURRENCIES) {
      assertThat(new BigDecimal(balances.getOrDefault("1200 " + currency, "0")))
          .as("inventory in %s, %s", currency, where)
          .isEqualByComparingTo(worth.getOrDefault(currency, BigDecimal.ZERO));
    }
  }

  private static BigDecimal signed(InventoryItemEvent event) {
    Money value = StockWork.valueOf(event);
    if (value == null) {
      return BigDecimal.ZERO;
    }
    return event instanceof InventoryItemEvent.StockIssued
        ? value.amount().negate()
        : value.amount();
  }

  private static UUID id(int item) {
    return new UUID(7, item);
  }

  private static InventoryItemCommand create(int item) {
    return new InventoryItemCommand.Create(
        null, "S" + item, "Something", null, null, null, Money.of("1", "EUR"), null, item == 0);
  }

  /**
   * Some of everything, in awkward sizes.
   *
   * @param isSmall a few units that cost less than a cent, so that rounding is most of the value
   */
  private static InventoryItemCommand command(
      Random random, int item, Books books, boolean isSmall) {
    String location = LOCATIONS.get(random.nextInt(LOCATIONS.size()));
    String other = location.equals("A") ? "B" : "A";
    String currency = CURRENCIES.get(item % CURRENCIES.size());
    Quantity quantity =
        isSmall ? Quantity.of(1 + random.nextInt(5)) : new Quantity(decimal(random, 17));
    BigDecimal unitCost =
        isSmall
            ? BigDecimal.valueOf(1 + random.nextInt(15_000)).movePointLeft(6)
            : decimal(random, 17);
    return switch (random.nextInt(12)) {
      case 0, 1, 2 ->
          new InventoryItemCommand.Receive(quantity, location, new Money(unitCost, currency));
      case 3, 4, 5 -> new InventoryItemCommand.Issue(quantity, location, "sold");
      case 6, 7 -> new InventoryItemCommand.Issue(allAt(books, item, location), location, "sold");
      case 8 -> new InventoryItemCommand.Adjust(quantity, location, "found");
      case 9 -> new InventoryItemCommand.Adjust(quantity.negated(), location, "lost");
      case 10 ->
          new InventoryItemCommand.Adjust(allAt(books, item, location).negated(), location, "lost");
      default -> new InventoryItemCommand.Transfer(quantity, location, other);
    };
  }

  /** What is on hand there, or one when nothing is. */
  private static Quantity allAt(Books books, int item, String location) {
    InventoryItem.Live live =
        (InventoryItem.Live) books.state(InventoryItemDecider.AGGREGATE, id(item));
    Quantity all = live.at(location).onHand();
    return all.isZero() ? Quantity.of(1) : all;
  }

  /** A millionth to a hundred thousand million, small ones as often as great ones. */
  private static BigDecimal decimal(Random random, int digits) {
    long bound = 1;
    for (int i = random.nextInt(digits) + 1; i > 0; i--) {
      bound *= 10;
    }
    return BigDecimal.valueOf(1 + random.nextLong(bound)).movePointLeft(6);
  }
}
