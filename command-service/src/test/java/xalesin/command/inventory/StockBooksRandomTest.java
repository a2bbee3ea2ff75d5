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
  private static final int TENANTS = 20;
  private static final int ITEMS = 4;
  private static final int COMMANDS = 300;
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
            books.does(InventoryItemDecider.AGGREGATE, id(item), command(random, item));
        happened += result instanceof Books.Happened ? 1 : 0;
        check("seed %d, tenant %d, command %d".formatted(SEED, t, c), books);
      }
    }
    assertThat(happened).as("happened, seed %d", SEED).isGreaterThan(2_000);
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

  /** Quantities and costs of all sizes, most of them awkward. */
  private static InventoryItemCommand command(Random random, int item) {
    Quantity quantity = new Quantity(decimal(random, 11));
    String location = LOCATIONS.get(random.nextInt(LOCATIONS.size()));
    String other = location.equals("A") ? "B" : "A";
    return switch (random.nextInt(10)) {
      case 0, 1, 2, 3 ->
          new InventoryItemCommand.Receive(
              quantity,
              location,
              new Money(decimal(random, 14), CURRENCIES.get(item % CURRENCIES.size())));
      case 4, 5 -> new InventoryItemCommand.Issue(quantity, location, "sold");
      case 6 -> new InventoryItemCommand.Issue(Quantity.of("0.5"), location, "sold");
      case 7 -> new InventoryItemCommand.Adjust(quantity, location, "found");
      case 8 -> new InventoryItemCommand.Adjust(quantity.negated(), location, "lost");
      default -> new InventoryItemCommand.Transfer(quantity, location, other);
    };
  }

  /** From a millionth up to that many digits, the small ones more often. */
  private static BigDecimal decimal(Random random, int digits) {
    int size = 1 + Math.min(random.nextInt(digits + 6), random.nextInt(digits + 6));
    long units = 1 + Math.floorMod(random.nextLong(), (long) Math.pow(10, Math.min(size, 17)));
    return BigDecimal.valueOf(units).movePointLeft(6);
  }
}
