package xalesin.command.sales;

import static org.assertj.core.api.Assertions.assertThat;
import static xalesin.command.sales.Shop.TODAY;
import static xalesin.command.sales.Shop.invoice;
import static xalesin.command.sales.Shop.line;
import static xalesin.command.sales.Shop.lineAt;
import static xalesin.command.sales.Shop.order;
import static xalesin.command.sales.Shop.part;
import static xalesin.command.sales.Shop.pay;
import static xalesin.command.sales.Shop.ship;
import static xalesin.command.sales.Shop.takeBack;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import xalesin.command.finance.FinanceRefusal;
import xalesin.command.sales.FulfilmentRefusal.ExceededLine;
import xalesin.schemas.Amount;
import xalesin.schemas.Money;
import xalesin.schemas.Quantity;
import xalesin.schemas.finance.FinancialTransactionEvent;
import xalesin.schemas.finance.Posting;
import xalesin.schemas.inventory.InventoryItemCommand;
import xalesin.schemas.parties.CreditEvent;
import xalesin.schemas.sales.SalesOrderCommand.Return;
import xalesin.schemas.sales.SalesOrderEvent.Invoiced;
import xalesin.schemas.sales.SalesOrderEvent.Returned;
import xalesin.schemas.sales.SalesOrderEvent.ReturnedLine;
import xalesin.schemas.sales.SalesOrderEvent.Totals;

class ReturningTest {
  private final Shop shop = new Shop();
  private final UUID alfreds = shop.customer();
  private final UUID chai = shop.item("CHAI", "18", "100", "2");

  private static Quantity q(String text) {
    return Quantity.of(text);
  }

  private static Money eur(String amount) {
    return Money.of(amount, "EUR");
  }

  private static ReturnedLine returned(
      int line, String quantity, String cost, String credited, String net, String tax) {
    return new ReturnedLine(
        line, q(quantity), eur(cost), q(credited), Amount.of(net), Amount.of(tax));
  }

  private static Totals totals(String net, String tax, String total) {
    return new Totals(Amount.of(net), Amount.of(tax), Amount.ZERO, Amount.of(total));
  }

  private @Nullable Money costOf(UUID id, String quantity) {
    return ((Returned) shop.happens(id, takeBack(part(1, quantity)))).lines().getFirst().cost();
  }

  @Test
  void what_was_billed_is_credited_and_the_goods_are_in_stock_again() {
    UUID id = shop.invoiced(order(alfreds, null, "5", line(chai, "3", "10", "0", "0.19")));
    assertThat(shop.happens(id, takeBack(part(1, "1"))))
        .isEqualTo(
            new Returned(
                TODAY,
                "broken",
                "CN-2026-000001",
                List.of(returned(1, "1", "2", "1", "10", "1.9")),
                totals("10", "1.9", "11.9")));
    List<FinancialTransactionEvent.Posted> entries = shop.books.entries();
    FinancialTransactionEvent.Posted credit = entries.getLast();
    assertThat(credit.memo()).isEqualTo("Credit note CN-2026-000001");
    assertThat(credit.postings())
        .containsExactly(
            Posting.debit(shop.books.account("4000"), eur("10")),
            Posting.debit(shop.books.account("2200"), eur("1.9")),
            Posting.credit(shop.books.account("1100"), eur("11.9")));
    FinancialTransactionEvent.Posted goods = entries.get(entries.size() - 2);
    assertThat(goods.memo()).isEqualTo("Goods returned of SO-2026-000001");
    assertThat(goods.postings())
        .containsExactly(
            Posting.debit(shop.books.account("1200"), eur("2")),
            Posting.credit(shop.books.account("5000"), eur("2")));
    assertThat(shop.stock(chai).onHand()).isEqualTo(q("98"));
    assertThat(shop.open(id)).as("35.7 and freight less the credit").isEqualTo("28.8");
    assertThat(shop.credit(alfreds)).isEqualTo("28.8");
  }

  @Test
  void what_was_not_billed_comes_back_first_and_is_never_billed() {
    UUID id = shop.confirmed(order(alfreds, null, "5", line(chai, "4", "10", "0", "0.19")));
    shop.does(id, ship(part(1, "2")));
    shop.does(id, invoice());
    shop.does(id, ship());
    assertThat(shop.does(id, takeBack(part(1, "1"))))
        .contains(
            new Returned(
                TODAY,
                "broken",
                null,
                List.of(returned(1, "1", "2", "0", "0", "0")),
                totals("0", "0", "0")),
            new CreditEvent.GivenBack(id, eur("11.9")));
    assertThat(((Returned) shop.happens(id, takeBack(part(1, "2")))).lines())
        .as("one that was not billed and one that was")
        .containsExactly(returned(1, "2", "4", "1", "10", "1.9"));
    assertThat(shop.refuses(id, invoice())).isEqualTo(new BillingRefusal.NothingToInvoice());
    assertThat(shop.open(id)).as("one and the freight").isEqualTo("16.9");
    shop.does(id, pay());
    assertThat(shop.credit(alfreds)).isEqualTo("0");
  }

