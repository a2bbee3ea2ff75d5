package xalesin.command.sales;

import static org.assertj.core.api.Assertions.assertThat;
import static xalesin.command.sales.Shop.TODAY;
import static xalesin.command.sales.Shop.invoice;
import static xalesin.command.sales.Shop.line;
import static xalesin.command.sales.Shop.order;
import static xalesin.command.sales.Shop.part;
import static xalesin.command.sales.Shop.pay;
import static xalesin.command.sales.Shop.ship;
import static xalesin.command.sales.Shop.takeBack;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import xalesin.command.finance.AccountDecider;
import xalesin.command.finance.FinanceRefusal;
import xalesin.schemas.Amount;
import xalesin.schemas.Money;
import xalesin.schemas.Quantity;
import xalesin.schemas.finance.AccountEvent;
import xalesin.schemas.finance.AccountType;
import xalesin.schemas.finance.FinancialTransactionEvent;
import xalesin.schemas.finance.Posting;
import xalesin.schemas.parties.CreditEvent;
import xalesin.schemas.parties.PartyCommand;
import xalesin.schemas.sales.SalesOrderCommand.Invoice;
import xalesin.schemas.sales.SalesOrderCommand.Pay;
import xalesin.schemas.sales.SalesOrderEvent.BilledLine;
import xalesin.schemas.sales.SalesOrderEvent.Invoiced;
import xalesin.schemas.sales.SalesOrderEvent.Paid;
import xalesin.schemas.sales.SalesOrderEvent.Totals;

class BillingTest {
  private final Shop shop = new Shop();
  private final UUID alfreds = shop.customer();
  private final UUID chai = shop.item("CHAI", "18", "100", "2");
  private final UUID tofu = shop.item("TOFU", "10", "100", "3");

  private static BilledLine billed(int line, String quantity, String net, String tax) {
    return new BilledLine(line, Quantity.of(quantity), Amount.of(net), Amount.of(tax));
  }

  private static Totals totals(String net, String tax, String freight, String total) {
    return new Totals(Amount.of(net), Amount.of(tax), Amount.of(freight), Amount.of(total));
  }

  private UUID account(String code, AccountType type) {
    UUID id = shop.books.newId();
    shop.books.given(
        AccountDecider.AGGREGATE, id, new AccountEvent.Opened(code, "Account", type, null));
    return id;
  }

  // Invoices

  @Test
  void an_invoice_bills_what_was_shipped_and_is_posted() {
    UUID id =
        shop.shipped(
            order(
                alfreds,
                null,
                "4.9",
                line(chai, "2", "18", "0.1", "0.19"),
                line(tofu, "1", "10", "0", "0.07")));
    assertThat(shop.happens(id, invoice()))
        .isEqualTo(
            new Invoiced(
                "INV-2026-000001",
                TODAY,
                TODAY.plusDays(14),
                List.of(billed(1, "2", "32.4", "6.16"), billed(2, "1", "10", "0.7")),
                totals("42.4", "6.86", "4.9", "54.16"),
                true));
    FinancialTransactionEvent.Posted entry = shop.books.entries().getLast();
    assertThat(entry.memo()).isEqualTo("Invoice INV-2026-000001");
    assertThat(entry.source()).isEqualTo("sales-orders/" + id);
    assertThat(entry.postings())
        .containsExactly(
            Posting.debit(shop.books.account("1100"), Money.of("54.16", "EUR")),
            Posting.credit(shop.books.account("4000"), Money.of("42.4", "EUR")),
            Posting.credit(shop.books.account("2200"), Money.of("6.86", "EUR")),
            Posting.credit(shop.books.account("4100"), Money.of("4.9", "EUR")));
    assertThat(shop.open(id)).isEqualTo("54.16");
    assertThat(shop.credit(alfreds)).as("what is billed is still owed").isEqualTo("54.16");
  }

