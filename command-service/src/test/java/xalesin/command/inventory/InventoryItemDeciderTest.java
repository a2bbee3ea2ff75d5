package xalesin.command.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static xalesin.command.inventory.Given.given;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import xalesin.command.decision.Claim;
import xalesin.schemas.Amount;
import xalesin.schemas.Money;
import xalesin.schemas.Quantity;
import xalesin.schemas.inventory.InventoryItemCommand.Activate;
import xalesin.schemas.inventory.InventoryItemCommand.Adjust;
import xalesin.schemas.inventory.InventoryItemCommand.ChangeDetails;
import xalesin.schemas.inventory.InventoryItemCommand.ChangePrice;
import xalesin.schemas.inventory.InventoryItemCommand.Create;
import xalesin.schemas.inventory.InventoryItemCommand.Deactivate;
import xalesin.schemas.inventory.InventoryItemCommand.Delete;
import xalesin.schemas.inventory.InventoryItemCommand.Issue;
import xalesin.schemas.inventory.InventoryItemCommand.Receive;
import xalesin.schemas.inventory.InventoryItemCommand.Release;
import xalesin.schemas.inventory.InventoryItemCommand.Reserve;
import xalesin.schemas.inventory.InventoryItemCommand.Transfer;
import xalesin.schemas.inventory.InventoryItemEvent;
import xalesin.schemas.inventory.InventoryItemEvent.Activated;
import xalesin.schemas.inventory.InventoryItemEvent.Created;
import xalesin.schemas.inventory.InventoryItemEvent.Deactivated;
import xalesin.schemas.inventory.InventoryItemEvent.Deleted;
import xalesin.schemas.inventory.InventoryItemEvent.DetailsChanged;
import xalesin.schemas.inventory.InventoryItemEvent.PriceChanged;
import xalesin.schemas.inventory.InventoryItemEvent.StockAdjusted;
import xalesin.schemas.inventory.InventoryItemEvent.StockIssued;
import xalesin.schemas.inventory.InventoryItemEvent.StockReceived;
import xalesin.schemas.inventory.InventoryItemEvent.StockReservationReleased;
import xalesin.schemas.inventory.InventoryItemEvent.StockReserved;
import xalesin.schemas.inventory.InventoryItemEvent.StockTransferred;

class InventoryItemDeciderTest {
  private static final Money PRICE = Money.of("18", "EUR");
  private static final Created CHAI =
      new Created("CHAI-1", "Chai", "", "Beverages", "box", PRICE, Quantity.of(10), false);
  private static final Created BACKORDERED =
      new Created("CHAI-1", "Chai", "", "Beverages", "box", PRICE, Quantity.of(10), true);

  private static Create create(@Nullable UUID id, String name) {
    return new Create(id, "CHAI-1", name, null, "Beverages", "box", PRICE, Quantity.of(10), null);
  }

  private static Quantity q(String text) {
    return Quantity.of(text);
  }

  private static Money eur(String amount) {
    return Money.of(amount, "EUR");
  }

  private static StockReceived received(String location, String quantity) {
    BigDecimal value = Amount.rounded(q(quantity).value().add(q(quantity).value()), "EUR").value();
    return came(location, quantity, "2", "2", value.toPlainString());
  }

  private static StockReceived came(
      String location, String quantity, String unitCost, String averageCost, String value) {
    return new StockReceived(
        location, q(quantity), eur(unitCost), eur(averageCost), eur(value), null);
  }

  private static StockIssued left(String location, String quantity, String value) {
    return new StockIssued(location, q(quantity), "sold", eur("2"), eur(value), null);
  }

  private static StockReserved reserved(String location, String quantity, String reference) {
    return new StockReserved(location, q(quantity), reference);
  }

  private static ChangeDetails changeSku(String sku) {
    return new ChangeDetails(sku, null, null, null, null, null, null);
  }

  private static ChangeDetails changeBackorder(boolean allow) {
    return new ChangeDetails(null, null, null, null, null, null, allow);
  }

