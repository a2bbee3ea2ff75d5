package xalesin.command.sales;

import static org.assertj.core.api.Assertions.assertThat;
import static xalesin.command.sales.Shop.TODAY;
import static xalesin.command.sales.Shop.cancel;
import static xalesin.command.sales.Shop.close;
import static xalesin.command.sales.Shop.confirm;
import static xalesin.command.sales.Shop.line;
import static xalesin.command.sales.Shop.lineAt;
import static xalesin.command.sales.Shop.order;
import static xalesin.command.sales.Shop.part;
import static xalesin.command.sales.Shop.pay;
import static xalesin.command.sales.Shop.ship;
import static xalesin.command.sales.Shop.takeBack;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import xalesin.command.finance.FinanceRefusal;
import xalesin.command.sales.FulfilmentRefusal.ExceededLine;
import xalesin.command.sales.FulfilmentRefusal.ShortLine;
import xalesin.schemas.Amount;
import xalesin.schemas.DomainEvent;
import xalesin.schemas.Money;
import xalesin.schemas.Quantity;
import xalesin.schemas.finance.FinancialTransactionEvent;
import xalesin.schemas.inventory.InventoryItemCommand;
import xalesin.schemas.inventory.InventoryItemEvent.StockReservationReleased;
import xalesin.schemas.inventory.InventoryItemEvent.StockReserved;
import xalesin.schemas.parties.CreditEvent;
import xalesin.schemas.parties.PartyCommand;
import xalesin.schemas.parties.PartyKind;
import xalesin.schemas.sales.SalesOrderCommand.Ship;
import xalesin.schemas.sales.SalesOrderEvent.Cancelled;
import xalesin.schemas.sales.SalesOrderEvent.Closed;
import xalesin.schemas.sales.SalesOrderEvent.Confirmed;
import xalesin.schemas.sales.SalesOrderEvent.Invoiced;
import xalesin.schemas.sales.SalesOrderEvent.Shipped;
import xalesin.schemas.sales.SalesOrderEvent.ShippedLine;

class FulfilmentTest {
  private final Shop shop = new Shop();
  private final UUID alfreds = shop.customer();
  private final UUID chai = shop.item("CHAI", "18", "10", "2");
  private final UUID tofu = shop.item("TOFU", "23.25", "5", "3.333333");

  private static Quantity q(String text) {
    return Quantity.of(text);
  }

  private static Money eur(String amount) {
    return Money.of(amount, "EUR");
  }

  private static ShippedLine shipped(int line, String quantity, String cost) {
    return new ShippedLine(line, q(quantity), eur(cost));
  }

  // Confirming

  @Test
  void a_confirmed_order_reserves_its_stock_and_takes_the_customers_credit() {
    UUID id = shop.placed(order(alfreds, null, "4", line(chai, "6"), line(tofu, "1")));
    assertThat(shop.does(id, confirm()))
        .containsExactly(
            new Confirmed(),
            new StockReserved("main", q("6"), "sales-orders/" + id),
            new StockReserved("main", q("1"), "sales-orders/" + id),
            new CreditEvent.Taken(id, eur("135.25")));
    assertThat(shop.stock(chai).reserved()).isEqualTo(q("6"));
    assertThat(shop.credit(alfreds)).isEqualTo("135.25");
    assertThat(shop.books.balance("1100")).as("nothing is owed yet").isEqualTo("0");
  }

  @Test
  void an_order_for_nothing_takes_no_credit() {
    UUID id = shop.placed(order(alfreds, line(chai, "6", "0", "0", "0")));
    assertThat(shop.does(id, confirm()))
        .containsExactly(new Confirmed(), new StockReserved("main", q("6"), "sales-orders/" + id));
  }

