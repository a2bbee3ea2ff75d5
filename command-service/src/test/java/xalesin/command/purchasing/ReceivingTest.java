package xalesin.command.purchasing;

import static org.assertj.core.api.Assertions.assertThat;
import static xalesin.command.purchasing.Purchases.TODAY;
import static xalesin.command.purchasing.Purchases.eur;
import static xalesin.command.purchasing.Purchases.part;
import static xalesin.command.purchasing.Purchases.unfit;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import xalesin.command.finance.FinanceRefusal;
import xalesin.command.inventory.InventoryItemRefusal;
import xalesin.command.purchasing.PurchaseOrderRefusal.LineRule;
import xalesin.command.purchasing.PurchaseOrderRefusal.Standing;
import xalesin.command.settings.TenantSettingsDecider;
import xalesin.schemas.Amount;
import xalesin.schemas.Money;
import xalesin.schemas.Quantity;
import xalesin.schemas.StreamName;
import xalesin.schemas.finance.FinancialTransactionEvent;
import xalesin.schemas.inventory.InventoryItemCommand;
import xalesin.schemas.inventory.InventoryItemEvent;
import xalesin.schemas.purchasing.PurchaseOrderCommand;
import xalesin.schemas.purchasing.PurchaseOrderCommand.Receive;
import xalesin.schemas.purchasing.PurchaseOrderEvent.Received;
import xalesin.schemas.purchasing.PurchaseOrderEvent.ReceivedLine;
import xalesin.schemas.settings.TenantSettingsEvent;

/** What was ordered comes: into stock, and into the books. */
class ReceivingTest {
  private final Purchases tenant = new Purchases();

  private static ReceivedLine came(int line, String quantity, String net) {
    return new ReceivedLine(line, Quantity.of(quantity), Amount.of(net));
  }

  private static InventoryItemEvent stocked(
      UUID order, String quantity, String unitCost, String average, String value) {
    return new InventoryItemEvent.StockReceived(
        "main",
        Quantity.of(quantity),
        eur(unitCost),
        eur(average),
        eur(value),
        "purchase-orders/" + order);
  }

  @Test
  void all_that_was_ordered_comes_into_stock_and_is_owed() {
    UUID order =
        tenant.approved(
            tenant.line(tenant.chai, "10", "2.5", "0.19"), tenant.line(tenant.tea, "4", "3"));
    var events = tenant.receive(order).events();
    assertThat(events)
        .startsWith(
            new Received(TODAY, List.of(came(1, "10", "25"), came(2, "4", "12")), true),
            stocked(order, "10", "2.5", "2.5", "25"),
            stocked(order, "4", "3", "3", "12"))
        .hasSize(4);
    var entry = (FinancialTransactionEvent.Posted) events.getLast();
    assertThat(entry.effectiveDate()).isEqualTo(TODAY);
    assertThat(entry.source()).isEqualTo("purchase-orders/" + order);
    assertThat(entry.memo()).isEqualTo("Goods received for PO-2026-000001");
    tenant.assertLastPosted("Dr 1200 37", "Cr 2100 37");
  }

  @Test
  void lines_come_in_parts_on_days_of_their_own() {
    UUID order =
        tenant.approved(tenant.line(tenant.chai, "10", "2.5"), tenant.line(tenant.tea, "4", "3"));
    LocalDate earlier = TODAY.minusDays(3);
    tenant.order(order, new Receive(List.of(part(2, "1"), part(1, "4")), earlier));
    assertThat(tenant.last(order))
        .isEqualTo(new Received(earlier, List.of(came(2, "1", "3"), came(1, "4", "10")), false));
    assertThat(tenant.books.entries().getLast().effectiveDate()).isEqualTo(earlier);
    tenant.receive(order, part(1, "6"));
    assertThat(tenant.last(order))
        .isEqualTo(new Received(TODAY, List.of(came(1, "6", "15")), false));
    tenant.receive(order);
    assertThat(tenant.last(order)).isEqualTo(new Received(TODAY, List.of(came(2, "3", "9")), true));
    assertThat(tenant.receive(order).refusal()).isEqualTo(Standing.NOTHING_TO_RECEIVE);
    assertThat(tenant.books.balance("1200")).isEqualTo("37");
  }

