package xalesin.command.sales;

import static org.assertj.core.api.Assertions.assertThat;
import static xalesin.command.sales.Shop.TODAY;
import static xalesin.command.sales.Shop.cancel;
import static xalesin.command.sales.Shop.confirm;
import static xalesin.command.sales.Shop.invoice;
import static xalesin.command.sales.Shop.line;
import static xalesin.command.sales.Shop.lineAt;
import static xalesin.command.sales.Shop.order;
import static xalesin.command.sales.Shop.part;
import static xalesin.command.sales.Shop.pay;
import static xalesin.command.sales.Shop.ship;
import static xalesin.command.sales.Shop.takeBack;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import xalesin.schemas.Amount;
import xalesin.schemas.Fraction;
import xalesin.schemas.Money;
import xalesin.schemas.Quantity;
import xalesin.schemas.inventory.InventoryItemCommand;
import xalesin.schemas.parties.PartyCommand;
import xalesin.schemas.parties.PartyKind;
import xalesin.schemas.sales.SalesOrderCommand;
import xalesin.schemas.sales.SalesOrderCommand.ChangeLines;
import xalesin.schemas.sales.SalesOrderCommand.Place;
import xalesin.schemas.sales.SalesOrderEvent.Cancelled;
import xalesin.schemas.sales.SalesOrderEvent.LinesChanged;
import xalesin.schemas.sales.SalesOrderEvent.Placed;
import xalesin.schemas.sales.SalesOrderEvent.Totals;
import xalesin.schemas.sales.SalesOrderLine;

class PlacingTest {
  private final Shop shop = new Shop();
  private final UUID alfreds = shop.customer();
  private final UUID chai = shop.item("CHAI", "18");

  private Placed place(Place command) {
    return (Placed) shop.happens(shop.books.newId(), command);
  }

  private static Totals totals(String net, String tax, String freight, String total) {
    return new Totals(Amount.of(net), Amount.of(tax), Amount.of(freight), Amount.of(total));
  }

  private static Place dated(
      UUID customer, @Nullable LocalDate date, @Nullable LocalDate dueDate, UUID item) {
    return new Place(null, customer, date, dueDate, null, List.of(line(item, "1")), null, "PO 7");
  }

  private static List<SalesOrderRefusal.Line> lines(SalesOrderRefusal.Line... lines) {
    return List.of(lines);
  }

  private static SalesOrderRefusal.Line at(int line, UUID item) {
    return new SalesOrderRefusal.Line(line, item);
  }

  @Test
  void an_order_is_placed_with_defaults_where_nothing_is_said() {
    assertThat(place(order(alfreds, line(chai, "2"))))
        .isEqualTo(
            new Placed(
                "SO-2026-000001",
                alfreds,
                "Alfreds",
                TODAY,
                null,
                "EUR",
                null,
                List.of(
                    new SalesOrderLine(
                        chai,
                        "CHAI",
                        "CHAI!",
                        Quantity.of("2"),
                        Amount.of("18"),
                        Fraction.ZERO,
                        Fraction.ZERO,
                        "main",
                        Amount.of("36"),
                        Amount.ZERO)),
                totals("36", "0", "0", "36")));
  }

  @Test
  void amounts_are_rounded_half_up_to_cents_line_by_line() {
    Placed placed =
        place(
            order(
                alfreds,
                null,
                "4.9",
                line(chai, "3", "0.335", "0", "0.19"),
                line(chai, "1", "10.005", "0.1", "0.07"),
                line(chai, "7", "0.001", "0", "0.19")));
    assertThat(placed.lines())
        .extracting(SalesOrderLine::net)
        .containsExactly(Amount.of("1.01"), Amount.of("9"), Amount.of("0.01"));
    assertThat(placed.lines())
        .extracting(SalesOrderLine::tax)
        .containsExactly(Amount.of("0.19"), Amount.of("0.63"), Amount.ZERO);
    assertThat(placed.totals()).isEqualTo(totals("10.02", "0.82", "4.9", "15.74"));
  }

