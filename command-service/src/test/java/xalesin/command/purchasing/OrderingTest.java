package xalesin.command.purchasing;

import static org.assertj.core.api.Assertions.assertThat;
import static xalesin.command.purchasing.Purchases.TODAY;
import static xalesin.command.purchasing.Purchases.eur;
import static xalesin.command.purchasing.Purchases.totals;
import static xalesin.command.purchasing.Purchases.unfit;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import xalesin.command.parties.PartyDecider;
import xalesin.command.purchasing.PurchaseOrderRefusal.LineRule;
import xalesin.command.purchasing.PurchaseOrderRefusal.Standing;
import xalesin.schemas.Amount;
import xalesin.schemas.Fraction;
import xalesin.schemas.Quantity;
import xalesin.schemas.inventory.InventoryItemCommand;
import xalesin.schemas.parties.PartyEvent;
import xalesin.schemas.parties.PartyKind;
import xalesin.schemas.purchasing.PurchaseOrderCommand;
import xalesin.schemas.purchasing.PurchaseOrderCommand.Approve;
import xalesin.schemas.purchasing.PurchaseOrderCommand.Bill;
import xalesin.schemas.purchasing.PurchaseOrderCommand.Cancel;
import xalesin.schemas.purchasing.PurchaseOrderCommand.ChangeLines;
import xalesin.schemas.purchasing.PurchaseOrderCommand.Close;
import xalesin.schemas.purchasing.PurchaseOrderCommand.Line;
import xalesin.schemas.purchasing.PurchaseOrderCommand.Pay;
import xalesin.schemas.purchasing.PurchaseOrderCommand.Place;
import xalesin.schemas.purchasing.PurchaseOrderCommand.Receive;
import xalesin.schemas.purchasing.PurchaseOrderEvent;
import xalesin.schemas.purchasing.PurchaseOrderLine;
import xalesin.schemas.settings.TaxRate;
import xalesin.schemas.settings.TenantSettings;

/** Placing orders, changing them, approving and cancelling them. */
class OrderingTest {
  private final Purchases tenant = new Purchases();
  private final UUID order = tenant.books.newId();

  private Place place(
      @Nullable LocalDate date,
      @Nullable String currency,
      @Nullable String reference,
      Line... lines) {
    return new Place(null, tenant.supplier, date, currency, List.of(lines), reference);
  }

  private PurchaseOrderLine written(
      UUID item,
      String sku,
      String name,
      String quantity,
      String unitCost,
      String tax,
      String net) {
    return new PurchaseOrderLine(
        item,
        sku,
        name,
        Quantity.of(quantity),
        Amount.of(unitCost),
        Fraction.ZERO,
        "main",
        Amount.of(net),
        Amount.of(tax));
  }

  // Placing

  @Test
  void an_order_is_placed_as_a_draft_with_a_number_and_its_amounts() {
    var events =
        tenant
            .order(
                order,
                place(
                    LocalDate.of(2026, 2, 1),
                    "EUR",
                    "EL-77",
                    new Line(
                        tenant.chai,
                        Quantity.of("10"),
                        Amount.of("2.5"),
                        Fraction.of("0.19"),
                        "warehouse"),
                    tenant.line(tenant.tea, "3", "0.3333")))
            .events();
    assertThat(events)
        .containsExactly(
            new PurchaseOrderEvent.Placed(
                "PO-2026-000001",
                tenant.supplier,
                "Exotic Liquids",
                "ann",
                LocalDate.of(2026, 2, 1),
                "EUR",
                "EL-77",
                List.of(
                    new PurchaseOrderLine(
                        tenant.chai,
                        "CHAI",
                        "chai",
                        Quantity.of("10"),
                        Amount.of("2.5"),
                        Fraction.of("0.19"),
                        "warehouse",
                        Amount.of("25"),
                        Amount.of("4.75")),
                    written(tenant.tea, "TEA", "tea", "3", "0.3333", "0", "1")),
                totals("26", "4.75", "30.75")));
    assertThat(tenant.books.entries()).as("nothing is booked by ordering").isEmpty();
  }

