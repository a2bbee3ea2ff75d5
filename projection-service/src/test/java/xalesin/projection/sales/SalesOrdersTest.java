package xalesin.projection.sales;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static xalesin.projection.Happenings.START;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.assertj.core.groups.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import xalesin.projection.Happenings;
import xalesin.schemas.Amount;
import xalesin.schemas.DomainEvent;
import xalesin.schemas.Fraction;
import xalesin.schemas.LineQuantity;
import xalesin.schemas.Quantity;
import xalesin.schemas.StreamName;
import xalesin.schemas.sales.ReceivableRow;
import xalesin.schemas.sales.SalesOrderEvent.BilledLine;
import xalesin.schemas.sales.SalesOrderEvent.Cancelled;
import xalesin.schemas.sales.SalesOrderEvent.Closed;
import xalesin.schemas.sales.SalesOrderEvent.Confirmed;
import xalesin.schemas.sales.SalesOrderEvent.Invoiced;
import xalesin.schemas.sales.SalesOrderEvent.LinesChanged;
import xalesin.schemas.sales.SalesOrderEvent.Paid;
import xalesin.schemas.sales.SalesOrderEvent.Placed;
import xalesin.schemas.sales.SalesOrderEvent.Returned;
import xalesin.schemas.sales.SalesOrderEvent.ReturnedLine;
import xalesin.schemas.sales.SalesOrderEvent.Shipped;
import xalesin.schemas.sales.SalesOrderEvent.ShippedLine;
import xalesin.schemas.sales.SalesOrderEvent.Totals;
import xalesin.schemas.sales.SalesOrderLine;
import xalesin.schemas.sales.SalesOrderRow;
import xalesin.schemas.sales.SalesOrderRow.Line;

/** An order of 10 bolts at 10 and 4 nuts at 5, with a tax of 10 % and 6 of freight: 138 in all. */
class SalesOrdersTest {
  private static final UUID ORDER = new UUID(1, 2);
  private static final UUID CUSTOMER = new UUID(3, 4);
  private static final UUID CASH = new UUID(5, 6);
  private static final LocalDate DAY = LocalDate.parse("2026-11-01");
  private static final int BOLTS = 1;
  private static final int NUTS = 2;

  private final Happenings happenings = new Happenings();

  @Test
  void a_placed_order_is_a_draft_of_which_nothing_has_happened() {
    given(placed());
    SalesOrderRow order = order();
    assertThat(order.status()).isEqualTo("draft");
    assertThat(order.number()).isEqualTo("SO-2026-000001");
    assertThat(order.customer().id()).isEqualTo(CUSTOMER);
    assertThat(order.customer().name()).isEqualTo("Blauer See");
    assertThat(order.total()).isEqualTo(amount(138));
    assertThat(order.dueDate()).isNull();
    assertThat(order.lines()).extracting(Line::line).containsExactly(1, 2);
    assertThat(order.lines())
        .extracting(Line::shipped, Line::billed, Line::returned)
        .containsOnly(tuple(Quantity.ZERO, Quantity.ZERO, Quantity.ZERO));
    expectMoney(0, 0, 0);
    assertThat(order.createdAt()).isEqualTo(order.updatedAt()).isEqualTo(START.plusSeconds(1));
  }

  @Test
  void changed_lines_stand_in_for_the_old_ones() {
    given(placed(), new LinesChanged(List.of(line("nut", 8, 5)), totals(40, 4, 0)));
    assertThat(order().lines())
        .extracting(Line::sku, Line::quantity)
        .containsExactly(tuple("nut", Quantity.of(8)));
    assertThat(order().total()).isEqualTo(amount(44));
    assertThat(order().freight()).isEqualTo(Amount.ZERO);
    expectStatus("draft");
  }

  @Test
  void an_order_goes_from_confirmed_to_paid_in_parts() {
    given(placed(), new Confirmed());
    expectStatus("confirmed");
    given(shipped(BOLTS, 4));
    expectStatus("partially-shipped");
    given(invoiced("INV-1", 30, 40 + 4 + 6, billed(BOLTS, 4, 40)));
    expectStatus("partially-shipped");
    expectMoney(50, 0, 50);
    given(paid(50, 0));
    expectStatus("partially-shipped");
    given(shipped(BOLTS, 6), shipped(NUTS, 4));
    expectStatus("shipped");
    given(invoiced("INV-2", 60, 88, billed(BOLTS, 6, 60), billed(NUTS, 4, 20)));
    expectStatus("invoiced");
    expectMoney(138, 50, 88);
    given(paid(80, 8));
    expectStatus("invoiced");
    given(paid(8, 0));
    expectStatus("paid");
    expectMoney(138, 138, 0);
    assertThat(order().lines())
        .extracting(Line::shipped, Line::billed)
        .containsExactly(
            tuple(Quantity.of(10), Quantity.of(10)), tuple(Quantity.of(4), Quantity.of(4)));
  }