  private static InventoryItemRefusal insufficient(
      String location, String asked, String available) {
    return new InventoryItemRefusal.InsufficientStock("CHAI-1", location, q(asked), q(available));
  }

  // Creation

  @Test
  void an_item_is_created_with_defaults_where_nothing_is_said() {
    given()
        .when(new Create(null, "S", "Something", null, null, null, PRICE, null, null))
        .then(
            new Created(
                "S", "Something", "", "uncategorised", "each", PRICE, Quantity.ZERO, false));
  }

  @Test
  void creating_the_same_again_changes_nothing() {
    given(CHAI).when(create(UUID.randomUUID(), "Chai")).thenNothing();
  }

  @Test
  void creating_the_same_again_changes_nothing_though_the_item_has_changed_since() {
    given(CHAI, new PriceChanged(eur("20"), PRICE), received("A", "1"))
        .when(create(UUID.randomUUID(), "Chai"))
        .thenNothing();
  }

  @Test
  void creating_another_under_the_same_id_is_refused() {
    given(CHAI)
        .when(create(UUID.randomUUID(), "Chang"))
        .thenRefused(new InventoryItemRefusal.AlreadyExists());
  }

  @Test
  void an_id_is_not_used_again_after_deletion() {
    given(CHAI, new Deleted("CHAI-1"))
        .when(create(UUID.randomUUID(), "Chai"))
        .thenRefused(new InventoryItemRefusal.IdSpent());
  }

  @Test
  void nothing_can_be_done_with_an_item_that_never_was() {
    given().when(new Activate()).thenRefused(new InventoryItemRefusal.NotFound());
    given()
        .when(new Receive(q("1"), "A", eur("1")))
        .thenRefused(new InventoryItemRefusal.NotFound());
  }

  @Test
  void nothing_can_be_done_with_a_deleted_item() {
    given(CHAI, new Deleted("CHAI-1"))
        .when(new Delete())
        .thenRefused(new InventoryItemRefusal.Deleted());
    given(CHAI, new Deleted("CHAI-1"))
        .when(new ChangePrice(PRICE))
        .thenRefused(new InventoryItemRefusal.Deleted());
  }

  // Details, price, status

  @Test
  void details_not_given_stay_as_they_are() {
    given(CHAI)
        .when(new ChangeDetails(null, "Chai tea", null, null, null, q("12"), null))
        .then(new DetailsChanged("CHAI-1", "Chai tea", "", "Beverages", "box", q("12"), false));
  }

  @Test
  void details_that_are_so_already_change_nothing() {
    given(CHAI)
        .when(new ChangeDetails("CHAI-1", "Chai", "", null, null, Quantity.of("10.0"), false))
        .thenNothing();
  }

  @Test
  void backorders_cannot_be_forbidden_while_some_are_open() {
    given(BACKORDERED, reserved("A", "3", "SO-1"))
        .when(changeBackorder(false))
        .thenRefused(new InventoryItemRefusal.OpenBackorders("A", q("-3")));
    given(BACKORDERED, reserved("A", "3", "SO-1"), received("A", "3"))
        .when(changeBackorder(false))
        .then(new DetailsChanged("CHAI-1", "Chai", "", "Beverages", "box", q("10"), false));
  }

  @Test
  void a_new_price_keeps_the_old_one_beside_it() {
    given(CHAI).when(new ChangePrice(eur("19.5"))).then(new PriceChanged(eur("19.5"), PRICE));
  }

  @Test
  void the_same_price_changes_nothing() {
    given(CHAI).when(new ChangePrice(eur("18.00"))).thenNothing();
  }

  @Test
  void an_item_is_deactivated_and_activated_once() {
    given(CHAI).when(new Activate()).thenNothing();
    given(CHAI).when(new Deactivate()).then(new Deactivated());
    given(CHAI, new Deactivated()).when(new Deactivate()).thenNothing();
    given(CHAI, new Deactivated()).when(new Activate()).then(new Activated());
  }

