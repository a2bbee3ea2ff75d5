package xalesin.command.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import xalesin.command.decision.Decision;
import xalesin.schemas.Money;
import xalesin.schemas.Quantity;
import xalesin.schemas.inventory.InventoryItemCommand;
import xalesin.schemas.inventory.InventoryItemEvent;

/** Thousands of random commands; what must always hold is checked after each of them. */
class InventoryItemRandomTest {
  private static final long SEED = 20_261_122;
  private static final int ITEMS = 60;
  private static final int COMMANDS_PER_ITEM = 300;
  private static final List<String> LOCATIONS = List.of("A", "B", "C");
  private static final List<String> REFERENCES = List.of("SO-1", "SO-2", "SO-3", "SO-4");

  @Test
  void whatever_is_asked_an_item_keeps_its_promises() {
    Random random = new Random(SEED);
    int events = 0;
    int refusals = 0;
    for (int i = 0; i < ITEMS; i++) {
      List<InventoryItemEvent> log = new ArrayList<>();
      InventoryItem item = InventoryItem.NONE;
      for (int c = 0; c < COMMANDS_PER_ITEM; c++) {
        String where = "seed %d, item %d, command %d".formatted(SEED, i, c);
        InventoryItemCommand command = c == 0 ? create(random) : command(random);
        switch (InventoryItemDecider.decide(command, item)) {
          case Decision.Accepted<InventoryItemEvent>(var happened) -> {
            for (InventoryItemEvent event : happened) {
              checkAverage(where, item, event);
              item = InventoryItem.evolve(item, event);
              log.add(event);
              events++;
            }
          }
          case Decision.Refused<InventoryItemEvent>(var refusal) -> {
            assertThat(refusal.rule()).as(where).matches("[a-z-]+");
            assertThat(refusal.detail()).as(where).isNotBlank();
            assertThat(refusal.members().values()).as(where).doesNotContainNull();
            refusals++;
          }
        }
        checkStock(where, item);
      }
      assertThat(Given.given(log).state()).as("replay equals state, item %d", i).isEqualTo(item);
    }
    assertThat(events).as("events, seed %d", SEED).isGreaterThan(4_000);
    assertThat(refusals).as("refusals, seed %d", SEED).isGreaterThan(2_000);
  }

  private static void checkStock(String where, InventoryItem state) {
    if (!(state instanceof InventoryItem.Live item)) {
      return;
    }
    BigDecimal onHand = BigDecimal.ZERO;
    BigDecimal reserved = BigDecimal.ZERO;
    for (var entry : item.locations().entries()) {
      InventoryItem.Stock stock = entry.getValue();
      assertThat(stock.onHand().signum()).as("on hand, %s", where).isNotNegative();
      assertThat(stock.reserved().signum()).as("reserved, %s", where).isNotNegative();
      if (!item.details().allowBackorder()) {
        assertThat(stock.available().signum()).as("available, %s", where).isNotNegative();
      }
      onHand = onHand.add(stock.onHand().value());
      reserved = reserved.add(stock.reserved().value());
    }
    assertThat(item.onHand().value()).as("sum on hand, %s", where).isEqualByComparingTo(onHand);
    assertThat(item.reserved().value())
        .as("sum reserved, %s", where)
        .isEqualByComparingTo(reserved);
    BigDecimal open =
        item.reservations().entries().stream()
            .map(entry -> entry.getValue().value())
            .peek(quantity -> assertThat(quantity.signum()).as(where).isPositive())
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    assertThat(open).as("open reservations, %s", where).isEqualByComparingTo(reserved);
  }

  /** The average as an independent reckoning has it. */
  private static void checkAverage(String where, InventoryItem before, InventoryItemEvent event) {
    if (event instanceof InventoryItemEvent.StockReceived receipt
        && before instanceof InventoryItem.Live item) {
      BigDecimal expected = receipt.unitCost().amount();
      if (item.averageCost() != null && item.onHand().signum() > 0) {
        BigDecimal value =
            item.onHand()
                .value()
                .multiply(item.averageCost().amount())
                .add(receipt.quantity().value().multiply(receipt.unitCost().amount()));
        expected =
            value.divide(item.onHand().plus(receipt.quantity()).value(), 6, RoundingMode.HALF_UP);
      }
      assertThat(receipt.averageCost().amount())
          .as("average, %s", where)
          .isEqualByComparingTo(expected);
    }
  }

  private static InventoryItemCommand create(Random random) {
    return new InventoryItemCommand.Create(
        UUID.randomUUID(),
        "S" + random.nextInt(3),
        "Something",
        null,
        null,
        null,
        Money.of("1", "EUR"),
        null,
        random.nextBoolean());
  }

  private static InventoryItemCommand command(Random random) {
    String location = pick(random, LOCATIONS);
    String other = pick(random, LOCATIONS.stream().filter(l -> !l.equals(location)).toList());
    String reference = pick(random, REFERENCES);
    Quantity quantity =
        Quantity.of(new BigDecimal(1 + random.nextInt(40_000)).movePointLeft(3).toPlainString());
    return switch (random.nextInt(20)) {
      case 0 -> create(random);
      case 1 ->
          new InventoryItemCommand.ChangeDetails(
              "S" + random.nextInt(3), null, null, null, null, null, random.nextBoolean());
      case 2 -> new InventoryItemCommand.ChangePrice(money(random));
      case 3 -> new InventoryItemCommand.Activate();
      case 4 ->
          random.nextInt(4) == 0
              ? new InventoryItemCommand.Deactivate()
              : new InventoryItemCommand.Activate();
      case 5 -> new InventoryItemCommand.Delete();
      case 6, 7, 8 -> new InventoryItemCommand.Receive(quantity, location, money(random));
      case 9, 10, 11 -> new InventoryItemCommand.Issue(quantity, location, "sold");
      case 12, 13 -> new InventoryItemCommand.Transfer(quantity, location, other);
      case 14 -> new InventoryItemCommand.Adjust(quantity, location, "found");
      case 15 -> new InventoryItemCommand.Adjust(quantity.negated(), location, "lost");
      case 16, 17 -> new InventoryItemCommand.Reserve(quantity, location, reference);
      default -> new InventoryItemCommand.Release(quantity, location, reference);
    };
  }

  private static Money money(Random random) {
    String amount = new BigDecimal(random.nextInt(1_000_000)).movePointLeft(4).toPlainString();
    return Money.of(amount, random.nextInt(30) == 0 ? "USD" : "EUR");
  }

  private static String pick(Random random, List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