  @Test
  void without_a_date_it_is_of_today_and_without_a_currency_in_the_tenants() {
    tenant.place(order, tenant.line(tenant.chai, "1", "1"));
    var placed = (PurchaseOrderEvent.Placed) tenant.last(order);
    assertThat(placed.date()).isEqualTo(TODAY);
    assertThat(placed.currency()).isEqualTo("EUR");
    assertThat(placed.lines().getFirst().location()).isEqualTo("main");
  }

  @Test
  void numbers_follow_one_another_within_the_year_of_the_order() {
    tenant.place(order, tenant.line(tenant.chai, "1", "1"));
    UUID second = tenant.books.newId();
    UUID older = tenant.books.newId();
    tenant.place(second, tenant.line(tenant.chai, "1", "1"));
    tenant.order(
        older, place(LocalDate.of(2025, 12, 31), null, null, tenant.line(tenant.chai, "1", "1")));
    assertThat(((PurchaseOrderEvent.Placed) tenant.last(second)).number())
        .isEqualTo("PO-2026-000002");
    assertThat(((PurchaseOrderEvent.Placed) tenant.last(older)).number())
        .isEqualTo("PO-2025-000001");
  }

  @Test
  void amounts_are_rounded_half_up_line_by_line() {
    tenant.place(
        order,
        tenant.line(tenant.chai, "1", "0.005", "0.5"),
        tenant.line(tenant.chai, "1", "0.004999", "1"),
        tenant.line(tenant.tea, "3", "0.335", "0.195"));
    var placed = (PurchaseOrderEvent.Placed) tenant.last(order);
    assertThat(placed.lines())
        .extracting(line -> line.net() + " " + line.tax())
        .containsExactly("0.01 0.01", "0 0", "1.01 0.2");
    assertThat(placed.totals()).isEqualTo(totals("1.02", "0.21", "1.23"));
  }

  @Test
  void a_currency_without_cents_has_whole_amounts() {
    tenant.order(order, place(null, "JPY", null, tenant.line(tenant.chai, "3", "33.5", "0.1")));
    assertThat(((PurchaseOrderEvent.Placed) tenant.last(order)).totals())
        .isEqualTo(totals("101", "10", "111"));
  }

  @Test
  void placing_the_same_again_changes_nothing_whatever_has_become_of_it() {
    Place same = place(null, null, "EL-77", tenant.line(tenant.chai, "1", "1"));
    tenant.order(order, same);
    tenant.books.today(TODAY.plusDays(1)).as("bob");
    assertThat(tenant.order(order, same).events()).isEmpty();
    assertThat(
            tenant
                .order(order, place(TODAY, "EUR", "EL-77", tenant.line(tenant.chai, "1", "1.00")))
                .events())
        .isEmpty();
    tenant.order(order, new Approve());
    assertThat(tenant.order(order, same).events()).isEmpty();
    tenant.order(order, new Cancel("not needed"));
    assertThat(tenant.order(order, same).events()).isEmpty();
  }

  @Test
  void placing_another_under_the_same_id_is_refused() {
    Line line = tenant.line(tenant.chai, "1", "1");
    tenant.order(order, place(null, null, "EL-77", line));
    UUID other = tenant.party("Other", PartyKind.SUPPLIER);
    for (Place changed :
        List.of(
            place(null, null, null, line),
            place(null, null, "EL-78", line),
            place(TODAY.minusDays(1), null, "EL-77", line),
            place(null, "USD", "EL-77", line),
            place(null, null, "EL-77", line, line),
            place(null, null, "EL-77", tenant.line(tenant.chai, "2", "1")),
            new Place(null, other, null, null, List.of(line), "EL-77"))) {
      assertThat(tenant.order(order, changed).refusal()).isEqualTo(Standing.ALREADY_EXISTS);
    }
  }

  @Test
  void only_an_active_supplier_is_ordered_from() {
    UUID nobody = tenant.books.newId();
    UUID customer = tenant.party("Alfreds", PartyKind.CUSTOMER);
    List<Line> lines = List.of(tenant.line(tenant.chai, "1", "1"));
    assertThat(tenant.order(order, new Place(null, nobody, null, null, lines, null)).refusal())
        .isEqualTo(new PurchaseOrderRefusal.UnknownSupplier(nobody));
    assertThat(tenant.order(order, new Place(null, customer, null, null, lines, null)).refusal())
        .isEqualTo(new PurchaseOrderRefusal.NotASupplier(customer, "Alfreds"));
    tenant.books.given(PartyDecider.AGGREGATE, tenant.supplier, new PartyEvent.Deactivated());
    assertThat(tenant.place(order, lines.getFirst()).refusal())
        .isEqualTo(new PurchaseOrderRefusal.SupplierInactive(tenant.supplier, "Exotic Liquids"));
    tenant.books.given(PartyDecider.AGGREGATE, tenant.supplier, new PartyEvent.Activated());
    assertThat(tenant.place(order, lines.getFirst()).events()).hasSize(1);
  }