  @Test
  void an_item_without_stock_is_deleted() {
    given(CHAI).when(new Delete()).then(new Deleted("CHAI-1"));
    given(CHAI, received("A", "2"), left("A", "2", "4"))
        .when(new Delete())
        .then(new Deleted("CHAI-1"));
  }

  @Test
  void an_item_with_stock_is_not_deleted() {
    given(CHAI, received("A", "2"))
        .when(new Delete())
        .thenRefused(new InventoryItemRefusal.HasStock(q("2"), q("0")));
    given(BACKORDERED, reserved("A", "2", "SO-1"))
        .when(new Delete())
        .thenRefused(new InventoryItemRefusal.HasStock(q("0"), q("2")));
  }

  // Receipts and cost

  @Test
  void the_first_receipt_makes_the_average_cost() {
    given(CHAI)
        .when(new Receive(q("10"), "A", eur("2.5")))
        .then(came("A", "10", "2.5", "2.5", "25"));
  }

  @Test
  void the_average_moves_with_what_is_on_hand_at_all_locations() {
    given(CHAI, received("A", "10"))
        .when(new Receive(q("5"), "B", eur("3.5")))
        .then(came("B", "5", "3.5", "2.5", "17.5"));
  }

  @Test
  void the_average_is_rounded_half_up_to_six_places() {
    given(CHAI, received("A", "2"))
        .when(new Receive(q("1"), "A", eur("3")))
        .then(came("A", "1", "3", "2.333333", "3"));
    given(CHAI, received("A", "1"))
        .when(new Receive(q("2"), "A", eur("3")))
        .then(came("A", "2", "3", "2.666667", "6"));
  }

  @Test
  void an_empty_store_takes_the_next_cost_as_its_average() {
    given(CHAI, received("A", "2"), left("A", "2", "4"))
        .when(new Receive(q("1"), "A", eur("9")))
        .then(came("A", "1", "9", "9", "9"));
  }

  @Test
  void what_was_found_without_a_cost_takes_the_first_one() {
    given(CHAI, new StockAdjusted("A", q("4"), "count", null, null))
        .when(new Receive(q("1"), "A", eur("9")))
        .then(came("A", "1", "9", "9", "45"));
  }

  @Test
  void a_receipt_in_another_currency_is_refused() {
    given(CHAI, received("A", "2"))
        .when(new Receive(q("1"), "A", Money.of("9", "USD")))
        .thenRefused(new InventoryItemRefusal.CurrencyMismatch("EUR", "USD"));
  }

  // Issues, transfers, adjustments

  @Test
  void stock_leaves_at_its_average_cost() {
    given(CHAI, received("A", "10"))
        .when(new Issue(q("10"), "A", "sold"))
        .then(left("A", "10", "20"));
  }

  @Test
  void no_more_leaves_than_is_at_the_location() {
    given(CHAI, received("A", "10"), received("B", "5"))
        .when(new Issue(q("5.000001"), "B", "sold"))
        .thenRefused(insufficient("B", "5.000001", "5"));
    given(CHAI, received("A", "10"))
        .when(new Issue(q("1"), "nowhere", "sold"))
        .thenRefused(insufficient("nowhere", "1", "0"));
  }

  @Test
  void what_is_reserved_does_not_leave() {
    given(CHAI, received("A", "10"), reserved("A", "4", "SO-1"))
        .when(new Issue(q("7"), "A", "sold"))
        .thenRefused(insufficient("A", "7", "6"));
  }

  @Test
  void with_backorders_what_is_reserved_may_leave_but_never_more_than_is_there() {
    given(BACKORDERED, received("A", "10"), reserved("A", "4", "SO-1"))
        .when(new Issue(q("10"), "A", "sold"))
        .then(left("A", "10", "20"));
    given(BACKORDERED, received("A", "10"))
        .when(new Issue(q("11"), "A", "sold"))
        .thenRefused(insufficient("A", "11", "10"));
  }

