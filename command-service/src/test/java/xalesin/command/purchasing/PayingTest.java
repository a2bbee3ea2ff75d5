package xalesin.command.purchasing;

import static org.assertj.core.api.Assertions.assertThat;
import static xalesin.command.purchasing.Purchases.TERM_DAYS;
import static xalesin.command.purchasing.Purchases.TODAY;
import static xalesin.command.purchasing.Purchases.part;
import static xalesin.command.purchasing.Purchases.totals;

import java.time.LocalDate;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import xalesin.command.finance.AccountDecider;
import xalesin.command.finance.FinanceRefusal;
import xalesin.command.parties.PartyDecider;
import xalesin.command.purchasing.PurchaseOrderRefusal.Standing;
import xalesin.command.settings.TenantSettingsDecider;
import xalesin.schemas.Amount;
import xalesin.schemas.StreamName;
import xalesin.schemas.finance.AccountEvent;
import xalesin.schemas.finance.AccountType;
import xalesin.schemas.parties.PartyEvent;
import xalesin.schemas.purchasing.PurchaseOrderCommand.Bill;
import xalesin.schemas.purchasing.PurchaseOrderCommand.Pay;
import xalesin.schemas.purchasing.PurchaseOrderEvent.Billed;
import xalesin.schemas.purchasing.PurchaseOrderEvent.Paid;
import xalesin.schemas.settings.TenantSettingsEvent;

/** The supplier's bills and what is paid of them. */
class PayingTest {
  private final Purchases tenant = new Purchases();

  /** Chai for 119 euros with tax, received and billed. */
  private UUID billed() {
    UUID order = tenant.approved(tenant.line(tenant.chai, "10", "10", "0.19"));
    tenant.receive(order).events();
    tenant.bill(order).events();
    return order;
  }

  private void closeThrough(LocalDate day) {
    tenant.books.given(
        TenantSettingsDecider.AGGREGATE,
        StreamName.ONLY,
        new TenantSettingsEvent.PeriodClosed(day));
  }

  private UUID account(String code, AccountType type) {
    UUID id = tenant.books.newId();
    tenant.books.given(
        AccountDecider.AGGREGATE, id, new AccountEvent.Opened(code, "Account " + code, type, null));
    return id;
  }

  // Bills

  @Test
  void what_has_come_is_billed_with_its_tax_and_due_after_the_suppliers_days() {
    UUID order = tenant.approved(tenant.line(tenant.chai, "10", "10", "0.19"));
    tenant.receive(order);
    assertThat(tenant.bill(order).events())
        .startsWith(new Billed(TODAY, TODAY.plusDays(TERM_DAYS), totals("100", "19", "119"), true))
        .hasSize(2);
    tenant.assertLastPosted("Dr 2100 100", "Dr 1300 19", "Cr 2000 119");
    assertThat(tenant.books.entries().getLast().source()).isEqualTo("purchase-orders/" + order);
    assertThat(tenant.books.balance("2100")).isEqualTo("0");
  }

  @Test
  void the_days_to_pay_are_those_of_the_supplier_when_the_bill_comes() {
    UUID order = tenant.approved(tenant.line(tenant.chai, "1", "1"));
    tenant.receive(order);
    PartyEvent.Registered was =
        (PartyEvent.Registered)
            tenant.books.events(PartyDecider.AGGREGATE, tenant.supplier).getFirst();
    tenant.books.given(
        PartyDecider.AGGREGATE,
        tenant.supplier,
        new PartyEvent.DetailsChanged(
            new PartyEvent.Details(
                was.details().kinds(),
                "Exotic Liquids Ltd",
                null,
                null,
                was.details().addresses(),
                was.details().contacts(),
                null,
                60,
                null)));
    tenant.books.given(PartyDecider.AGGREGATE, tenant.supplier, new PartyEvent.Deactivated());
    LocalDate date = LocalDate.of(2026, 3, 1);
    tenant.order(order, new Bill(date));
    assertThat(tenant.last(order))
        .isEqualTo(new Billed(date, LocalDate.of(2026, 4, 30), totals("1", "0", "1"), true));
  }