  @Test
  void a_currency_without_cents_is_rounded_to_whole_units() {
    Placed placed = place(order(alfreds, "JPY", "500", line(chai, "3", "33.5", "0", "0.1")));
    assertThat(placed.currency()).isEqualTo("JPY");
    assertThat(placed.totals()).isEqualTo(totals("101", "10", "500", "611"));
  }

  @Test
  void an_order_date_may_lie_in_the_past_and_numbers_it() {
    Placed old = place(dated(alfreds, LocalDate.of(2025, 12, 31), TODAY, chai));
    assertThat(old.number()).isEqualTo("SO-2025-000001");
    assertThat(old.dueDate()).isEqualTo(TODAY);
    assertThat(place(dated(alfreds, null, null, chai)).number()).isEqualTo("SO-2026-000001");
    assertThat(place(dated(alfreds, null, null, chai)).number()).isEqualTo("SO-2026-000002");
  }

  @Test
  void an_order_is_not_due_before_it_is_placed() {
    LocalDate yesterday = TODAY.minusDays(1);
    assertThat(shop.refuses(shop.books.newId(), dated(alfreds, null, yesterday, chai)))
        .isEqualTo(new PlacingRefusal.DueBeforeOrder(TODAY, yesterday));
  }

  // Placing again

  @Test
  void placing_the_same_again_changes_nothing_whatever_has_become_of_it() {
    UUID id = shop.placed(order(alfreds, line(chai, "2")));
    Place explicit =
        new Place(
            id,
            alfreds,
            TODAY,
            null,
            "EUR",
            List.of(line(chai, "2", "18", "0", "0")),
            Amount.ZERO,
            null);
    assertThat(shop.does(id, order(alfreds, line(chai, "2")))).isEmpty();
    assertThat(shop.does(id, explicit)).isEmpty();
    shop.item(chai, new InventoryItemCommand.ChangePrice(Money.of("20", "EUR")));
    shop.party(alfreds, new PartyCommand.Deactivate());
    shop.books.today(TODAY.plusDays(1));
    assertThat(shop.does(id, order(alfreds, line(chai, "2"))))
        .as("with the price of then, on the next day, of an inactive customer")
        .isEmpty();
    shop.does(id, cancel());
    assertThat(shop.does(id, order(alfreds, line(chai, "2")))).isEmpty();
  }

  @Test
  void placing_another_under_the_same_id_is_refused() {
    UUID tea = shop.item("TEA", "1");
    UUID id = shop.placed(dated(alfreds, TODAY, TODAY, chai));
    List<SalesOrderCommand.Line> one = List.of(line(chai, "1"));
    List<Place> others =
        List.of(
            new Place(null, shop.customer(), TODAY, TODAY, null, one, null, "PO 7"),
            new Place(null, alfreds, TODAY.minusDays(1), TODAY, null, one, null, "PO 7"),
            new Place(null, alfreds, TODAY, null, null, one, null, "PO 7"),
            new Place(null, alfreds, TODAY, TODAY, "USD", one, null, "PO 7"),
            new Place(null, alfreds, TODAY, TODAY, null, one, Amount.of("1"), "PO 7"),
            new Place(null, alfreds, TODAY, TODAY, null, one, null, "PO 8"),
            new Place(null, alfreds, TODAY, TODAY, null, one, null, null),
            of(line(chai, "2")),
            of(line(tea, "1")),
            of(lineAt("B", chai, "1")),
            of(line(chai, "1", "17", "0", "0")),
            of(line(chai, "1", "18", "0.1", "0")),
            of(line(chai, "1", "18", "0", "0.1")),
            of(line(chai, "1"), line(chai, "1")));
    for (Place other : others) {
      assertThat(shop.refuses(id, other))
          .as("%s", other)
          .isEqualTo(new SalesOrderRefusal.AlreadyExists());
    }
    assertThat(shop.does(id, dated(alfreds, null, TODAY, chai))).isEmpty();
  }

  private Place of(SalesOrderCommand.Line... lines) {
    return new Place(null, alfreds, TODAY, TODAY, null, List.of(lines), null, "PO 7");
  }

  // Who and what