  @Test
  void an_invoice_is_complete_when_what_is_missing_has_come_back() {
    UUID id = shop.shipped(order(alfreds, line(chai, "4")));
    shop.does(id, takeBack(part(1, "1")));
    Invoiced invoiced = (Invoiced) shop.happens(id, invoice());
    assertThat(invoiced.complete()).isTrue();
    assertThat(invoiced.lines().getFirst().quantity()).isEqualTo(q("3"));
  }

  @Test
  void when_all_came_back_before_it_was_billed_not_even_the_freight_is_owed() {
    UUID id = shop.shipped(order(alfreds, null, "5", line(chai, "2"), line(chai, "1")));
    shop.does(id, takeBack(part(1, "2")));
    assertThat(shop.credit(alfreds)).isEqualTo("23");
    shop.does(id, takeBack(part(2, "1")));
    assertThat(shop.credit(alfreds)).isEqualTo("0");
    assertThat(shop.refuses(id, invoice())).isEqualTo(new BillingRefusal.NothingToInvoice());
  }

  @Test
  void credits_in_parts_add_up_to_what_was_billed_without_drift() {
    UUID id = shop.confirmed(order(alfreds, line(chai, "4", "2.5025", "0", "0.19")));
    shop.does(id, ship(part(1, "3")));
    shop.does(id, invoice());
    List<ReturnedLine> credits = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      credits.addAll(((Returned) shop.happens(id, takeBack(part(1, "1")))).lines());
    }
    assertThat(credits)
        .as("7.51 and 1.43, three quarters of 10.01 and 1.90")
        .containsExactly(
            returned(1, "1", "2", "1", "2.5", "0.48"),
            returned(1, "1", "2", "1", "2.51", "0.47"),
            returned(1, "1", "2", "1", "2.5", "0.48"));
    assertThat(shop.open(id)).isEqualTo("0");
    assertThat(shop.books.balance("4000")).isEqualTo("0");
    assertThat(shop.books.balance("2200")).isEqualTo("0");
    shop.does(id, ship());
    shop.does(id, invoice());
    assertThat(shop.open(id)).as("the last quarter").isEqualTo("2.97");
  }

  @Test
  void goods_come_back_at_the_cost_at_which_they_left_whatever_the_average_is_now() {
    UUID id = shop.shipped(order(alfreds, line(chai, "10")));
    shop.receive(chai, "10", "20");
    assertThat(costOf(id, "10")).isEqualTo(eur("20"));
    assertThat(shop.books.balance("5000")).isEqualTo("0");
    assertThat(shop.books.balance("1200")).isEqualTo("400");
    assertThat(shop.stock(chai).value()).isEqualTo(eur("400"));
  }

  @Test
  void goods_of_several_shipments_come_back_at_their_average_and_the_last_take_the_rest() {
    UUID tofu = shop.item("TOFU", "10", "3", "3.333333");
    UUID id = shop.confirmed(order(alfreds, line(tofu, "3")));
    shop.does(id, ship(part(1, "1")));
    assertThat(costOf(id, "0.5")).as("half of 3.33").isEqualTo(eur("1.67"));
    shop.does(id, ship(part(1, "2")));
    assertThat(costOf(id, "1")).as("of 1.66 and 6.67 for 2.5").isEqualTo(eur("3.33"));
    assertThat(costOf(id, "0.5")).isEqualTo(eur("1.67"));
    assertThat(costOf(id, "1")).as("the rest").isEqualTo(eur("3.33"));
    assertThat(shop.books.balance("5000")).isEqualTo("0");
    assertThat(shop.stock(tofu).value()).isEqualTo(eur("10"));
  }

  @Test
  void a_hundred_thousand_come_back_to_the_cent() {
    UUID nails = shop.item("NAIL", "0.01", "100003", "0.003333");
    UUID id = shop.shipped(order(alfreds, line(nails, "99999")));
    assertThat(costOf(id, "33333")).isEqualTo(eur("111.1"));
    assertThat(costOf(id, "66666")).isEqualTo(eur("222.2"));
    assertThat(shop.books.balance("5000")).isEqualTo("0");
  }

  @Test
  void goods_without_a_cost_come_back_without_one() {
    UUID tea = shop.item("TEA", "1");
    shop.item(tea, new InventoryItemCommand.Adjust(q("3"), "main", "found"));
    UUID id = shop.shipped(order(alfreds, line(tea, "3")));
    int entries = shop.books.entries().size();
    assertThat(((Returned) shop.happens(id, takeBack(part(1, "1")))).lines())
        .containsExactly(
            new ReturnedLine(1, q("1"), null, Quantity.ZERO, Amount.ZERO, Amount.ZERO));
    assertThat(shop.stock(tea).onHand()).isEqualTo(q("1"));
    assertThat(shop.stock(tea).averageCost()).isNull();
    shop.receive(tea, "1", "4");
    shop.does(id, takeBack(part(1, "2")));
    assertThat(shop.stock(tea).onHand()).isEqualTo(q("4"));
    assertThat(shop.stock(tea).value()).as("as the receipt left it").isEqualTo(eur("8"));
    assertThat(shop.books.balance("1200")).as("with 200 of chai").isEqualTo("208");
    assertThat(shop.books.entries()).as("of the receipt alone").hasSize(entries + 1);
  }

  @Test
  void goods_come_back_to_where_they_left() {
    shop.item(chai, new InventoryItemCommand.Transfer(q("5"), "main", "B"));
    UUID id = shop.shipped(order(alfreds, line(chai, "5"), lineAt("B", chai, "5")));
    shop.does(id, takeBack(part(2, "3")));
    assertThat(shop.onHand(chai, "B")).isEqualTo(q("3"));
  }

  @Test
  void no_more_comes_back_than_the_customer_has_and_every_such_line_is_named() {
    UUID id = shop.confirmed(order(alfreds, line(chai, "4"), line(chai, "1"), line(chai, "1")));
    shop.does(id, ship(part(1, "3"), part(2, "1")));
    shop.does(id, takeBack(part(1, "1")));
    assertThat(shop.refuses(id, takeBack(part(1, "2.5"), part(2, "1"), part(3, "1"))))
        .isEqualTo(
            new FulfilmentRefusal.ReturnsTooMuch(
                List.of(
                    new ExceededLine(1, q("2.5"), q("2")), new ExceededLine(3, q("1"), q("0")))));
    assertThat(shop.refuses(id, takeBack(part(4, "1"))))
        .isEqualTo(new SalesOrderRefusal.UnknownLine(4, 3));
  }

  @Test
  void goods_of_a_deleted_item_do_not_come_back() {
    UUID tea = shop.item("TEA", "1", "1", "1");
    UUID id = shop.shipped(order(alfreds, line(chai, "1"), line(tea, "1")));
    shop.item(tea, new InventoryItemCommand.Delete());
    assertThat(shop.refuses(id, takeBack(part(1, "1"), part(2, "1"))))
        .isEqualTo(new PlacingRefusal.UnknownItems(List.of(new SalesOrderRefusal.Line(2, tea))));
  }

  @Test
  void nothing_comes_back_into_a_closed_period() {
    UUID id = shop.invoiced(order(alfreds, line(chai, "1")));
    LocalDate closed = TODAY.minusDays(1);
    shop.closes(closed);
    assertThat(shop.refuses(id, new Return(List.of(part(1, "1")), "broken", closed)))
        .isEqualTo(new FinanceRefusal.PeriodClosed(closed, closed.toString()));
  }

  // Credit

  @Test
  void a_return_of_what_was_paid_frees_no_credit_and_paying_it_back_takes_none() {
    UUID limited = shop.customer(eur("100"));
    UUID id = shop.confirmed(order(limited, line(chai, "2", "50", "0", "0")));
    shop.does(id, ship(part(1, "1")));
    shop.does(id, invoice());
    shop.does(id, pay());
    assertThat(shop.credit(limited)).as("what is still to be billed").isEqualTo("50");
    assertThat(shop.does(id, takeBack(part(1, "1")))).noneMatch(CreditEvent.class::isInstance);
    shop.confirmed(order(limited, line(chai, "1", "50", "0", "0")));
    assertThat(shop.does(id, pay())).noneMatch(CreditEvent.class::isInstance);
    assertThat(shop.credit(limited)).isEqualTo("100");
  }

  @Test
  void what_was_paid_too_much_stands_against_the_next_bill() {
    UUID id = shop.confirmed(order(alfreds, line(chai, "2", "50", "0", "0")));
    shop.does(id, ship(part(1, "1")));
    shop.does(id, invoice());
    shop.does(id, pay());
    shop.does(id, takeBack(part(1, "1")));
    shop.does(id, ship());
    shop.does(id, invoice());
    assertThat(shop.open(id)).isEqualTo("0");
    assertThat(shop.credit(alfreds)).isEqualTo("0");
  }
}