  @Test
  void only_what_has_come_and_is_not_billed_is_billed() {
    UUID order = tenant.approved(tenant.line(tenant.chai, "10", "10", "0.19"));
    assertThat(tenant.bill(order).refusal()).isEqualTo(Standing.NOTHING_TO_BILL);
    tenant.receive(order, part(1, "4"));
    tenant.bill(order);
    assertThat(tenant.last(order))
        .isEqualTo(
            new Billed(TODAY, TODAY.plusDays(TERM_DAYS), totals("40", "7.6", "47.6"), false));
    assertThat(tenant.bill(order).refusal()).isEqualTo(Standing.NOTHING_TO_BILL);
    tenant.receive(order, part(1, "1"));
    tenant.receive(order);
    tenant.bill(order);
    assertThat(tenant.last(order))
        .isEqualTo(
            new Billed(TODAY, TODAY.plusDays(TERM_DAYS), totals("60", "11.4", "71.4"), true));
    assertThat(tenant.books.balance("2000")).isEqualTo("-119");
  }

  @Test
  void the_tax_of_all_bills_together_is_that_of_the_line() {
    UUID order = tenant.approved(tenant.line(tenant.chai, "3", "0.3333", "0.05"));
    // Of 1.00 with 0.05 tax: 0.33, 0.34 and 0.33 with 0.02, 0.01 and 0.02.
    for (String expected : new String[] {"0.33 0.02", "0.34 0.01", "0.33 0.02"}) {
      tenant.receive(order, part(1, "1"));
      tenant.bill(order);
      Billed bill = (Billed) tenant.last(order);
      assertThat(bill.totals().net() + " " + bill.totals().tax()).isEqualTo(expected);
    }
    assertThat(tenant.books.balance("1300")).isEqualTo("0.05");
    assertThat(tenant.books.balance("2000")).isEqualTo("-1.05");
    assertThat(tenant.books.balance("2100")).isEqualTo("0");
  }

  @Test
  void goods_that_cost_nothing_are_billed_without_an_entry() {
    UUID order = tenant.approved(tenant.line(tenant.chai, "5", "0"));
    tenant.receive(order);
    assertThat(tenant.bill(order).events())
        .containsExactly(new Billed(TODAY, TODAY.plusDays(TERM_DAYS), totals("0", "0", "0"), true));
    assertThat(tenant.bill(order).refusal()).isEqualTo(Standing.NOTHING_TO_BILL);
    assertThat(tenant.pay(order, null).refusal()).isEqualTo(Standing.NOTHING_OPEN);
  }

  @Test
  void nothing_is_billed_or_paid_in_a_closed_period() {
    UUID order = billed();
    UUID unbilled = tenant.approved(tenant.line(tenant.tea, "1", "1"));
    tenant.receive(unbilled);
    closeThrough(TODAY);
    FinanceRefusal closed = new FinanceRefusal.PeriodClosed(TODAY, TODAY.toString());
    assertThat(tenant.bill(unbilled).refusal()).isEqualTo(closed);
    assertThat(tenant.pay(order, null).refusal()).isEqualTo(closed);
    assertThat(tenant.order(order, new Pay(null, TODAY.plusDays(1), null)).events()).hasSize(2);
  }

  // Payments

  @Test
  void all_that_is_open_is_paid_from_the_bank() {
    UUID order = billed();
    assertThat(tenant.pay(order, null).events())
        .startsWith(new Paid(Amount.of("119"), TODAY, tenant.books.account("1000"), Amount.ZERO))
        .hasSize(2);
    tenant.assertLastPosted("Dr 2000 119", "Cr 1000 119");
    assertThat(tenant.books.balance("2000")).isEqualTo("0");
    assertThat(tenant.pay(order, null).refusal()).isEqualTo(Standing.NOTHING_OPEN);
    assertThat(tenant.pay(order, "0.01").refusal()).isEqualTo(Standing.NOTHING_OPEN);
  }