  @Test
  void only_an_active_customer_orders() {
    UUID nobody = shop.books.newId();
    UUID id = shop.books.newId();
    assertThat(shop.refuses(id, order(nobody, line(chai, "1"))))
        .isEqualTo(new PlacingRefusal.UnknownCustomer(nobody));
    UUID supplier = shop.party(PartyKind.SUPPLIER, null);
    assertThat(shop.refuses(id, order(supplier, line(chai, "1"))))
        .isEqualTo(new PlacingRefusal.NotCustomer(supplier, "Alfreds"));
    shop.party(alfreds, new PartyCommand.Deactivate());
    assertThat(shop.refuses(id, order(alfreds, line(chai, "1"))))
        .isEqualTo(new PlacingRefusal.CustomerInactive(alfreds, "Alfreds"));
  }

  @Test
  void only_items_that_there_are_are_ordered() {
    UUID nothing = shop.books.newId();
    UUID deleted = shop.item("GONE", "1");
    shop.item(deleted, new InventoryItemCommand.Delete());
    assertThat(
            shop.refuses(
                shop.books.newId(),
                order(alfreds, line(nothing, "1"), line(chai, "1"), line(deleted, "1"))))
        .isEqualTo(new PlacingRefusal.UnknownItems(lines(at(1, nothing), at(3, deleted))));
  }

  @Test
  void only_active_items_are_ordered() {
    UUID tea = shop.item("TEA", "1");
    shop.item(tea, new InventoryItemCommand.Deactivate());
    assertThat(shop.refuses(shop.books.newId(), order(alfreds, line(chai, "1"), line(tea, "1"))))
        .isEqualTo(new PlacingRefusal.ItemsInactive(lines(at(2, tea))));
  }

  @Test
  void an_items_own_price_must_be_in_the_orders_currency() {
    UUID tea = shop.item("TEA", Money.of("3", "USD"), false);
    assertThat(
            shop.refuses(
                shop.books.newId(),
                order(alfreds, line(tea, "1"), line(tea, "1", "2", "0", "0"), line(tea, "2"))))
        .isEqualTo(new PlacingRefusal.ForeignPrices("EUR", lines(at(1, tea), at(3, tea))));
    assertThat(place(order(alfreds, "USD", null, line(tea, "1"))).totals())
        .isEqualTo(totals("3", "0", "0", "3"));
  }

  @Test
  void a_tax_rate_is_one_of_those_the_tenant_lists() {
    shop.lists(List.of(), "0.19", "0.07");
    assertThat(
            shop.refuses(
                shop.books.newId(),
                order(
                    alfreds, line(chai, "1", "1", "0", "0.07"), line(chai, "1", "1", "0", "0.2"))))
        .isEqualTo(new PlacingRefusal.UnknownTaxRates(lines(at(2, chai))));
    assertThat(place(order(alfreds, line(chai, "1", "1", "0", "0.07"), line(chai, "1"))).totals())
        .as("a line without tax needs no rate")
        .isEqualTo(totals("19", "0.07", "0", "19.07"));
  }

  @Test
  void a_location_is_one_of_those_the_tenant_lists() {
    shop.lists(List.of("A", "B"));
    assertThat(
            shop.refuses(
                shop.books.newId(),
                order(alfreds, lineAt("A", chai, "1"), lineAt("C", chai, "1"), line(chai, "1"))))
        .isEqualTo(new PlacingRefusal.UnknownLocations(lines(at(2, chai), at(3, chai))));
    assertThat(place(order(alfreds, lineAt("B", chai, "1"))).lines().getFirst().location())
        .isEqualTo("B");
  }

  @Test
  void freight_is_in_whole_cents() {
    assertThat(shop.refuses(shop.books.newId(), order(alfreds, null, "0.005", line(chai, "1"))))
        .isEqualTo(new PlacingRefusal.BrokenUnits(Amount.of("0.005"), "EUR"));
    assertThat(
            shop.refuses(
                shop.books.newId(), order(alfreds, "JPY", "0.5", line(chai, "1", "1", "0", "0"))))
        .isEqualTo(new PlacingRefusal.BrokenUnits(Amount.of("0.5"), "JPY"));
  }

