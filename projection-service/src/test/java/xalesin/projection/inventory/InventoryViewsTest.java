package xalesin.projection.inventory;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.assertj.core.groups.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import xalesin.projection.BruteForce;
import xalesin.projection.RandomEvents;
import xalesin.schemas.DomainEvent;
import xalesin.schemas.Money;
import xalesin.schemas.Quantity;
import xalesin.schemas.RecordedEvent;
import xalesin.schemas.Total;
import xalesin.schemas.inventory.InventoryItemEvent.Created;
import xalesin.schemas.inventory.InventoryItemEvent.Deactivated;
import xalesin.schemas.inventory.InventoryItemEvent.Deleted;
import xalesin.schemas.inventory.InventoryItemEvent.PriceChanged;
import xalesin.schemas.inventory.InventoryItemEvent.StockAdjusted;
import xalesin.schemas.inventory.InventoryItemEvent.StockIssued;
import xalesin.schemas.inventory.InventoryItemEvent.StockReceived;
import xalesin.schemas.inventory.InventoryItemEvent.StockReservationReleased;
import xalesin.schemas.inventory.InventoryItemEvent.StockReserved;
import xalesin.schemas.inventory.InventoryItemEvent.StockTransferred;
import xalesin.schemas.inventory.InventoryItemRow;
import xalesin.schemas.inventory.InventoryItemRow.Location;
import xalesin.schemas.inventory.StockMovementRow;
import xalesin.schemas.inventory.StockValuationRow;

class InventoryViewsTest {
  private static final UUID ITEM = new UUID(1, 2);
  private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
  private static final Money COST = Money.of("2.5", "EUR");
  private static final Money WORTH = Money.of("25", "EUR");
  private static final Money PRICE = Money.of("4", "EUR");

  private final BruteForce views = new BruteForce();
  private long version;

  @Test
  void a_created_item_is_active_and_empty() {
    given(created());
    InventoryItemRow item = item();
    assertThat(item.status()).isEqualTo("active");
    assertThat(item.onHand()).isEqualTo(Quantity.ZERO);
    assertThat(item.locations()).isEmpty();
    assertThat(item.averageCost()).isNull();
    assertThat(item.createdAt()).isEqualTo(item.updatedAt()).isEqualTo(START.plusSeconds(1));
  }

  @Test
  void stock_is_kept_per_location_and_in_total() {
    given(
        created(),
        new StockReceived("north", Quantity.of(10), COST, COST, WORTH, null),
        new StockReserved("north", Quantity.of(4), "SO-1"),
        new StockTransferred("north", "east", Quantity.of(3)),
        new StockReservationReleased("north", Quantity.of(1), "SO-1"),
        new StockIssued("east", Quantity.of(2), "sold", COST, COST, null));
    InventoryItemRow item = item();
    assertThat(item.onHand()).isEqualTo(Quantity.of(8));
    assertThat(item.reserved()).isEqualTo(Quantity.of(3));
    assertThat(item.available()).isEqualTo(Quantity.of(5));
    assertThat(item.averageCost()).isEqualTo(COST);
    assertThat(item.locations())
        .containsExactly(
            new Location("east", Quantity.of(1), Quantity.ZERO, Quantity.of(1)),
            new Location("north", Quantity.of(7), Quantity.of(3), Quantity.of(4)));
    assertThat(item.version()).isEqualTo(6);
    assertThat(item.updatedAt()).isEqualTo(START.plusSeconds(6));
    assertThat(item.createdAt()).isEqualTo(START.plusSeconds(1));
  }

  @Test
  void a_movement_tells_what_left_as_negative_and_what_was_on_hand_after() {
    given(
        created(),
        new StockReceived("north", Quantity.of(10), COST, COST, WORTH, null),
        new StockIssued("north", Quantity.of(4), "sold", COST, COST, null));
    assertThat(movements())
        .extracting(StockMovementRow::kind, StockMovementRow::quantity, StockMovementRow::onHand)
        .containsExactlyInAnyOrder(
            Tuple.tuple("receipt", Quantity.of(10), Quantity.of(10)),
            Tuple.tuple("issue", Quantity.of(-4), Quantity.of(6)));
  }

