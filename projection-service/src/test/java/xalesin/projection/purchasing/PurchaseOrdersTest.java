package xalesin.projection.purchasing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import xalesin.projection.Happenings;
import xalesin.schemas.Amount;
import xalesin.schemas.DomainEvent;
import xalesin.schemas.Fraction;
import xalesin.schemas.LineQuantity;
import xalesin.schemas.Quantity;
import xalesin.schemas.StreamName;
import xalesin.schemas.purchasing.PayableRow;
import xalesin.schemas.purchasing.PurchaseOrderEvent.Approved;
import xalesin.schemas.purchasing.PurchaseOrderEvent.Billed;
import xalesin.schemas.purchasing.PurchaseOrderEvent.Cancelled;
import xalesin.schemas.purchasing.PurchaseOrderEvent.Closed;
import xalesin.schemas.purchasing.PurchaseOrderEvent.LinesChanged;
import xalesin.schemas.purchasing.PurchaseOrderEvent.Paid;
import xalesin.schemas.purchasing.PurchaseOrderEvent.Placed;
import xalesin.schemas.purchasing.PurchaseOrderEvent.Received;
import xalesin.schemas.purchasing.PurchaseOrderEvent.ReceivedLine;
import xalesin.schemas.purchasing.PurchaseOrderEvent.Totals;
import xalesin.schemas.purchasing.PurchaseOrderLine;
import xalesin.schemas.purchasing.PurchaseOrderRow;
import xalesin.schemas.purchasing.PurchaseOrderRow.Line;

/** An order of 10 bolts at 10 and 4 nuts at 5, with a tax of 10 %: 132 in all. */
class PurchaseOrdersTest {
  private static final UUID ORDER = new UUID(1, 2);
  private static final UUID SUPPLIER = new UUID(3, 4);
  private static final UUID CASH = new UUID(5, 6);
  private static final LocalDate DAY = LocalDate.parse("2026-11-01");
  private static final int BOLTS = 1;
  private static final int NUTS = 2;

  private final Happenings happenings = new Happenings();

  @Test
  void a_placed_order_is_a_draft_of_its_author() {
    given(placed());
    PurchaseOrderRow order = order();
    assertThat(order.status()).isEqualTo("draft");
    assertThat(order.author()).isEqualTo("ada");
    assertThat(order.approver()).isNull();
    assertThat(order.supplier().name()).isEqualTo("Exotic Liquids");
    assertThat(order.total()).isEqualTo(amount(132));
    assertThat(order.open()).isEqualTo(Amount.ZERO);
  }

  @Test
  void who_changes_the_lines_is_the_author() {
    given(placed(), new LinesChanged("bob", List.of(line("nut", 8, 5)), totals(40)));
    assertThat(order().author()).isEqualTo("bob");
    assertThat(order().total()).isEqualTo(amount(44));
    assertThat(order().lines()).extracting(Line::sku).containsExactly("nut");
  }

  @Test
  void an_order_goes_from_approved_to_paid_in_parts() {
    given(placed(), new Approved("eve"));
    assertThat(order().approver()).isEqualTo("eve");
    expectStatus("approved");
    given(received(BOLTS, 4, 40));
    expectStatus("partially-received");
    given(billed(30, 40));
    expectLines(tuple(4L, 4L), tuple(0L, 0L));
    expectStatus("partially-received");
    given(received(BOLTS, 6, 60), received(NUTS, 4, 20));
    expectStatus("received");
    expectLines(tuple(10L, 4L), tuple(4L, 0L));
    given(billed(45, 80));
    expectLines(tuple(10L, 10L), tuple(4L, 4L));
    expectStatus("billed");
    assertThat(opens())
        .containsExactly(tuple(DAY.plusDays(30), amount(44)), tuple(DAY.plusDays(45), amount(88)));
    given(paid(50, 82));
    expectStatus("billed");
    assertThat(opens()).containsExactly(tuple(DAY.plusDays(45), amount(82)));
    given(paid(82, 0));
    expectStatus("paid");
    assertThat(opens()).isEmpty();
    assertThat(order().billed()).isEqualTo(order().paid()).isEqualTo(amount(132));
  }

  @Test
  void a_cancelled_order_stays_cancelled() {
    given(placed(), new Approved("eve"), new Cancelled("out of season"));
    expectStatus("cancelled");
    assertThat(order().approver()).isEqualTo("eve");
  }

  @Test
  void an_order_that_is_closed_waits_for_nothing_more_to_come() {
    given(placed(), new Approved("eve"), received(BOLTS, 4, 40), billed(30, 40));
    LineQuantity bolts = new LineQuantity(BOLTS, Quantity.of(6));
    LineQuantity nuts = new LineQuantity(NUTS, Quantity.of(4));
    given(new Closed("out of season", List.of(bolts, nuts)));
    expectStatus("billed");
    assertThat(order().lines())
        .extracting(Line::received, Line::closed)
        .containsExactly(
            tuple(Quantity.of(4), Quantity.of(6)), tuple(Quantity.ZERO, Quantity.of(4)));
    given(paid(44, 0));
    expectStatus("paid");
  }

  @Test
  void an_order_that_was_never_placed_cannot_change() {
    assertThatThrownBy(() -> given(new Approved("eve"))).hasMessageContaining("does not exist");
    given(placed());
    assertThatThrownBy(() -> given(received(0, 1, 1))).hasMessageContaining("no line 0");
    assertThatThrownBy(() -> given(placed())).hasMessageContaining("placed before");
  }

  private static Placed placed() {
    return new Placed(
        "PO-2026-000001",
        SUPPLIER,
        "Exotic Liquids",
        "ada",
        DAY,
        "EUR",
        null,
        List.of(line("bolt", 10, 10), line("nut", 4, 5)),
        totals(120));
  }

  private static PurchaseOrderLine line(String sku, long quantity, long cost) {
    long net = quantity * cost;
    return new PurchaseOrderLine(
        new UUID(7, sku.hashCode()),
        sku,
        "A " + sku,
        Quantity.of(quantity),
        amount(cost),
        Fraction.of("0.1"),
        "main",
        amount(net),
        amount(net / 10));
  }

  private static Totals totals(long net) {
    return new Totals(amount(net), amount(net / 10), amount(net + net / 10));
  }

  private static Received received(int line, long quantity, long net) {
    return new Received(
        DAY, List.of(new ReceivedLine(line, Quantity.of(quantity), amount(net))), false);
  }

  private static Billed billed(int days, long net) {
    return new Billed(DAY, DAY.plusDays(days), totals(net), false);
  }

  private static Paid paid(long amount, long open) {
    return new Paid(amount(amount), DAY, CASH, amount(open));
  }

  private static Amount amount(long value) {
    return Amount.of(Long.toString(value));
  }

  private void given(DomainEvent... events) {
    happenings.happen(StreamName.PURCHASE_ORDERS, ORDER, events);
  }

  private PurchaseOrderRow order() {
    return happenings.row(PurchaseOrders.VIEW, ORDER);
  }

  private void expectStatus(String status) {
    assertThat(order().status()).isEqualTo(status);
  }

  /** Received and billed quantities of each line. */
  private void expectLines(Tuple... lines) {
    assertThat(order().lines())
        .extracting(
            line -> line.received().value().longValue(), line -> line.billed().value().longValue())
        .containsExactly(lines);
  }

  /** Due date and open amount of each payable, the oldest first. */
  private List<Tuple> opens() {
    return happenings.rows(Payables.VIEW).stream()
        .sorted(Comparator.comparing(PayableRow::dueDate))
        .map(row -> tuple(row.dueDate(), row.open()))
        .toList();
  }
}
