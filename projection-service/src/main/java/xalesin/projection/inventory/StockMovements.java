package xalesin.projection.inventory;

import static xalesin.schemas.inventory.StockMovementRow.ADJUSTMENT;
import static xalesin.schemas.inventory.StockMovementRow.ISSUE;
import static xalesin.schemas.inventory.StockMovementRow.RECEIPT;
import static xalesin.schemas.inventory.StockMovementRow.TRANSFER;

import java.util.List;
import org.jspecify.annotations.Nullable;
import xalesin.projection.view.Field;
import xalesin.projection.view.Index;
import xalesin.projection.view.View;
import xalesin.schemas.DomainEvent;
import xalesin.schemas.Money;
import xalesin.schemas.Quantity;
import xalesin.schemas.RecordedEvent;
import xalesin.schemas.StreamName;
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
import xalesin.schemas.inventory.StockMovementRow;

/**
 * The movements of goods; one row for each event that moved some, never changed. They outlive their
 * item. Stateless, thread-safe.
 */
public final class StockMovements implements View<StockMovementRow> {
  private static final Field<StockMovementRow> ITEM = Field.id("item", StockMovementRow::item);
  private static final Field<StockMovementRow> KIND = Field.text("kind", StockMovementRow::kind);
  private static final List<Index.Order<StockMovementRow>> NEWEST_FIRST =
      List.of(Index.descending(Field.time("date", StockMovementRow::date)));

  public static final Index<StockMovementRow> BY_DATE =
      new Index<>("by-date", "What moved last?", List.of(), NEWEST_FIRST);
  public static final Index<StockMovementRow> BY_ITEM_AND_DATE =
      new Index<>("by-item-and-date", "How did this item move?", List.of(ITEM), NEWEST_FIRST);
  public static final Index<StockMovementRow> BY_KIND_AND_DATE =
      new Index<>("by-kind-and-date", "What was received last?", List.of(KIND), NEWEST_FIRST);

  public static final StockMovements VIEW = new StockMovements();

  private static final List<Index<StockMovementRow>> INDEXES =
      List.of(BY_DATE, BY_ITEM_AND_DATE, BY_KIND_AND_DATE);

  private StockMovements() {}

  @Override
  public String name() {
    return "stock-movements";
  }

  @Override
  public Class<StockMovementRow> rowClass() {
    return StockMovementRow.class;
  }

  @Override
  public List<Index<StockMovementRow>> indexes() {
    return INDEXES;
  }

  @Override
  public boolean isReadByFolds() {
    return false;
  }

  @Override
  public List<Change<StockMovementRow>> fold(RecordedEvent recorded, DomainEvent event, Rows rows) {
    if (!(event instanceof InventoryItemEvent itemEvent)) {
      return List.of();
    }
    Movement movement = movement(itemEvent);
    if (movement == null) {
      return List.of();
    }
    InventoryItemRow item = rows.get(InventoryItems.VIEW, StreamName.parse(recorded.stream()).id());
    if (item == null) {
      throw new IllegalStateException("goods moved of an item that does not exist");
    }
    return List.of(Change.put(recorded.id(), row(recorded, movement, item)));
  }

  private record Movement(
      String kind,
      String location,
      @Nullable String toLocation,
      Quantity quantity,
      @Nullable Money unitCost,
      @Nullable Money value,
      @Nullable String reason,
      @Nullable String reference) {}

  private static @Nullable Movement movement(InventoryItemEvent event) {
    return switch (event) {
      case StockReceived(var at, var quantity, var unitCost, _, var value, var reference) ->
          new Movement(RECEIPT, at, null, quantity, unitCost, value, null, reference);
      case StockIssued(var at, var quantity, var reason, var unitCost, var value, var reference) ->
          new Movement(
              ISSUE,
              at,
              null,
              quantity.negated(),
              unitCost,
              Moneys.negated(value),
              reason,
              reference);
      case StockTransferred(var from, var to, var quantity) ->
          new Movement(TRANSFER, from, to, quantity.negated(), null, null, null, null);
      case StockAdjusted(var at, var quantity, var reason, var unitCost, var value) ->
          new Movement(ADJUSTMENT, at, null, quantity, unitCost, value, reason, null);
      case Created _,
          DetailsChanged _,
          PriceChanged _,
          Activated _,
          Deactivated _,
          Deleted _,
          StockReserved _,
          StockReservationReleased _ ->
          null;
    };
  }

  private static StockMovementRow row(
      RecordedEvent recorded, Movement movement, InventoryItemRow item) {
    return new StockMovementRow(
        recorded.id(),
        item.id(),
        item.sku(),
        item.name(),
        movement.kind(),
        recorded.recordedAt(),
        movement.location(),
        movement.toLocation(),
        movement.quantity(),
        movement.unitCost(),
        movement.value(),
        movement.reason(),
        movement.reference(),
        item.onHand(),
        recorded.actor(),
        recorded.version());
  }
}