  @Test
  void every_line_that_is_short_is_named_and_nothing_is_reserved() {
    UUID tea = shop.item("TEA", "1");
    UUID id =
        shop.placed(
            order(alfreds, line(chai, "11"), line(tofu, "5"), line(tea, "1"), line(chai, "1")));
    assertThat(shop.refuses(id, confirm()))
        .isEqualTo(
            new FulfilmentRefusal.InsufficientStock(
                List.of(
                    new ShortLine(1, chai, "CHAI", "main", q("11"), q("10")),
                    new ShortLine(3, tea, "TEA", "main", q("1"), q("0")),
                    new ShortLine(4, chai, "CHAI", "main", q("1"), q("0")))));
    assertThat(shop.stock(tofu).reserved()).isEqualTo(q("0"));
  }

  @Test
  void lines_of_the_same_item_and_location_count_together() {
    UUID id = shop.placed(order(alfreds, line(chai, "6"), line(chai, "4"), line(chai, "0.5")));
    assertThat(shop.refuses(id, confirm()))
        .isEqualTo(
            new FulfilmentRefusal.InsufficientStock(
                List.of(new ShortLine(3, chai, "CHAI", "main", q("0.5"), q("0")))));
    UUID spread = shop.placed(order(alfreds, line(chai, "6"), lineAt("B", chai, "4")));
    assertThat(shop.refuses(spread, confirm()).members())
        .isEqualTo(
            new FulfilmentRefusal.InsufficientStock(
                    List.of(new ShortLine(2, chai, "CHAI", "B", q("4"), q("0"))))
                .members());
    shop.item(chai, new InventoryItemCommand.Transfer(q("4"), "main", "B"));
    shop.does(spread, confirm());
    assertThat(shop.stock(chai).reserved()).isEqualTo(q("10"));
  }

  @Test
  void what_other_orders_have_reserved_is_not_available() {
    shop.confirmed(order(alfreds, line(chai, "8")));
    UUID id = shop.placed(order(alfreds, line(chai, "3")));
    assertThat(shop.refuses(id, confirm()).detail())
        .isEqualTo("There is too little stock: line 1 asks 3 of CHAI at main, 2 available.");
  }

  @Test
  void an_item_with_backorders_is_promised_without_being_there_but_not_shipped() {
    UUID tea = shop.item("TEA", eur("1"), true);
    UUID id = shop.confirmed(order(alfreds, line(tea, "6"), line(chai, "1"), line(tea, "2")));
    shop.receive(tea, "4", "1");
    assertThat(shop.refuses(id, ship()))
        .isEqualTo(
            new FulfilmentRefusal.InsufficientStock(
                List.of(new ShortLine(1, tea, "TEA", "main", q("6"), q("4")))));
    shop.does(id, ship(part(1, "4")));
    shop.receive(tea, "4", "1");
    assertThat(((Shipped) shop.happens(id, ship())).complete()).isTrue();
  }

  @Test
  void only_a_draft_is_confirmed() {
    UUID id = shop.confirmed(order(alfreds, line(chai, "1")));
    assertThat(shop.refuses(id, confirm())).isEqualTo(new SalesOrderRefusal.NotDraft("confirmed"));
  }

  @Test
  void an_order_is_confirmed_only_for_an_active_customer() {
    UUID id = shop.placed(order(alfreds, line(chai, "1")));
    shop.party(alfreds, new PartyCommand.Deactivate());
    assertThat(shop.refuses(id, confirm()))
        .isEqualTo(new PlacingRefusal.CustomerInactive(alfreds, "Alfreds"));
    shop.party(alfreds, new PartyCommand.Activate());
    shop.party(
        alfreds,
        new PartyCommand.ChangeDetails(
            List.of(PartyKind.SUPPLIER), null, null, null, null, null, null, null, null, null));
    assertThat(shop.refuses(id, confirm()))
        .isEqualTo(new PlacingRefusal.NotCustomer(alfreds, "Alfreds"));
  }

  @Test
  void an_order_is_confirmed_only_of_active_items_that_there_are() {
    UUID tea = shop.item("TEA", "1");
    UUID id = shop.placed(order(alfreds, line(chai, "1"), line(tea, "1")));
    shop.item(chai, new InventoryItemCommand.Deactivate());
    assertThat(shop.refuses(id, confirm()))
        .isEqualTo(new PlacingRefusal.ItemsInactive(List.of(new SalesOrderRefusal.Line(1, chai))));
    shop.item(tea, new InventoryItemCommand.Delete());
    assertThat(shop.refuses(id, confirm()))
        .isEqualTo(new PlacingRefusal.UnknownItems(List.of(new SalesOrderRefusal.Line(2, tea))));
  }

