package xalesin.command.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static xalesin.command.inventory.Given.given;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import xalesin.command.decision.Decision;
import xalesin.schemas.Money;
import xalesin.schemas.Quantity;
import xalesin.schemas.inventory.InventoryItemCommand;
import xalesin.schemas.inventory.InventoryItemCommand.Adjust;
import xalesin.schemas.inventory.InventoryItemCommand.Issue;
import xalesin.schemas.inventory.InventoryItemCommand.Receive;
import xalesin.schemas.inventory.InventoryItemEvent;

/** What stock is worth in the books as it comes and goes. */
class ValuationTest {
  private final List<InventoryItemEvent> log =
      new ArrayList<>(
          List.of(
              new InventoryItemEvent.Created(
                  "CHAI", "Chai", "", "Tea", "box", eur("18"), Quantity.ZERO, false)));

  private static Money eur(String amount) {
    return Money.of(amount, "EUR");
  }

  private static Receive receive(String quantity, String unitCost) {
    return new Receive(Quantity.of(quantity), "A", eur(unitCost));
  }

  private static Issue issue(String quantity) {
    return new Issue(Quantity.of(quantity), "A", "sold");
  }

  private static Adjust adjust(String quantity) {
    return new Adjust(Quantity.of(quantity), "A", "count");
  }

  /** What the movement is worth; null when nothing has a cost. */
  private @Nullable String worth(InventoryItemCommand command) {
    InventoryItemEvent event =
        switch (InventoryItemDecider.decide(command, given(log).state())) {
          case Decision.Accepted<InventoryItemEvent>(var events) -> events.getFirst();
          case Decision.Refused<InventoryItemEvent>(var refusal) ->
              throw new AssertionError(refusal);
        };
    log.add(event);
    Money value = StockWork.valueOf(event);
    return value == null ? null : value.amount().toPlainString();
  }

  private @Nullable String value() {
    Money value = ((InventoryItem.Live) given(log).state()).value();
    return value == null ? null : value.amount().toPlainString();
  }

  @Test
  void a_receipt_is_worth_what_it_cost_and_an_issue_the_average() {
    assertThat(worth(receive("10", "2"))).isEqualTo("20");
    assertThat(worth(receive("5", "3.5"))).isEqualTo("17.5");
    assertThat(worth(issue("4"))).isEqualTo("10");
    assertThat(value()).isEqualTo("27.5");
  }

  @Test
  void the_last_to_leave_takes_along_what_rounding_has_left() {
    worth(receive("3", "0.333333"));
    assertThat(value()).isEqualTo("1");
    assertThat(worth(issue("1"))).isEqualTo("0.33");
    assertThat(worth(issue("1"))).isEqualTo("0.33");
    assertThat(worth(issue("1"))).isEqualTo("0.34");
    assertThat(value()).isEqualTo("0");
  }

  @Test
  void no_more_leaves_than_the_stock_is_worth() {
    for (int i = 0; i < 5; i++) {
      assertThat(worth(receive("1", "0.004"))).isEqualTo("0");
    }
    assertThat(worth(issue("4"))).as("0.016 of nothing").isEqualTo("0");
    assertThat(worth(issue("1"))).isEqualTo("0");
    assertThat(value()).isEqualTo("0");
  }

  @Test
  void what_is_lost_and_found_is_worth_the_average() {
    worth(receive("10", "2.5"));
    assertThat(worth(adjust("2"))).isEqualTo("5");
    assertThat(worth(adjust("-4"))).isEqualTo("-10");
    assertThat(worth(adjust("-8"))).isEqualTo("-20");
    assertThat(value()).isEqualTo("0");
    assertThat(worth(adjust("1"))).as("found in an empty store").isEqualTo("2.5");
  }

  @Test
  void what_never_had_a_cost_is_worth_nothing_until_it_has_one() {
    assertThat(worth(adjust("4"))).isNull();
    assertThat(worth(issue("1"))).isNull();
    assertThat(value()).isNull();
    assertThat(worth(receive("1", "9"))).as("four of nine").isEqualTo("36");
    assertThat(value()).isEqualTo("36");
  }

  @Test
  void an_empty_store_begins_anew() {
    worth(receive("3", "0.333333"));
    worth(issue("3"));
    assertThat(value()).isEqualTo("0");
    assertThat(worth(receive("2", "7"))).isEqualTo("14");
    assertThat(worth(issue("1"))).isEqualTo("7");
  }

  @Test
  void a_transfer_is_worth_nothing() {
    worth(receive("3", "1"));
    assertThat(worth(new InventoryItemCommand.Transfer(Quantity.of("1"), "A", "B"))).isNull();
    assertThat(value()).isEqualTo("3");
  }

  @Test
  void yen_have_no_parts() {
    Money cost = Money.of("33.5", "JPY");
    assertThat(worth(new Receive(Quantity.of("3"), "A", cost))).isEqualTo("101");
    assertThat(worth(issue("1"))).isEqualTo("34");
    assertThat(worth(issue("1"))).isEqualTo("34");
    assertThat(worth(issue("1"))).isEqualTo("33");
  }

  @Test
  void stock_is_worth_no_more_than_can_be_kept() {
    InventoryItemRefusal refusal = new InventoryItemRefusal.ValueOutOfRange();
    given(log).when(receive("999999999999", "1001")).thenRefused(refusal);
    assertThat(worth(receive("999999999998", "999"))).isEqualTo("998999999998002");
    given(log).when(receive("1", "2000000000000")).thenRefused(refusal);
    given(log).when(receive("1", "999999999999999")).thenRefused(refusal);
    worth(issue("999999999997"));
    assertThat(value()).isEqualTo("999");
    log.subList(1, log.size()).clear();
    worth(receive("1", "999999999999998"));
    given(log).when(adjust("1")).thenRefused(refusal);
    log.subList(1, log.size()).clear();
    worth(adjust("999999999998"));
    given(log).when(receive("1", "1001")).thenRefused(refusal);
  }
}