  @Test
  void all_parts_together_cost_what_the_line_does() {
    UUID order = tenant.approved(tenant.line(tenant.chai, "3", "0.3333"));
    List<String> nets = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      tenant.receive(order, part(1, "1"));
      nets.add(((Received) tenant.last(order)).lines().getFirst().net().toString());
    }
    assertThat(nets).containsExactly("0.33", "0.34", "0.33");
    assertThat(tenant.books.balance("2100")).isEqualTo("-1");
    assertThat(tenant.stock(tenant.chai).value()).isEqualTo(eur("1"));
  }

  @Test
  void no_more_comes_than_was_ordered_and_is_left() {
    UUID order =
        tenant.approved(tenant.line(tenant.chai, "10", "2.5"), tenant.line(tenant.tea, "4", "3"));
    tenant.receive(order, part(2, "3"));
    assertThat(tenant.receive(order, part(1, "10"), part(2, "1.000001")).refusal())
        .isEqualTo(
            new PurchaseOrderRefusal.ReceivesTooMuch(
                List.of(
                    new PurchaseOrderRefusal.ExceededLine(
                        2, Quantity.of("1.000001"), Quantity.of("1")))));
    assertThat(tenant.receive(order, part(3, "1")).refusal())
        .isEqualTo(new PurchaseOrderRefusal.UnknownLine(3, 2));
    assertThat(tenant.stock(tenant.chai).onHand())
        .as("nothing of it came")
        .isEqualTo(Quantity.ZERO);
  }

  @Test
  void an_item_on_two_lines_comes_once_for_each() {
    UUID order =
        tenant.approved(tenant.line(tenant.chai, "1", "2"), tenant.line(tenant.chai, "1", "4"));
    assertThat(tenant.receive(order).events())
        .contains(stocked(order, "1", "2", "2", "2"), stocked(order, "1", "4", "3", "4"));
    tenant.assertLastPosted("Dr 1200 6", "Cr 2100 6");
  }

  @Test
  void an_inactive_item_that_was_ordered_still_comes() {
    UUID order = tenant.approved(tenant.line(tenant.chai, "1", "2"));
    tenant.item(tenant.chai, new InventoryItemCommand.Deactivate());
    assertThat(tenant.receive(order).events()).hasSize(3);
  }

  @Test
  void an_item_that_was_deleted_since_does_not_come() {
    UUID order = tenant.approved(tenant.line(tenant.chai, "1", "2"));
    tenant.item(tenant.chai, new InventoryItemCommand.Delete());
    assertThat(tenant.receive(order).refusal())
        .isEqualTo(unfit(LineRule.UNKNOWN_ITEM, 1, tenant.chai));
  }

  @Test
  void an_item_whose_cost_is_kept_in_another_currency_does_not_come() {
    tenant.item(
        tenant.chai,
        new InventoryItemCommand.Receive(Quantity.of(1), "main", Money.of("2", "USD")));
    UUID order = tenant.approved(tenant.line(tenant.chai, "1", "2"));
    assertThat(tenant.receive(order).refusal())
        .isEqualTo(new InventoryItemRefusal.CurrencyMismatch("USD", "EUR"));
  }

  @Test
  void nothing_comes_to_a_location_that_was_taken_off_the_list() {
    UUID order = tenant.approved(tenant.line(tenant.chai, "1", "2"));
    tenant.setLocations("Kiel");
    assertThat(tenant.receive(order).refusal())
        .isEqualTo(unfit(LineRule.UNKNOWN_LOCATION, 1, tenant.chai));
  }

  @Test
  void what_was_found_without_a_cost_takes_the_costs_of_the_goods() {
    tenant.item(tenant.chai, new InventoryItemCommand.Adjust(Quantity.of(4), "main", "found"));
    UUID order = tenant.approved(tenant.line(tenant.chai, "1", "9"));
    tenant.receive(order);
    tenant.assertLastPosted("Dr 1200 45", "Cr 2100 9", "Cr 5000 36");
    assertThat(tenant.books.balance("1200")).isEqualTo("45");
    assertThat(tenant.stock(tenant.chai).value()).isEqualTo(eur("45"));
  }

  @Test
  void what_a_rounded_unit_cost_makes_of_the_value_is_a_cost_of_goods() {
    UUID order = tenant.approved(tenant.line(tenant.chai, "90000", "0.000001"));
    tenant.receive(order, part(1, "45000"));
    tenant.assertLastPosted("Dr 1200 0.05", "Cr 2100 0.05");
    // The other 0.04 make 0.000001 a unit too, and so as much in stock.
    tenant.receive(order);
    tenant.assertLastPosted("Dr 1200 0.05", "Cr 2100 0.04", "Cr 5000 0.01");
    UUID dear = tenant.approved(tenant.line(tenant.tea, "3000000", "0.000002"));
    tenant.receive(dear, part(1, "2333333"));
    // 4.67 for 2,333,333: 0.000002 each, which are worth 4.67.
    tenant.assertLastPosted("Dr 1200 4.67", "Cr 2100 4.67");
  }

  @Test
  void goods_that_cost_nothing_are_not_booked() {
    UUID order = tenant.approved(tenant.line(tenant.chai, "5", "0"));
    assertThat(tenant.receive(order).events())
        .containsExactly(
            new Received(TODAY, List.of(came(1, "5", "0")), true),
            stocked(order, "5", "0", "0", "0"));
    assertThat(tenant.books.entries()).isEmpty();
  }

  @Test
  void goods_in_yen_have_whole_amounts() {
    UUID order = tenant.approved("JPY", tenant.line(tenant.chai, "3", "33.5"));
    tenant.receive(order, part(1, "1"));
    tenant.assertLastPosted("Dr 1200 34 JPY", "Cr 2100 34 JPY");
    tenant.receive(order, part(1, "1"));
    tenant.assertLastPosted("Dr 1200 33 JPY", "Cr 2100 33 JPY");
    tenant.receive(order);
    tenant.assertLastPosted("Dr 1200 34 JPY", "Cr 2100 34 JPY");
    assertThat(tenant.stock(tenant.chai).value()).isEqualTo(Money.of("101", "JPY"));
  }

  @Test
  void the_greatest_order_comes_and_stock_beyond_what_can_be_kept_does_not() {
    UUID order = tenant.approved(tenant.line(tenant.chai, "999999999998", "999"));
    tenant.receive(order, part(1, "999999999997"));
    tenant.receive(order);
    assertThat(tenant.stock(tenant.chai).value()).isEqualTo(eur("998999999998002"));
    UUID one = tenant.approved(tenant.line(tenant.chai, "1", "2000000000000"));
    assertThat(tenant.receive(one).refusal()).isEqualTo(new InventoryItemRefusal.ValueOutOfRange());
    UUID two = tenant.approved(tenant.line(tenant.chai, "2", "1"));
    assertThat(tenant.receive(two).refusal())
        .isEqualTo(new InventoryItemRefusal.QuantityOutOfRange());
    UUID fine = tenant.approved(tenant.line(tenant.tea, "0.000001", "999999999999999"));
    assertThat(tenant.receive(fine).refusal()).isEqualTo(Standing.TOO_MUCH);
  }

  @Test
  void nothing_comes_in_a_closed_period() {
    UUID order = tenant.approved(tenant.line(tenant.chai, "1", "2"));
    tenant.books.given(
        TenantSettingsDecider.AGGREGATE,
        StreamName.ONLY,
        new TenantSettingsEvent.PeriodClosed(LocalDate.of(2026, 2, 28)));
    assertThat(
            tenant
                .order(order, new PurchaseOrderCommand.Receive(null, LocalDate.of(2026, 2, 28)))
                .refusal())
        .isEqualTo(new FinanceRefusal.PeriodClosed(LocalDate.of(2026, 2, 28), "2026-02-28"));
    assertThat(tenant.receive(order).events()).isNotEmpty();
  }
}
