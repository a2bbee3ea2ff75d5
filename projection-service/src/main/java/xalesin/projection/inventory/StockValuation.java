package xalesin.projection.inventory;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xalesin.projection.view.Field;
import xalesin.projection.view.Index;
import xalesin.projection.view.View;
import xalesin.schemas.DomainEvent;
import xalesin.schemas.Money;
import xalesin.schemas.RecordedEvent;
import xalesin.schemas.StreamName;
import xalesin.schemas.Total;
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
import xalesin.schemas.inventory.InventoryItemRow;
import xalesin.schemas.inventory.StockValuationRow;

/**
 * What all stock is worth, a row per currency: the sum of the items' values, carried on movement by
 * movement. Stands before the items in the catalog, because what a deleted item was still worth is
 * in its row before. Stateless, thread-safe.
 */
public final class StockValuation implements View<StockValuationRow> {
  public static final Index<StockValuationRow> BY_CURRENCY =
      new Index<>(
          "by-currency",
          "What is the stock worth?",
          List.of(),
          List.of(Index.ascending(Field.text("currency", StockValuationRow::currency))));

  public static final StockValuation VIEW = new StockValuation();

  private StockValuation() {}

  @Override
  public String name() {
    return "stock-valuation";
  }

  @Override
  public Class<StockValuationRow> rowClass() {
    return StockValuationRow.class;
  }

  @Override
  public List<Index<StockValuationRow>> indexes() {
    return List.of(BY_CURRENCY);
  }

  @Override
  public boolean isOfManyStreams() {
    return true;
  }

  @Override
  public List<Change<StockValuationRow>> fold(
      RecordedEvent recorded, DomainEvent event, Rows rows) {
    if (!(event instanceof InventoryItemEvent itemEvent)) {
      return List.of();
    }
    Money change = change(recorded, itemEvent, rows);
    if (change == null || change.amount().signum() == 0) {
      return List.of();
    }
    UUID id = idOf(change.currency());
    StockValuationRow before = rows.get(this, id);
    Total known = before == null ? Total.ZERO : before.value();
    return List.of(
        Change.put(
            id,
            new StockValuationRow(
                id,
                change.currency(),
                known.plus(change.amount()),
                before == null ? 1 : before.version() + 1)));
  }

  private static @Nullable Money change(
      RecordedEvent recorded, InventoryItemEvent event, Rows rows) {
    return switch (event) {
      case StockReceived receipt -> receipt.value();
      case StockIssued issue -> Moneys.negated(issue.value());
      case StockAdjusted adjustment -> adjustment.value();
      case Deleted _ -> Moneys.negated(valueBefore(recorded, rows));
      case Created _,
          DetailsChanged _,
          PriceChanged _,
          Activated _,
          Deactivated _,
          StockTransferred _,
          StockReserved _,
          StockReservationReleased _ ->
          null;
    };
  }

  private static @Nullable Money valueBefore(RecordedEvent recorded, Rows rows) {
    InventoryItemRow item = rows.get(InventoryItems.VIEW, StreamName.parse(recorded.stream()).id());
    return item == null ? null : item.value();
  }

  static UUID idOf(String currency) {
    return UUID.nameUUIDFromBytes(("stock-valuation/" + currency).getBytes(UTF_8));
  }
}