  @Test
  void only_active_items_are_ordered() {
    UUID nothing = tenant.books.newId();
    Line good = tenant.line(tenant.chai, "1", "1");
    assertThat(tenant.place(order, good, tenant.line(nothing, "1", "1")).refusal())
        .isEqualTo(unfit(LineRule.UNKNOWN_ITEM, 2, nothing));
    tenant.item(tenant.tea, new InventoryItemCommand.Deactivate());
    assertThat(tenant.place(order, good, tenant.line(tenant.tea, "1", "1")).refusal())
        .isEqualTo(unfit(LineRule.ITEM_INACTIVE, 2, tenant.tea));
    tenant.item(tenant.tea, new InventoryItemCommand.Delete());
    assertThat(tenant.place(order, good, tenant.line(tenant.tea, "1", "1")).refusal())
        .isEqualTo(unfit(LineRule.UNKNOWN_ITEM, 2, tenant.tea));
  }

  @Test
  void all_lines_that_break_a_rule_are_named() {
    UUID nothing = tenant.books.newId();
    var refusal =
        tenant
            .place(
                order,
                tenant.line(nothing, "1", "1"),
                tenant.line(tenant.chai, "1", "1"),
                tenant.line(nothing, "2", "1"))
            .refusal();
    assertThat(refusal)
        .isEqualTo(
            new PurchaseOrderRefusal.UnfitLines(
                LineRule.UNKNOWN_ITEM,
                List.of(
                    new PurchaseOrderRefusal.Line(1, nothing),
                    new PurchaseOrderRefusal.Line(3, nothing))));
    assertThat(refusal.detail()).isEqualTo("There is no such item: line 1, line 3.");
  }

  @Test
  void tax_rates_are_the_tenants_when_it_lists_any_and_no_tax_is_always_possible() {
    tenant.set(
        now ->
            new TenantSettings(
                now.baseCurrency(),
                now.fiscalYearStart(),
                now.locations(),
                List.of(new TaxRate("full", Fraction.of("0.19"))),
                now.numberFormats(),
                now.defaultAccounts(),
                now.approvalLimit()));
    assertThat(tenant.place(order, tenant.line(tenant.chai, "1", "1", "0.2")).refusal())
        .isEqualTo(unfit(LineRule.UNKNOWN_TAX_RATE, 1, tenant.chai));
    assertThat(
            tenant
                .place(
                    order,
                    tenant.line(tenant.chai, "1", "1", "0.19"),
                    tenant.line(tenant.chai, "1", "1", "0"))
                .events())
        .hasSize(1);
  }

  @Test
  void locations_are_the_tenants_when_it_lists_any() {
    tenant.setLocations("Hamburg", "Kiel");
    assertThat(tenant.place(order, tenant.line(tenant.chai, "1", "1")).refusal())
        .isEqualTo(unfit(LineRule.UNKNOWN_LOCATION, 1, tenant.chai));
    tenant.setLocations("Hamburg", "main");
    assertThat(tenant.place(order, tenant.line(tenant.chai, "1", "1")).events()).hasSize(1);
  }

  @Test
  void an_order_is_not_larger_than_can_be_kept() {
    String most = "999999999999";
    assertThat(tenant.place(order, tenant.line(tenant.chai, most, "1001")).refusal())
        .isEqualTo(Standing.TOO_MUCH);
    assertThat(
            tenant
                .place(
                    order,
                    tenant.line(tenant.chai, most, "400"),
                    tenant.line(tenant.chai, most, "400", "0.8"))
                .refusal())
        .isEqualTo(Standing.TOO_MUCH);
    tenant.place(order, tenant.line(tenant.chai, most, "999"));
    assertThat(((PurchaseOrderEvent.Placed) tenant.last(order)).totals().total())
        .isEqualTo(Amount.of("998999999999001"));
  }