  @Test
  void stock_moves_between_locations() {
    given(CHAI, received("A", "10"))
        .when(new Transfer(q("4"), "A", "B"))
        .then(new StockTransferred("A", "B", q("4")));
    given(CHAI, received("A", "10"), new StockTransferred("A", "B", q("4")))
        .when(new Issue(q("5"), "B", "sold"))
        .thenRefused(insufficient("B", "5", "4"));
  }

  @Test
  void no_more_is_moved_than_is_free_where_it_comes_from() {
    given(CHAI, received("A", "10"), reserved("A", "8", "SO-1"))
        .when(new Transfer(q("3"), "A", "B"))
        .thenRefused(insufficient("A", "3", "2"));
  }

  @Test
  void a_count_adjusts_what_is_on_hand_both_ways() {
    given(CHAI, received("A", "10"))
        .when(new Adjust(q("-10"), "A", "broken"))
        .then(new StockAdjusted("A", q("-10"), "broken", eur("2"), eur("-20")));
    given(CHAI)
        .when(new Adjust(q("3"), "A", "found"))
        .then(new StockAdjusted("A", q("3"), "found", null, null));
  }

  @Test
  void a_count_makes_neither_stock_negative_nor_takes_what_is_reserved() {
    given(CHAI, received("A", "10"))
        .when(new Adjust(q("-11"), "A", "broken"))
        .thenRefused(insufficient("A", "11", "10"));
    given(CHAI, received("A", "10"), reserved("A", "1", "SO-1"))
        .when(new Adjust(q("-10"), "A", "broken"))
        .thenRefused(insufficient("A", "10", "9"));
  }

  // Reservations

  @Test
  void what_is_available_is_reserved() {
    given(CHAI, received("A", "10"), reserved("A", "4", "SO-1"))
        .when(new Reserve(q("6"), "A", "SO-2"))
        .then(reserved("A", "6", "SO-2"));
  }

  @Test
  void no_more_is_reserved_than_is_available() {
    given(CHAI, received("A", "10"), reserved("A", "4", "SO-1"))
        .when(new Reserve(q("7"), "A", "SO-1"))
        .thenRefused(insufficient("A", "7", "6"));
  }

  @Test
  void with_backorders_more_is_reserved_than_is_there() {
    given(BACKORDERED).when(new Reserve(q("7"), "A", "SO-1")).then(reserved("A", "7", "SO-1"));
  }

  @Test
  void nothing_is_reserved_of_an_inactive_item() {
    given(CHAI, received("A", "10"), new Deactivated())
        .when(new Reserve(q("1"), "A", "SO-1"))
        .thenRefused(new InventoryItemRefusal.Inactive("CHAI-1"));
  }

  @Test
  void a_reservation_is_released_in_parts() {
    given(CHAI, received("A", "10"), reserved("A", "4", "SO-1"))
        .when(new Release(q("1"), "A", "SO-1"))
        .then(new StockReservationReleased("A", q("1"), "SO-1"));
    given(
            CHAI,
            received("A", "10"),
            reserved("A", "4", "SO-1"),
            new StockReservationReleased("A", q("1"), "SO-1"))
        .when(new Release(q("4"), "A", "SO-1"))
        .thenRefused(new InventoryItemRefusal.NotReserved("A", "SO-1", q("4"), q("3")));
  }

  @Test
  void only_what_the_reference_reserved_at_that_location_is_released() {
    Given state = given(CHAI, received("A", "10"), reserved("A", "4", "SO-1"));
    state
        .when(new Release(q("1"), "A", "SO-2"))
        .thenRefused(new InventoryItemRefusal.NotReserved("A", "SO-2", q("1"), q("0")));
    state
        .when(new Release(q("1"), "B", "SO-1"))
        .thenRefused(new InventoryItemRefusal.NotReserved("B", "SO-1", q("1"), q("0")));
  }

  // Limits