  // Credit

  @Test
  void the_credit_limit_holds_over_all_orders_to_the_cent() {
    UUID limited = shop.customer(eur("100"));
    shop.confirmed(order(limited, line(chai, "1", "60", "0", "0")));
    UUID id = shop.placed(order(limited, line(chai, "1", "40.01", "0", "0")));
    assertThat(shop.refuses(id, confirm()))
        .isEqualTo(
            new FulfilmentRefusal.CreditLimitExceeded(
                eur("100"), new BigDecimal("60"), Amount.of("40.01")));
    shop.confirmed(order(limited, line(chai, "1", "40", "0", "0")));
    assertThat(shop.credit(limited)).isEqualTo("100");
  }

  @Test
  void what_is_paid_or_cancelled_can_be_ordered_again() {
    UUID limited = shop.customer(eur("100"));
    UUID paid = shop.invoiced(order(limited, line(chai, "1", "60", "0", "0")));
    UUID cancelled = shop.confirmed(order(limited, line(chai, "1", "40", "0", "0")));
    shop.does(paid, pay("15.5"));
    assertThat(shop.credit(limited)).isEqualTo("84.5");
    shop.does(cancelled, cancel());
    assertThat(shop.credit(limited)).isEqualTo("44.5");
    shop.confirmed(order(limited, line(chai, "1", "55.5", "0", "0")));
  }

  @Test
  void a_limit_is_not_compared_with_another_currency() {
    UUID limited = shop.customer(eur("100"));
    UUID id = shop.placed(order(limited, "USD", null, line(chai, "1", "1", "0", "0")));
    assertThat(shop.refuses(id, confirm()))
        .isEqualTo(new FulfilmentRefusal.CreditLimitCurrency(eur("100"), "USD"));
    UUID unlimited = shop.placed(order(alfreds, "USD", null, line(chai, "1", "1", "0", "0")));
    assertThat(shop.does(unlimited, confirm()))
        .contains(new CreditEvent.Taken(unlimited, Money.of("1", "USD")));
  }

  // Shipping

  @Test
  void shipped_goods_leave_at_their_average_cost_which_is_booked() {
    UUID id = shop.confirmed(order(alfreds, line(chai, "6"), line(tofu, "2")));
    assertThat(shop.happens(id, ship()))
        .isEqualTo(
            new Shipped(TODAY, List.of(shipped(1, "6", "12"), shipped(2, "2", "6.67")), true));
    assertThat(shop.stock(chai).onHand()).isEqualTo(q("4"));
    assertThat(shop.stock(chai).reserved()).isEqualTo(q("0"));
    assertThat(shop.books.balance("5000")).isEqualTo("18.67");
    assertThat(shop.books.balance("1200")).as("36.67 came, 18.67 left").isEqualTo("18");
    FinancialTransactionEvent.Posted entry = shop.books.entries().getLast();
    assertThat(entry.source()).isEqualTo("sales-orders/" + id);
    assertThat(entry.memo()).isEqualTo("Goods shipped for SO-2026-000001");
    assertThat(entry.postings()).hasSize(2);
  }

  @Test
  void an_order_is_shipped_in_parts() {
    UUID id = shop.confirmed(order(alfreds, line(chai, "6"), line(tofu, "2")));
    assertThat(shop.happens(id, ship(part(2, "1"), part(1, "2.5"))))
        .isEqualTo(
            new Shipped(TODAY, List.of(shipped(2, "1", "3.33"), shipped(1, "2.5", "5")), false));
    assertThat(shop.stock(chai).reserved()).isEqualTo(q("3.5"));
    assertThat(shop.happens(id, new Ship(null, TODAY.plusDays(1))))
        .as("what is left")
        .isEqualTo(
            new Shipped(
                TODAY.plusDays(1), List.of(shipped(1, "3.5", "7"), shipped(2, "1", "3.33")), true));
    assertThat(shop.refuses(id, ship())).isEqualTo(new FulfilmentRefusal.NothingToShip());
  }