  @Test
  void nothing_can_be_done_with_an_order_that_never_was() {
    for (PurchaseOrderCommand command :
        List.of(
            new ChangeLines(List.of(tenant.line(tenant.chai, "1", "1"))),
            new Approve(),
            new Receive(null, null),
            new Bill(null),
            new Pay(null, null, null),
            new Cancel("not needed"))) {
      assertThat(tenant.order(order, command).refusal()).isEqualTo(Standing.NOT_FOUND);
    }
  }

  // Changing

  @Test
  void the_lines_of_a_draft_are_changed_as_a_whole() {
    tenant.place(order, tenant.line(tenant.chai, "1", "1"));
    tenant.books.as("carl");
    assertThat(
            tenant
                .order(order, new ChangeLines(List.of(tenant.line(tenant.tea, "2", "3.005"))))
                .events())
        .containsExactly(
            new PurchaseOrderEvent.LinesChanged(
                "carl",
                List.of(written(tenant.tea, "TEA", "tea", "2", "3.005", "0", "6.01")),
                totals("6.01", "0", "6.01")));
  }

  @Test
  void lines_that_are_so_already_change_nothing() {
    tenant.place(order, tenant.line(tenant.chai, "1", "1"));
    assertThat(
            tenant
                .order(order, new ChangeLines(List.of(tenant.line(tenant.chai, "1.0", "1.00"))))
                .events())
        .isEmpty();
  }

  @Test
  void changed_lines_are_looked_at_as_those_of_a_new_order() {
    tenant.place(order, tenant.line(tenant.chai, "1", "1"));
    UUID nothing = tenant.books.newId();
    assertThat(
            tenant.order(order, new ChangeLines(List.of(tenant.line(nothing, "1", "1")))).refusal())
        .isEqualTo(unfit(LineRule.UNKNOWN_ITEM, 1, nothing));
  }

  @Test
  void lines_are_changed_only_before_approval() {
    UUID approved = tenant.approved(tenant.line(tenant.chai, "1", "1"));
    ChangeLines change = new ChangeLines(List.of(tenant.line(tenant.chai, "2", "1")));
    assertThat(tenant.order(approved, change).refusal()).isEqualTo(Standing.NOT_DRAFT);
    tenant.order(approved, new Cancel("not needed"));
    assertThat(tenant.order(approved, change).refusal()).isEqualTo(Standing.CANCELLED);
  }

  // Approving

  @Test
  void without_a_limit_its_author_approves_it() {
    tenant.place(order, tenant.line(tenant.chai, "1", "1000000"));
    assertThat(tenant.order(order, new Approve()).events())
        .containsExactly(new PurchaseOrderEvent.Approved("ann"));
    assertThat(tenant.order(order, new Approve()).refusal()).isEqualTo(Standing.NOT_DRAFT);
  }

  @Test
  void up_to_the_limit_its_author_approves_it_and_above_only_another() {
    tenant.setApprovalLimit(eur("119"));
    UUID atLimit = tenant.books.newId();
    tenant.place(atLimit, tenant.line(tenant.chai, "1", "100", "0.19"));
    assertThat(tenant.order(atLimit, new Approve()).events()).hasSize(1);

    tenant.place(order, tenant.line(tenant.chai, "1", "100.01", "0.19"));
    assertThat(tenant.order(order, new Approve()).refusal())
        .isEqualTo(new PurchaseOrderRefusal.ApprovalByAuthor("ann", eur("119")));
    tenant.books.as("bob");
    assertThat(tenant.order(order, new Approve()).events())
        .containsExactly(new PurchaseOrderEvent.Approved("bob"));
  }

  @Test
  void who_changed_its_lines_is_an_author_too() {
    tenant.setApprovalLimit(eur("100"));
    tenant.place(order, tenant.line(tenant.chai, "1", "101"));
    tenant.books.as("bob");
    tenant.order(order, new ChangeLines(List.of(tenant.line(tenant.chai, "1", "102"))));
    tenant.books.as("carl");
    tenant.order(order, new ChangeLines(List.of(tenant.line(tenant.chai, "1", "103"))));
    for (String author : List.of("ann", "bob", "carl")) {
      tenant.books.as(author);
      assertThat(tenant.order(order, new Approve()).refusal())
          .isEqualTo(new PurchaseOrderRefusal.ApprovalByAuthor(author, eur("100")));
    }
    tenant.books.as("dora");
    assertThat(tenant.order(order, new Approve()).events()).hasSize(1);
  }

