package xalesin.projection.overview;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import xalesin.projection.Happenings;
import xalesin.schemas.DomainEvent;
import xalesin.schemas.Money;
import xalesin.schemas.Quantity;
import xalesin.schemas.StreamName;
import xalesin.schemas.inventory.InventoryItemEvent.Created;
import xalesin.schemas.inventory.InventoryItemEvent.Deactivated;
import xalesin.schemas.inventory.InventoryItemEvent.Deleted;
import xalesin.schemas.inventory.InventoryItemEvent.DetailsChanged;
import xalesin.schemas.inventory.InventoryItemEvent.StockReceived;
import xalesin.schemas.inventory.InventoryItemEvent.StockReservationReleased;
import xalesin.schemas.inventory.InventoryItemEvent.StockReserved;
import xalesin.schemas.overview.LowStockRow;

class LowStockTest {
  private static final UUID ITEM = new UUID(1, 2);
  private static final Money PRICE = Money.of("4", "EUR");

  private final Happenings happenings = new Happenings();

  @Test
  void an_item_without_a_reorder_level_is_never_low() {
    given(created(0));
    expectNone();
  }

  @Test
  void an_item_is_low_when_no_more_is_available_than_its_level() {
    given(created(5));
    expectAvailable(0);
    given(received(5));
    expectAvailable(5);
    given(received(1));
    expectNone();
    given(new StockReserved("main", Quantity.of(3), "SO-1"));
    expectAvailable(3);
    given(new StockReservationReleased("main", Quantity.of(3), "SO-1"));
    expectNone();
  }

  @Test
  void another_level_makes_an_item_low_or_not() {
    given(created(0), received(7));
    expectNone();
    given(level(7));
    expectAvailable(7);
    given(level(6));
    expectNone();
    given(level(8), level(0));
    expectNone();
  }

  @Test
  void the_row_follows_its_item() {
    given(created(5), new Deactivated());
    LowStockRow row = happenings.row(LowStock.VIEW, ITEM);
    assertThat(row.status()).isEqualTo("inactive");
    assertThat(row.version()).isEqualTo(2);
    given(new Deleted("SKU-1"));
    expectNone();
  }

  private static Created created(long level) {
    return new Created("SKU-1", "Bolt", "", "steel", "each", PRICE, Quantity.of(level), false);
  }

  private static DetailsChanged level(long level) {
    return new DetailsChanged("SKU-1", "Bolt", "", "steel", "each", Quantity.of(level), false);
  }

  private static StockReceived received(long quantity) {
    return new StockReceived("main", Quantity.of(quantity), PRICE, PRICE, PRICE, null);
  }

  private void given(DomainEvent... events) {
    happenings.happen(StreamName.INVENTORY_ITEMS, ITEM, events);
  }

  private void expectNone() {
    assertThat(happenings.rows(LowStock.VIEW)).isEmpty();
  }

  private void expectAvailable(long quantity) {
    assertThat(happenings.row(LowStock.VIEW, ITEM).available()).isEqualTo(Quantity.of(quantity));
  }
}