  @Test
  void parts_of_a_line_add_up_to_it_without_drift() {
    UUID id = shop.confirmed(order(alfreds, null, "1", line(chai, "3", "3.3333", "0", "0.19")));
    List<BilledLine> bills = new ArrayList<>();
    List<Totals> totals = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      shop.does(id, ship(part(1, "1")));
      Invoiced invoiced = (Invoiced) shop.happens(id, invoice());
      bills.addAll(invoiced.lines());
      totals.add(invoiced.totals());
      assertThat(invoiced.complete()).isEqualTo(i == 2);
    }
    assertThat(bills)
        .as("10.00 and 1.90 in thirds")
        .containsExactly(
            billed(1, "1", "3.33", "0.63"),
            billed(1, "1", "3.34", "0.64"),
            billed(1, "1", "3.33", "0.63"));
    assertThat(totals)
        .as("the first has the freight")
        .containsExactly(
            totals("3.33", "0.63", "1", "4.96"),
            totals("3.34", "0.64", "0", "3.98"),
            totals("3.33", "0.63", "0", "3.96"));
    assertThat(shop.open(id)).isEqualTo("12.9");
  }

  @Test
  void parts_in_a_currency_without_cents_are_whole_units() {
    UUID id = shop.confirmed(order(alfreds, "JPY", null, line(chai, "3", "33.5", "0", "0.1")));
    List<BilledLine> bills = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      shop.does(id, ship(part(1, "1")));
      bills.addAll(((Invoiced) shop.happens(id, invoice())).lines());
    }
    assertThat(bills)
        .as("101 and 10 in thirds")
        .containsExactly(
            billed(1, "1", "34", "3"), billed(1, "1", "33", "4"), billed(1, "1", "34", "3"));
    shop.does(id, pay());
    assertThat(shop.books.trialBalance()).containsEntry("1000 JPY", "111");
    assertThat(shop.books.trialBalance()).doesNotContainKey("1100 JPY");
  }

  @Test
  void nothing_is_billed_twice_or_before_it_is_shipped() {
    UUID id = shop.confirmed(order(alfreds, null, "5", line(chai, "2")));
    assertThat(shop.refuses(id, invoice())).isEqualTo(new BillingRefusal.NothingToInvoice());
    shop.does(id, ship());
    shop.does(id, invoice());
    assertThat(shop.refuses(id, invoice())).isEqualTo(new BillingRefusal.NothingToInvoice());
  }

  @Test
  void an_invoice_is_due_by_the_customers_terms_of_then() {
    UUID id = shop.shipped(order(alfreds, line(chai, "2")));
    shop.party(
        alfreds,
        new PartyCommand.ChangeDetails(null, null, null, null, null, null, null, 0, null, null));
    shop.party(alfreds, new PartyCommand.Deactivate());
    LocalDate newYearsEve = LocalDate.of(2025, 12, 31);
    Invoiced invoiced = (Invoiced) shop.happens(id, new Invoice(newYearsEve));
    assertThat(invoiced.number()).isEqualTo("INV-2025-000001");
    assertThat(invoiced.dueDate()).isEqualTo(newYearsEve);
  }

  @Test
  void an_invoice_over_nothing_has_a_number_and_no_entry() {
    UUID id = shop.shipped(order(alfreds, line(chai, "2", "0", "0", "0")));
    int entries = shop.books.entries().size();
    assertThat(((Invoiced) shop.happens(id, invoice())).totals())
        .isEqualTo(totals("0", "0", "0", "0"));
    assertThat(shop.books.entries()).hasSize(entries);
    assertThat(shop.refuses(id, pay())).isEqualTo(new BillingRefusal.NothingOpen());
  }

  @Test
  void a_refused_invoice_takes_no_number() {
    UUID id = shop.shipped(order(alfreds, line(chai, "2")));
    LocalDate closed = TODAY.minusDays(1);
    shop.closes(closed);
    assertThat(shop.refuses(id, new Invoice(closed)))
        .isEqualTo(new FinanceRefusal.PeriodClosed(closed, closed.toString()));
    assertThat(((Invoiced) shop.happens(id, invoice())).number()).isEqualTo("INV-2026-000001");
  }

  // Payments

  @Test
  void a_payment_settles_all_that_is_open() {
    UUID id = shop.invoiced(order(alfreds, line(chai, "2")));
    assertThat(shop.does(id, pay()))
        .hasSize(3)
        .contains(
            new Paid(Amount.of("36"), TODAY, shop.books.account("1000"), Amount.ZERO),
            new CreditEvent.GivenBack(id, Money.of("36", "EUR")));
    FinancialTransactionEvent.Posted entry = shop.books.entries().getLast();
    assertThat(entry.memo()).isEqualTo("Payment for SO-2026-000001");
    assertThat(entry.postings())
        .containsExactly(
            Posting.debit(shop.books.account("1000"), Money.of("36", "EUR")),
            Posting.credit(shop.books.account("1100"), Money.of("36", "EUR")));
    assertThat(shop.credit(alfreds)).isEqualTo("0");
    assertThat(shop.refuses(id, pay())).isEqualTo(new BillingRefusal.NothingOpen());
  }

  @Test
  void a_payment_in_parts_to_an_account_of_choice() {
    UUID till = account("1010", AccountType.ASSET);
    UUID id = shop.invoiced(order(alfreds, line(chai, "2")));
    assertThat(shop.happens(id, new Pay(Amount.of("10.01"), TODAY.minusDays(1), till)))
        .isEqualTo(new Paid(Amount.of("10.01"), TODAY.minusDays(1), till, Amount.of("25.99")));
    assertThat(shop.books.balance("1010")).isEqualTo("10.01");
    assertThat(shop.books.balance("1100")).isEqualTo("25.99");
    assertThat(shop.credit(alfreds)).isEqualTo("25.99");
  }

  @Test
  void no_more_is_paid_than_is_open() {
    UUID id = shop.shipped(order(alfreds, line(chai, "2")));
    assertThat(shop.refuses(id, pay("1")))
        .isEqualTo(new BillingRefusal.PaysTooMuch(Amount.ZERO, Amount.of("1")));
    shop.does(id, invoice());
    assertThat(shop.refuses(id, pay("36.01")))
        .isEqualTo(new BillingRefusal.PaysTooMuch(Amount.of("36"), Amount.of("36.01")));
    assertThat(shop.refuses(id, pay("-1")))
        .isEqualTo(new BillingRefusal.RefundsTooMuch(Amount.ZERO, Amount.of("1")));
    assertThat(shop.refuses(id, pay("0.001")))
        .isEqualTo(new PlacingRefusal.BrokenUnits(Amount.of("0.001"), "EUR"));
  }

  @Test
  void money_is_paid_only_to_an_account_that_holds_money() {
    UUID id = shop.invoiced(order(alfreds, line(chai, "2")));
    UUID nowhere = shop.books.newId();
    assertThat(shop.refuses(id, new Pay(null, null, nowhere)))
        .isEqualTo(new FinanceRefusal.UnknownAccount(nowhere));
    assertThat(shop.refuses(id, new Pay(null, null, account("6100", AccountType.EXPENSE))))
        .isEqualTo(new BillingRefusal.NotForPayments("6100"));
    for (String code : List.of("1100", "1200", "1300")) {
      assertThat(shop.refuses(id, new Pay(null, null, shop.books.account(code))))
          .isEqualTo(new BillingRefusal.NotForPayments(code));
    }
    UUID closed = account("1020", AccountType.ASSET);
    shop.books.given(AccountDecider.AGGREGATE, closed, new AccountEvent.Closed());
    assertThat(shop.refuses(id, new Pay(null, null, closed)))
        .isEqualTo(new FinanceRefusal.AccountClosed("1020"));
  }

  @Test
  void what_was_paid_too_much_is_paid_back_and_no_more() {
    UUID id = shop.invoiced(order(alfreds, line(chai, "2")));
    shop.does(id, pay());
    shop.does(id, takeBack(part(1, "1")));
    assertThat(shop.open(id)).isEqualTo("-18");
    assertThat(shop.refuses(id, pay("1")))
        .isEqualTo(new BillingRefusal.PaysTooMuch(Amount.of("-18"), Amount.of("1")));
    assertThat(shop.refuses(id, pay("-18.01")))
        .isEqualTo(new BillingRefusal.RefundsTooMuch(Amount.of("18"), Amount.of("18.01")));
    shop.does(id, pay("-8"));
    assertThat(shop.happens(id, pay()))
        .as("all that is open, which is to be paid back")
        .isEqualTo(new Paid(Amount.of("-10"), TODAY, shop.books.account("1000"), Amount.ZERO));
    assertThat(shop.books.entries().getLast().memo()).isEqualTo("Refund for SO-2026-000001");
    assertThat(shop.books.balance("1000")).isEqualTo("18");
    assertThat(shop.books.balance("1100")).isEqualTo("0");
    assertThat(shop.credit(alfreds)).isEqualTo("0");
  }

  @Test
  void an_order_has_so_many_payments_and_then_one_of_all_that_is_open() {
    UUID bolts = shop.item("BOLTS", "18", "10", "1");
    UUID id = shop.invoiced(order(shop.customer(), line(bolts, "1", "20", "0", "0")));
    for (int payment = 0; payment < SalesOrder.MAX_STEPS; payment++) {
      shop.does(id, pay("0.01"));
    }
    assertThat(shop.refuses(id, pay("0.01"))).isEqualTo(SalesOrderRefusal.TooMany.PAYMENTS);
    shop.does(id, pay());
    assertThat(shop.open(id)).isEqualTo("0");
  }
}