  @Test
  void the_order_is_due_with_its_oldest_open_invoice() {
    given(
        placed(),
        new Confirmed(),
        shipped(BOLTS, 4),
        invoiced("INV-1", 30, 50, billed(BOLTS, 4, 40)),
        shipped(BOLTS, 6),
        invoiced("INV-2", 60, 66, billed(BOLTS, 6, 60)));
    assertThat(order().dueDate()).isEqualTo(DAY.plusDays(30));
    assertThat(opens()).containsExactly(tuple("INV-1", amount(50)), tuple("INV-2", amount(66)));
    given(paid(70, 46));
    assertThat(order().dueDate()).isEqualTo(DAY.plusDays(60));
    assertThat(opens()).containsExactly(tuple("INV-2", amount(46)));
    given(paid(46, 0));
    assertThat(order().dueDate()).isEqualTo(DAY.plusDays(60));
    assertThat(opens()).isEmpty();
  }

  @Test
  void what_comes_back_billed_is_credited_and_what_was_paid_too_much_is_paid_back() {
    givenPaid();
    given(returned("CN-1", 33, goods(BOLTS, 3, 3, 30)));
    expectMoney(105, 138, -33);
    expectStatus("paid");
    assertThat(opens()).isEmpty();
    assertThat(order().creditNotes())
        .containsExactly(new SalesOrderRow.CreditNote("CN-1", DAY, amount(33)));
    assertThat(order().lines().getFirst().billed()).isEqualTo(Quantity.of(7));
    assertThat(order().lines().getFirst().returned()).isEqualTo(Quantity.of(3));
    assertThat(order().lines().getFirst().shipped()).isEqualTo(Quantity.of(10));
    given(paid(-33, 0));
    expectMoney(105, 105, 0);
    expectStatus("paid");
    assertThat(opens()).isEmpty();
  }

  @Test
  void a_credit_settles_what_is_open() {
    given(placed(), new Confirmed(), shipped(BOLTS, 10), shipped(NUTS, 4));
    given(invoiced("INV-1", 30, 138, billed(BOLTS, 10, 100), billed(NUTS, 4, 20)));
    given(returned("CN-1", 33, goods(BOLTS, 3, 3, 30)));
    expectMoney(105, 0, 105);
    expectStatus("invoiced");
    assertThat(opens()).containsExactly(tuple("INV-1", amount(105)));
  }

  @Test
  void what_comes_back_unbilled_is_not_waited_for() {
    given(placed(), new Confirmed(), shipped(BOLTS, 10), shipped(NUTS, 4));
    given(returned(null, 0, goods(BOLTS, 3, 0, 0)));
    expectStatus("shipped");
    assertThat(order().creditNotes()).isEmpty();
    given(invoiced("INV-1", 30, 105, billed(BOLTS, 7, 70), billed(NUTS, 4, 20)));
    expectStatus("invoiced");
    expectMoney(105, 0, 105);
    assertThat(order().lines().getFirst().billed()).isEqualTo(Quantity.of(7));
  }

  @Test
  void money_paid_back_opens_the_newest_invoice_again() {
    givenPaid();
    given(paid(-38, 38));
    expectStatus("invoiced");
    assertThat(opens()).containsExactly(tuple("INV-1", amount(38)));
  }

  @Test
  void a_receivable_tells_what_it_is_for_and_who_owes_it() {
    given(placed(), new Confirmed(), shipped(BOLTS, 4));
    given(invoiced("INV-1", 30, 50, billed(BOLTS, 4, 40)));
    ReceivableRow open = happenings.rows(Receivables.VIEW).getFirst();
    assertThat(open.order()).isEqualTo(ORDER);
    assertThat(open.orderNumber()).isEqualTo("SO-2026-000001");
    assertThat(open.customer().name()).isEqualTo("Blauer See");
    assertThat(open.currency()).isEqualTo("EUR");
    assertThat(open.dueDate()).isEqualTo(DAY.plusDays(30));
    assertThat(open.total()).isEqualTo(open.open()).isEqualTo(amount(50));
    assertThat(open.version()).isEqualTo(4);
    given(shipped(NUTS, 4));
    assertThat(happenings.rows(Receivables.VIEW)).containsExactly(open);
  }

  @Test
  void a_cancelled_order_stays_cancelled_and_owes_nothing() {
    given(placed(), new Confirmed(), new Cancelled("changed their mind"));
    expectStatus("cancelled");
    assertThat(order().total()).isEqualTo(amount(138));
    expectMoney(0, 0, 0);
  }

  @Test
  void an_order_that_is_closed_waits_for_nothing_more_to_be_shipped() {
    given(placed(), new Confirmed(), shipped(BOLTS, 4));
    given(
        new Closed(
            "no longer made",
            List.of(
                new LineQuantity(BOLTS, Quantity.of(6)), new LineQuantity(NUTS, Quantity.of(4)))));
    expectStatus("shipped");
    assertThat(order().lines())
        .extracting(Line::shipped, Line::closed)
        .containsExactly(
            tuple(Quantity.of(4), Quantity.of(6)), tuple(Quantity.ZERO, Quantity.of(4)));
    assertThat(order().total()).isEqualTo(amount(138));
    given(invoiced("INV-1", 30, 50, billed(BOLTS, 4, 40)));
    expectStatus("invoiced");
    given(paid(50, 0));
    expectStatus("paid");
  }