  @Test
  void it_is_paid_in_parts_and_never_more_than_is_open() {
    UUID order = billed();
    tenant.pay(order, "100.5");
    assertThat(tenant.last(order))
        .isEqualTo(
            new Paid(Amount.of("100.5"), TODAY, tenant.books.account("1000"), Amount.of("18.5")));
    assertThat(tenant.pay(order, "18.51").refusal())
        .isEqualTo(new PurchaseOrderRefusal.PaysTooMuch(Amount.of("18.5"), Amount.of("18.51")));
    assertThat(tenant.pay(order, "18.5").events()).hasSize(2);
  }

  @Test
  void nothing_is_paid_before_it_is_billed() {
    UUID order = tenant.approved(tenant.line(tenant.chai, "10", "10"));
    tenant.receive(order);
    assertThat(tenant.pay(order, "1").refusal()).isEqualTo(Standing.NOTHING_OPEN);
  }

  @Test
  void no_parts_of_a_cent_are_paid() {
    UUID order = billed();
    assertThat(tenant.pay(order, "0.005").refusal())
        .isEqualTo(new PurchaseOrderRefusal.BrokenUnits(Amount.of("0.005"), "EUR"));
    UUID yen = tenant.approved("JPY", tenant.line(tenant.tea, "1", "10"));
    tenant.receive(yen);
    tenant.bill(yen);
    assertThat(tenant.pay(yen, "0.5").refusal())
        .isEqualTo(new PurchaseOrderRefusal.BrokenUnits(Amount.of("0.5"), "JPY"));
  }

  @Test
  void it_is_paid_from_another_account_if_that_holds_money() {
    UUID order = billed();
    UUID till = account("1001", AccountType.ASSET);
    LocalDate yesterday = TODAY.minusDays(1);
    tenant.order(order, new Pay(Amount.of("19"), yesterday, till));
    assertThat(tenant.last(order))
        .isEqualTo(new Paid(Amount.of("19"), yesterday, till, Amount.of("100")));
    assertThat(tenant.books.balance("1001")).isEqualTo("-19");
    UUID loan = account("2900", AccountType.LIABILITY);
    assertThat(tenant.order(order, new Pay(null, null, loan)).refusal())
        .isEqualTo(new PurchaseOrderRefusal.NotForPayments("2900"));
    assertThat(tenant.order(order, new Pay(null, null, tenant.books.account("1200"))).refusal())
        .as("nobody is paid with stock")
        .isEqualTo(new PurchaseOrderRefusal.NotForPayments("1200"));
    UUID none = tenant.books.newId();
    assertThat(tenant.order(order, new Pay(null, null, none)).refusal())
        .isEqualTo(new FinanceRefusal.UnknownAccount(none));
    tenant.books.given(AccountDecider.AGGREGATE, till, new AccountEvent.Closed());
    assertThat(tenant.order(order, new Pay(null, null, till)).refusal())
        .isEqualTo(new FinanceRefusal.AccountClosed("1001"));
  }

  @Test
  void an_order_has_so_many_receipts_and_payments_and_then_one_of_all_that_is_left() {
    UUID order = tenant.approved(tenant.line(tenant.chai, "1002", "1"));
    for (int receipt = 0; receipt < PurchaseOrder.MAX_STEPS; receipt++) {
      tenant.receive(order, part(1, "1")).events();
    }
    assertThat(tenant.receive(order, part(1, "1")).refusal()).isEqualTo(Standing.TOO_MANY_RECEIPTS);
    tenant.receive(order).events();
    tenant.bill(order).events();
    for (int payment = 0; payment < PurchaseOrder.MAX_STEPS; payment++) {
      tenant.pay(order, "0.01").events();
    }
    assertThat(tenant.pay(order, "0.01").refusal()).isEqualTo(Standing.TOO_MANY_PAYMENTS);
    tenant.pay(order, null).events();
    assertThat(tenant.books.balance("2000")).isEqualTo("0");
  }
}