  @Test
  void an_item_has_a_bounded_number_of_locations() {
    List<InventoryItemEvent> full = new ArrayList<>(List.of(BACKORDERED));
    for (int i = 0; i < InventoryItemDecider.MAX_LOCATIONS; i++) {
      full.add(received("L" + i, "1"));
    }
    InventoryItemRefusal refusal =
        new InventoryItemRefusal.TooManyLocations(InventoryItemDecider.MAX_LOCATIONS);
    Given state = given(full);
    state.when(new Receive(q("1"), "one more", eur("2"))).thenRefused(refusal);
    state.when(new Transfer(q("1"), "L1", "one more")).thenRefused(refusal);
    state.when(new Adjust(q("1"), "one more", "found")).thenRefused(refusal);
    state.when(new Reserve(q("1"), "one more", "SO-1")).thenRefused(refusal);
    state.when(new Receive(q("1"), "L7", eur("2"))).then(came("L7", "1", "2", "2", "2"));
  }

  @Test
  void an_item_has_a_bounded_number_of_open_reservations() {
    List<InventoryItemEvent> full = new ArrayList<>(List.of(BACKORDERED));
    for (int i = 0; i < InventoryItemDecider.MAX_RESERVATIONS; i++) {
      full.add(reserved("A", "1", "SO-" + i));
    }
    Given state = given(full);
    state
        .when(new Reserve(q("1"), "A", "one more"))
        .thenRefused(
            new InventoryItemRefusal.TooManyReservations(InventoryItemDecider.MAX_RESERVATIONS));
    state.when(new Reserve(q("1"), "A", "SO-7")).then(reserved("A", "1", "SO-7"));
  }

  @Test
  void quantities_stay_within_what_can_be_kept() {
    String most = "999999999999.999999";
    Given full = given(BACKORDERED, received("A", most), reserved("A", most, "SO-1"));
    InventoryItemRefusal refusal = new InventoryItemRefusal.QuantityOutOfRange();
    full.when(new Receive(q("0.000001"), "A", eur("2"))).thenRefused(refusal);
    full.when(new Receive(q("0.000001"), "B", eur("2"))).thenRefused(refusal);
    full.when(new Adjust(q("0.000001"), "B", "found")).thenRefused(refusal);
    full.when(new Reserve(q("0.000001"), "B", "SO-1")).thenRefused(refusal);
    full.when(new Transfer(q(most), "A", "B")).then(new StockTransferred("A", "B", q(most)));
  }

  @Test
  void the_greatest_receipt_at_the_greatest_cost_has_an_average() {
    Money dearest = eur("999999999999999.999999");
    assertThat(InventoryItemDecider.averageCost(q("999999999999"), dearest, q("0.999999"), dearest))
        .isEqualTo(dearest);
  }

  // Claims and the log

  @Test
  void a_sku_is_claimed_changed_and_given_back() {
    var aggregate = InventoryItemDecider.AGGREGATE;
    Claim chai = new Claim("sku", "CHAI-1");
    Claim tea = new Claim("sku", "TEA");
    InventoryItem live = given(CHAI).state();
    assertThat(aggregate.claimsOf(InventoryItem.NONE, CHAI)).isEqualTo(Claim.Changes.claim(chai));
    assertThat(
            aggregate.claimsOf(
                live, new DetailsChanged("TEA", "Chai", "", "B", "box", q("1"), false)))
        .isEqualTo(new Claim.Changes(List.of(chai), List.of(tea)));
    assertThat(
            aggregate.claimsOf(
                live, new DetailsChanged("CHAI-1", "Tea", "", "B", "box", q("1"), false)))
        .isEqualTo(Claim.Changes.NONE);
    assertThat(aggregate.claimsOf(live, new Deleted("CHAI-1")))
        .isEqualTo(Claim.Changes.release(chai));
    given(CHAI)
        .when(changeSku("TEA"))
        .then(new DetailsChanged("TEA", "Chai", "", "Beverages", "box", q("10"), false));
  }

  @Test
  void a_log_that_cannot_be_is_noticed() {
    assertThatThrownBy(() -> given(new Activated())).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> given(CHAI, CHAI)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> given(CHAI, new Deleted("CHAI-1"), new Activated()))
        .isInstanceOf(IllegalStateException.class);
  }
}