  @Test
  void no_more_is_shipped_than_is_left_and_every_such_line_is_named() {
    UUID id = shop.confirmed(order(alfreds, line(chai, "6"), line(tofu, "2"), line(chai, "1")));
    shop.does(id, ship(part(1, "4")));
    assertThat(shop.refuses(id, ship(part(1, "2.000001"), part(2, "2"), part(3, "2"))))
        .isEqualTo(
            new FulfilmentRefusal.ShipsTooMuch(
                List.of(
                    new ExceededLine(1, q("2.000001"), q("2")),
                    new ExceededLine(3, q("2"), q("1")))));
    assertThat(shop.refuses(id, ship(part(4, "1"))))
        .isEqualTo(new SalesOrderRefusal.UnknownLine(4, 3));
  }

  @Test
  void goods_without_a_cost_leave_without_an_entry() {
    UUID tea = shop.item("TEA", "1");
    shop.item(tea, new InventoryItemCommand.Adjust(q("3"), "main", "found"));
    UUID id = shop.confirmed(order(alfreds, line(tea, "3")));
    int entries = shop.books.entries().size();
    assertThat(shop.happens(id, ship()))
        .isEqualTo(new Shipped(TODAY, List.of(new ShippedLine(1, q("3"), null)), true));
    assertThat(shop.books.entries()).hasSize(entries);
  }

  @Test
  void costs_in_two_currencies_are_one_entry_that_balances_in_each() {
    UUID tea = shop.item("TEA", eur("1"), false);
    shop.item(tea, new InventoryItemCommand.Receive(q("5"), "main", Money.of("4", "USD")));
    shop.shipped(order(alfreds, line(chai, "1"), line(tea, "2")));
    assertThat(shop.books.trialBalance()).containsEntry("5000 EUR", "2");
    assertThat(shop.books.trialBalance()).containsEntry("5000 USD", "8");
    assertThat(shop.books.trialBalance()).containsEntry("1200 USD", "12");
  }

  @Test
  void nothing_is_shipped_into_a_closed_period() {
    UUID id = shop.confirmed(order(alfreds, line(chai, "6")));
    LocalDate closed = TODAY.minusDays(10);
    shop.closes(closed);
    assertThat(shop.refuses(id, new Ship(null, closed)))
        .isEqualTo(new FinanceRefusal.PeriodClosed(closed, closed.toString()));
    shop.does(id, new Ship(null, closed.plusDays(1)));
  }

  // Cancelling

  @Test
  void a_cancelled_order_sets_free_what_it_took() {
    UUID id = shop.confirmed(order(alfreds, line(chai, "6"), line(tofu, "1"), line(chai, "1")));
    assertThat(shop.does(id, cancel()))
        .containsExactly(
            new Cancelled("changed their mind"),
            new StockReservationReleased("main", q("6"), "sales-orders/" + id),
            new StockReservationReleased("main", q("1"), "sales-orders/" + id),
            new StockReservationReleased("main", q("1"), "sales-orders/" + id),
            new CreditEvent.GivenBack(id, eur("149.25")));
    assertThat(shop.credit(alfreds)).isEqualTo("0");
    assertThat(shop.stock(chai).reserved()).isEqualTo(q("0"));
  }

  @Test
  void an_order_of_which_something_was_shipped_is_not_cancelled() {
    UUID id = shop.confirmed(order(alfreds, line(chai, "6")));
    shop.does(id, ship(part(1, "1")));
    assertThat(shop.refuses(id, cancel())).isEqualTo(new FulfilmentRefusal.AlreadyShipped());
    shop.does(id, Shop.takeBack(part(1, "1")));
    assertThat(shop.refuses(id, cancel())).isEqualTo(new FulfilmentRefusal.AlreadyShipped());
  }

  // Closing