  @Test
  void an_order_larger_than_can_be_kept_is_refused() {
    assertThat(
            shop.refuses(
                shop.books.newId(),
                order(alfreds, line(chai, "999999999999", "999999999999999", "0", "1"))))
        .isEqualTo(new PlacingRefusal.TooMuch());
    assertThat(
            shop.refuses(
                shop.books.newId(), order(alfreds, line(chai, "1", "50000000000000", "0", "1"))))
        .isEqualTo(new PlacingRefusal.TooMuch());
    assertThat(
            place(order(alfreds, line(chai, "1", "49999999999999.99", "0", "1"))).totals().total())
        .isEqualTo(Amount.of("99999999999999.98"));
  }

  // Changing lines

  @Test
  void a_drafts_lines_are_written_anew() {
    UUID id = shop.placed(order(alfreds, null, "5", line(chai, "2")));
    LinesChanged changed =
        (LinesChanged) shop.happens(id, new ChangeLines(List.of(line(chai, "3")), null));
    assertThat(changed.lines())
        .extracting(SalesOrderLine::quantity)
        .containsExactly(Quantity.of(3));
    assertThat(changed.totals())
        .as("freight that is not named stays")
        .isEqualTo(totals("54", "0", "5", "59"));
    shop.happens(id, new ChangeLines(List.of(line(chai, "3")), Amount.ZERO));
    assertThat(((SalesOrder.Draft) shop.state(id)).totals())
        .isEqualTo(totals("54", "0", "0", "54"));
  }

  @Test
  void lines_that_are_so_already_change_nothing() {
    UUID id = shop.placed(order(alfreds, null, "5", line(chai, "2")));
    assertThat(shop.does(id, new ChangeLines(List.of(line(chai, "2")), Amount.of("5.00"))))
        .isEmpty();
  }

  @Test
  void changed_lines_keep_the_rules_of_placed_ones() {
    UUID nothing = shop.books.newId();
    UUID id = shop.placed(order(alfreds, line(chai, "2")));
    assertThat(shop.refuses(id, new ChangeLines(List.of(line(nothing, "1")), null)))
        .isEqualTo(new PlacingRefusal.UnknownItems(lines(at(1, nothing))));
  }

  @Test
  void only_a_drafts_lines_are_changed() {
    shop.receive(chai, "10", "2");
    ChangeLines change = new ChangeLines(List.of(line(chai, "3")), null);
    UUID confirmed = shop.confirmed(order(alfreds, line(chai, "2")));
    assertThat(shop.refuses(confirmed, change))
        .isEqualTo(new SalesOrderRefusal.NotDraft("confirmed"));
    shop.does(confirmed, cancel());
    assertThat(shop.refuses(confirmed, change))
        .isEqualTo(new SalesOrderRefusal.NotDraft("cancelled"));
  }

  // What cannot be done yet, or any more

  @Test
  void nothing_can_be_done_with_an_order_that_never_was() {
    for (SalesOrderCommand command :
        List.of(confirm(), ship(), invoice(), pay(), takeBack(part(1, "1")), cancel())) {
      assertThat(shop.refuses(shop.books.newId(), command))
          .isEqualTo(new SalesOrderRefusal.NotFound());
    }
  }

  @Test
  void a_draft_is_neither_shipped_nor_billed_nor_paid_nor_returned() {
    UUID id = shop.placed(order(alfreds, line(chai, "2")));
    for (SalesOrderCommand command : List.of(ship(), invoice(), pay(), takeBack(part(1, "1")))) {
      assertThat(shop.refuses(id, command))
          .isEqualTo(new SalesOrderRefusal.NotConfirmed("a draft"));
    }
  }

  @Test
  void a_draft_is_cancelled_and_stays_so() {
    UUID id = shop.placed(order(alfreds, line(chai, "2")));
    assertThat(shop.does(id, cancel())).containsExactly(new Cancelled("changed their mind"));
    assertThat(shop.does(id, cancel())).isEmpty();
    assertThat(shop.refuses(id, confirm())).isEqualTo(new SalesOrderRefusal.NotDraft("cancelled"));
    for (SalesOrderCommand command : List.of(ship(), invoice(), pay(), takeBack(part(1, "1")))) {
      assertThat(shop.refuses(id, command))
          .isEqualTo(new SalesOrderRefusal.NotConfirmed("cancelled"));
    }
  }
}