  @Test
  void an_item_is_worth_what_its_movements_say() {
    given(created(), new StockAdjusted("north", Quantity.of(1), "found", null, null));
    assertThat(item().value()).isNull();
    assertThat(worth("EUR")).isNull();
    given(
        new StockReceived("north", Quantity.of(9), COST, COST, WORTH, "purchase-orders/1"),
        new StockIssued("north", Quantity.of(4), "sold", COST, eur("10"), "sales-orders/1"),
        new StockTransferred("north", "east", Quantity.of(1)),
        new StockAdjusted("north", Quantity.of(-1), "broken", COST, eur("-2.5")));
    assertThat(item().value()).isEqualTo(eur("12.5"));
    assertThat(worth("EUR")).isEqualTo(Total.of("12.5"));
    assertThat(movements())
        .extracting(StockMovementRow::kind, StockMovementRow::value, StockMovementRow::reference)
        .containsExactlyInAnyOrder(
            Tuple.tuple("adjustment", null, null),
            Tuple.tuple("receipt", WORTH, "purchase-orders/1"),
            Tuple.tuple("issue", eur("-10"), "sales-orders/1"),
            Tuple.tuple("transfer", null, null),
            Tuple.tuple("adjustment", eur("-2.5"), null));
  }

  @Test
  void a_deleted_item_is_worth_nothing_any_more() {
    given(
        created(),
        new StockReceived("north", Quantity.of(10), COST, COST, WORTH, null),
        new Deleted("SKU-1"));
    assertThat(worth("EUR")).isEqualTo(Total.ZERO);
  }

  @Test
  void reservations_and_prices_move_nothing() {
    given(created(), new PriceChanged(COST, PRICE), new StockReserved("x", Quantity.of(1), "r"));
    assertThat(movements()).isEmpty();
    assertThat(item().price()).isEqualTo(COST);
  }

  @Test
  void a_deleted_item_has_no_row_but_its_movements_remain() {
    given(
        created(),
        new StockReceived("north", Quantity.of(10), COST, COST, WORTH, null),
        new StockIssued("north", Quantity.of(10), "sold", COST, WORTH, null),
        new Deactivated(),
        new Deleted("SKU-1"));
    assertThat(views.rowsOf(InventoryItems.VIEW)).isEmpty();
    assertThat(movements()).hasSize(2);
  }

  @Test
  void an_item_that_was_never_created_cannot_change() {
    assertThatThrownBy(() -> given(new PriceChanged(COST, PRICE)))
        .hasMessageContaining("does not exist");
    assertThatThrownBy(() -> given(created(), created())).hasMessageContaining("created before");
  }

  private @Nullable Total worth(String currency) {
    Object row = views.rowsOf(StockValuation.VIEW).get(StockValuation.idOf(currency));
    return row == null ? null : ((StockValuationRow) row).value();
  }

  private static Money eur(String amount) {
    return Money.of(amount, "EUR");
  }

  private static Created created() {
    return new Created("SKU-1", "Bolt", "", "steel", "each", PRICE, Quantity.ZERO, false);
  }

  private void given(DomainEvent... events) {
    for (DomainEvent event : events) {
      version++;
      RecordedEvent recorded =
          RandomEvents.recorded(
              new UUID(9, version), "acme", ITEM, version, START.plusSeconds(version), event);
      views.fold(recorded);
    }
  }

  private InventoryItemRow item() {
    return (InventoryItemRow) requireNonNull(views.rowsOf(InventoryItems.VIEW).get(ITEM));
  }

  private List<StockMovementRow> movements() {
    return views.rowsOf(StockMovements.VIEW).values().stream()
        .map(StockMovementRow.class::cast)
        .toList();
  }
}