  @Test
  void an_order_in_another_currency_counts_as_above_the_limit() {
    tenant.setApprovalLimit(eur("1000000"));
    tenant.order(order, place(null, "USD", null, tenant.line(tenant.chai, "1", "0.01")));
    assertThat(tenant.order(order, new Approve()).refusal())
        .isEqualTo(new PurchaseOrderRefusal.ApprovalByAuthor("ann", eur("1000000")));
  }

  @Test
  void the_limit_is_the_one_that_holds_at_the_approval() {
    tenant.setApprovalLimit(eur("100"));
    tenant.place(order, tenant.line(tenant.chai, "1", "101"));
    tenant.setApprovalLimit(eur("101"));
    assertThat(tenant.order(order, new Approve()).events()).hasSize(1);
  }

  @Test
  void a_draft_is_neither_received_nor_billed_nor_paid() {
    tenant.place(order, tenant.line(tenant.chai, "1", "1"));
    assertThat(tenant.receive(order).refusal()).isEqualTo(Standing.NOT_APPROVED);
    assertThat(tenant.bill(order).refusal()).isEqualTo(Standing.NOT_APPROVED);
    assertThat(tenant.pay(order, null).refusal()).isEqualTo(Standing.NOT_APPROVED);
  }

  // Cancelling

  @Test
  void a_draft_or_an_approved_order_is_cancelled_for_good() {
    UUID approved = tenant.approved(tenant.line(tenant.chai, "1", "1"));
    tenant.place(order, tenant.line(tenant.chai, "1", "1"));
    for (UUID id : List.of(order, approved)) {
      assertThat(tenant.order(id, new Cancel("not needed")).events())
          .containsExactly(new PurchaseOrderEvent.Cancelled("not needed"));
      for (PurchaseOrderCommand command :
          List.of(
              new Approve(),
              new Receive(null, null),
              new Bill(null),
              new Pay(null, null, null),
              new Close("late"),
              new Cancel("again"))) {
        assertThat(tenant.order(id, command).refusal()).isEqualTo(Standing.CANCELLED);
      }
    }
  }

  @Test
  void an_order_of_which_anything_has_come_is_not_cancelled() {
    UUID approved = tenant.approved(tenant.line(tenant.chai, "2", "1"));
    tenant.receive(approved, Purchases.part(1, "1"));
    assertThat(tenant.order(approved, new Cancel("late")).refusal())
        .isEqualTo(Standing.HAS_RECEIPTS);
  }

  // Closing

  @Test
  void what_is_still_to_come_of_a_closed_order_is_given_up() {
    UUID approved =
        tenant.approved(tenant.line(tenant.chai, "5", "1"), tenant.line(tenant.chai, "2", "1"));
    tenant.receive(approved, Purchases.part(1, "3"), Purchases.part(2, "2"));
    assertThat(tenant.order(approved, new Close("out of season")).events())
        .containsExactly(
            new PurchaseOrderEvent.Closed("out of season", List.of(Purchases.part(1, "2"))));
    assertThat(tenant.order(approved, new Close("again")).events()).isEmpty();
    assertThat(tenant.receive(approved).refusal()).isEqualTo(Standing.NOTHING_TO_RECEIVE);
    tenant.bill(approved);
    assertThat(tenant.last(approved))
        .isInstanceOfSatisfying(
            PurchaseOrderEvent.Billed.class, bill -> assertThat(bill.complete()).isTrue());
    tenant.pay(approved, null);
    assertThat(tenant.last(approved)).isInstanceOf(PurchaseOrderEvent.Paid.class);
  }

  @Test
  void an_order_of_which_nothing_has_come_is_cancelled_not_closed() {
    UUID approved = tenant.approved(tenant.line(tenant.chai, "2", "1"));
    assertThat(tenant.order(approved, new Close("late")).refusal()).isEqualTo(Standing.NO_RECEIPTS);
    tenant.place(order, tenant.line(tenant.chai, "1", "1"));
    assertThat(tenant.order(order, new Close("late")).refusal()).isEqualTo(Standing.NOT_APPROVED);
  }
}
