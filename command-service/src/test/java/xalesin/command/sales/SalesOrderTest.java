package xalesin.command.sales;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static xalesin.command.sales.Shop.cancel;
import static xalesin.command.sales.Shop.line;
import static xalesin.command.sales.Shop.order;
import static xalesin.command.sales.Shop.part;
import static xalesin.command.sales.Shop.ship;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import xalesin.schemas.Amount;
import xalesin.schemas.sales.SalesOrderEvent;

/** The state is what the log says, and what it cannot say is noticed. */
class SalesOrderTest {
  private final Shop shop = new Shop();
  private final UUID chai = shop.item("CHAI", "18", "10", "2");
  private final UUID id = shop.placed(order(shop.customer(), line(chai, "2")));
  private final SalesOrder draft = shop.state(id);

  private static final SalesOrderEvent.Paid PAID =
      new SalesOrderEvent.Paid(Amount.of("1"), Shop.TODAY, new UUID(0, 1), Amount.ZERO);

  private static void impossible(SalesOrder state, SalesOrderEvent event) {
    assertThatThrownBy(() -> SalesOrder.evolve(state, event))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("cannot follow");
  }

  @Test
  void an_order_begins_with_its_placing_and_once_only() {
    impossible(SalesOrder.NONE, new SalesOrderEvent.Confirmed());
    impossible(SalesOrder.NONE, PAID);
    impossible(draft, ((SalesOrder.Draft) draft).origin());
  }

  @Test
  void a_draft_is_not_paid() {
    impossible(draft, PAID);
  }

  @Test
  void a_confirmed_order_is_not_confirmed_again_nor_written_anew() {
    shop.does(id, Shop.confirm());
    SalesOrder confirmed = shop.state(id);
    impossible(confirmed, new SalesOrderEvent.Confirmed());
    impossible(confirmed, ((SalesOrder.Draft) draft).origin());
    impossible(
        confirmed,
        new SalesOrderEvent.LinesChanged(List.of(), ((SalesOrder.Draft) draft).totals()));
  }

  @Test
  void a_shipped_order_is_not_cancelled() {
    shop.does(id, Shop.confirm());
    shop.does(id, ship(part(1, "1")));
    impossible(shop.state(id), new SalesOrderEvent.Cancelled("too late"));
  }

  @Test
  void an_order_is_closed_only_after_something_was_shipped() {
    SalesOrderEvent closed = new SalesOrderEvent.Closed("late", List.of(part(1, "1")));
    impossible(draft, closed);
    shop.does(id, Shop.confirm());
    impossible(shop.state(id), closed);
  }

  @Test
  void nothing_follows_a_cancellation() {
    shop.does(id, cancel());
    impossible(shop.state(id), new SalesOrderEvent.Cancelled("again"));
    impossible(shop.state(id), PAID);
  }
}