  @Test
  void an_order_of_which_all_came_back_is_returned_not_paid() {
    given(placed(), new Confirmed(), shipped(BOLTS, 10), shipped(NUTS, 4));
    given(returned(null, 0, goods(BOLTS, 10, 0, 0)));
    expectStatus("shipped");
    given(returned(null, 0, goods(NUTS, 4, 0, 0)));
    expectStatus("returned");
    expectMoney(0, 0, 0);
  }

  @Test
  void an_order_of_which_all_came_back_billed_is_returned_when_nothing_is_owed() {
    given(placed(), new Confirmed(), shipped(BOLTS, 10), shipped(NUTS, 4));
    given(invoiced("INV-1", 30, 138, billed(BOLTS, 10, 100), billed(NUTS, 4, 20)));
    given(returned("CN-1", 132, goods(BOLTS, 10, 10, 100), goods(NUTS, 4, 4, 20)));
    expectStatus("invoiced");
    given(paid(6, 0));
    expectStatus("returned");
  }

  @Test
  void an_order_that_was_never_placed_cannot_change() {
    assertThatThrownBy(() -> given(new Confirmed())).hasMessageContaining("does not exist");
    given(placed());
    assertThatThrownBy(() -> given(shipped(3, 1))).hasMessageContaining("no line 3");
    assertThatThrownBy(() -> given(placed())).hasMessageContaining("placed before");
  }

  private void givenPaid() {
    given(placed(), new Confirmed(), shipped(BOLTS, 10), shipped(NUTS, 4));
    given(invoiced("INV-1", 30, 138, billed(BOLTS, 10, 100), billed(NUTS, 4, 20)));
    given(paid(138, 0));
    expectStatus("paid");
  }

  private static Placed placed() {
    return new Placed(
        "SO-2026-000001",
        CUSTOMER,
        "Blauer See",
        DAY,
        null,
        "EUR",
        "their 77",
        List.of(line("bolt", 10, 10), line("nut", 4, 5)),
        totals(120, 12, 6));
  }

  private static SalesOrderLine line(String sku, long quantity, long price) {
    long net = quantity * price;
    return new SalesOrderLine(
        new UUID(7, sku.hashCode()),
        sku,
        "A " + sku,
        Quantity.of(quantity),
        amount(price),
        Fraction.ZERO,
        Fraction.of("0.1"),
        "main",
        amount(net),
        amount(net / 10));
  }

  private static Totals totals(long net, long tax, long freight) {
    return new Totals(amount(net), amount(tax), amount(freight), amount(net + tax + freight));
  }

  private static Shipped shipped(int line, long quantity) {
    return new Shipped(DAY, List.of(new ShippedLine(line, Quantity.of(quantity), null)), false);
  }

  private static BilledLine billed(int line, long quantity, long net) {
    return new BilledLine(line, Quantity.of(quantity), amount(net), amount(net / 10));
  }

  private static Invoiced invoiced(String number, int days, long total, BilledLine... lines) {
    Totals totals = new Totals(Amount.ZERO, Amount.ZERO, Amount.ZERO, amount(total));
    return new Invoiced(number, DAY, DAY.plusDays(days), List.of(lines), totals, false);
  }

  private static ReturnedLine goods(int line, long quantity, long credited, long net) {
    return new ReturnedLine(
        line, Quantity.of(quantity), null, Quantity.of(credited), amount(net), amount(net / 10));
  }

  private static Returned returned(@Nullable String creditNote, long total, ReturnedLine... lines) {
    Totals totals = new Totals(Amount.ZERO, Amount.ZERO, Amount.ZERO, amount(total));
    return new Returned(DAY, "broken", creditNote, List.of(lines), totals);
  }

  private static Paid paid(long amount, long open) {
    return new Paid(amount(amount), DAY, CASH, amount(open));
  }

  private static Amount amount(long value) {
    return Amount.of(Long.toString(value));
  }

  private void given(DomainEvent... events) {
    happenings.happen(StreamName.SALES_ORDERS, ORDER, events);
  }

  private SalesOrderRow order() {
    return happenings.row(SalesOrders.VIEW, ORDER);
  }

  private void expectStatus(String status) {
    assertThat(order().status()).isEqualTo(status);
  }

  private void expectMoney(long billed, long paid, long open) {
    assertThat(order().billed()).isEqualTo(amount(billed));
    assertThat(order().paid()).isEqualTo(amount(paid));
    assertThat(order().open()).isEqualTo(amount(open));
  }

  /** Number and open amount of each receivable, the oldest first. */
  private List<Tuple> opens() {
    return happenings.rows(Receivables.VIEW).stream()
        .sorted(Comparator.comparing(ReceivableRow::dueDate))
        .map(row -> tuple(row.number(), row.open()))
        .toList();
  }
}