  @Test
  void a_closed_order_sets_free_what_it_has_not_shipped() {
    UUID id = shop.confirmed(order(alfreds, line(chai, "6"), line(tofu, "1")));
    shop.does(id, ship(part(1, "2"), part(2, "1")));
    String before = shop.credit(alfreds);
    List<DomainEvent> events = shop.does(id, close());
    assertThat(events.subList(0, 2))
        .containsExactly(
            new Closed("no longer made", List.of(part(1, "4"))),
            new StockReservationReleased("main", q("4"), "sales-orders/" + id));
    assertThat(events).hasSize(3).last().isInstanceOf(CreditEvent.GivenBack.class);
    assertThat(shop.stock(chai).reserved()).isEqualTo(q("0"));
    assertThat(new BigDecimal(shop.credit(alfreds))).isLessThan(new BigDecimal(before));
    assertThat(shop.refuses(id, ship())).isEqualTo(new FulfilmentRefusal.NothingToShip());
    assertThat(shop.does(id, close())).isEmpty();
  }

  @Test
  void what_a_closed_order_has_shipped_is_billed_paid_and_taken_back() {
    UUID id = shop.confirmed(order(alfreds, line(chai, "6")));
    shop.does(id, ship(part(1, "2")));
    shop.does(id, close());
    assertThat(shop.happens(id, Shop.invoice()))
        .isInstanceOfSatisfying(
            Invoiced.class,
            bill -> {
              assertThat(bill.complete()).isTrue();
              assertThat(bill.lines().getFirst().quantity()).isEqualTo(q("2"));
            });
    shop.does(id, Shop.takeBack(part(1, "1")));
    shop.does(id, Shop.pay());
    assertThat(shop.open(id)).isEqualTo("0");
    assertThat(shop.credit(alfreds)).isEqualTo("0");
  }

  @Test
  void an_order_of_which_nothing_was_shipped_is_cancelled_not_closed() {
    UUID id = shop.confirmed(order(alfreds, line(chai, "6")));
    assertThat(shop.refuses(id, close())).isEqualTo(new FulfilmentRefusal.NothingShipped());
    UUID draft = shop.placed(order(alfreds, line(chai, "6")));
    assertThat(shop.refuses(draft, close()))
        .isEqualTo(new SalesOrderRefusal.NotConfirmed("a draft"));
  }

  @Test
  void an_order_has_so_many_shipments_and_then_one_of_all_that_is_left() {
    UUID bolts = shop.item("BOLTS", "18", "2000", "1");
    UUID id = shop.confirmed(order(shop.customer(), line(bolts, "1002")));
    for (int shipment = 0; shipment < SalesOrder.MAX_STEPS; shipment++) {
      shop.does(id, ship(part(1, "1")));
    }
    assertThat(shop.refuses(id, ship(part(1, "1")))).isEqualTo(SalesOrderRefusal.TooMany.SHIPMENTS);
    shop.does(id, ship());
    assertThat(shop.onHand(bolts, "main")).isEqualTo(Quantity.of("998"));
    for (int back = 0; back < SalesOrder.MAX_STEPS; back++) {
      shop.does(id, takeBack(part(1, "1")));
    }
    assertThat(shop.refuses(id, takeBack(part(1, "1"))))
        .isEqualTo(SalesOrderRefusal.TooMany.RETURNS);
  }

  @Test
  void goods_that_are_worth_too_much_together_are_not_shipped_together() {
    UUID gold = shop.item("GOLD", "18", "1", "600000000000000");
    UUID pearls = shop.item("PEARLS", "18", "1", "600000000000000");
    UUID id =
        shop.confirmed(
            order(
                shop.customer(), line(gold, "1", "0", "0", "0"), line(pearls, "1", "0", "0", "0")));
    assertThat(shop.refuses(id, ship())).isEqualTo(new FulfilmentRefusal.CostOutOfRange());
    shop.does(id, ship(part(1, "1")));
    shop.does(id, ship(part(2, "1")));
    assertThat(shop.refuses(id, takeBack(part(1, "1"), part(2, "1"))))
        .isEqualTo(new FulfilmentRefusal.CostOutOfRange());
  }
}
