package xalesin.projection.inventory;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xalesin.projection.view.Field;
import xalesin.projection.view.Index;
import xalesin.projection.view.SearchField;
import xalesin.projection.view.View;
import xalesin.schemas.DomainEvent;
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

/** Items with their stock; one row per item that is not deleted. Stateless, thread-safe. */
public final class InventoryItems implements View<InventoryItemRow> {
  private static final Field<InventoryItemRow> SKU = Field.text("sku", InventoryItemRow::sku);
  private static final Field<InventoryItemRow> STATUS =
      Field.text("status", InventoryItemRow::status);
  private static final Field<InventoryItemRow> CATEGORY =
      Field.text("category", InventoryItemRow::category);
  private static final Field<InventoryItemRow> UPDATED_AT =
      Field.time("updatedAt", InventoryItemRow::updatedAt);

  public static final Index<InventoryItemRow> BY_SKU =
      new Index<>("by-sku", "Which item has this SKU?", List.of(), ascending(SKU));
  public static final Index<InventoryItemRow> BY_UPDATED =
      new Index<>("by-updated", "What has changed last?", List.of(), newestFirst());
  public static final Index<InventoryItemRow> BY_STATUS =
      new Index<>("by-status", "Which items are active?", List.of(STATUS), newestFirst());
  public static final Index<InventoryItemRow> BY_CATEGORY =
      new Index<>("by-category", "What is in this category?", List.of(CATEGORY), newestFirst());
  public static final Index<InventoryItemRow> BY_CATEGORY_AND_STATUS =
      new Index<>(
          "by-category-and-status",
          "What is active in this category?",
          List.of(CATEGORY, STATUS),
          newestFirst());

  public static final InventoryItems VIEW = new InventoryItems();

  private static final List<Index<InventoryItemRow>> INDEXES =
      List.of(BY_SKU, BY_UPDATED, BY_STATUS, BY_CATEGORY, BY_CATEGORY_AND_STATUS);

  private static final List<SearchField<InventoryItemRow>> SEARCHABLE =
      List.of(
          SearchField.text("name", 4, InventoryItemRow::name),
          SearchField.code("sku", 4, InventoryItemRow::sku),
          SearchField.text("description", 1, InventoryItemRow::description));

  private InventoryItems() {}

  private static List<Index.Order<InventoryItemRow>> ascending(Field<InventoryItemRow> field) {
    return List.of(Index.ascending(field));
  }

  private static List<Index.Order<InventoryItemRow>> newestFirst() {
    return List.of(Index.descending(UPDATED_AT));
  }

  @Override
  public String name() {
    return StreamName.INVENTORY_ITEMS;
  }

  @Override
  public Class<InventoryItemRow> rowClass() {
    return InventoryItemRow.class;
  }

  @Override
  public List<Index<InventoryItemRow>> indexes() {
    return INDEXES;
  }

  @Override
  public List<SearchField<InventoryItemRow>> searchable() {
    return SEARCHABLE;
  }

  @Override
  public List<Change<InventoryItemRow>> fold(RecordedEvent recorded, DomainEvent event, Rows rows) {
    if (!(event instanceof InventoryItemEvent itemEvent)) {
      return List.of();
    }
    UUID id = StreamName.parse(recorded.stream()).id();
    InventoryItemRow row = fold(rows.get(this, id), id, recorded, itemEvent);
    return List.of(new Change<>(id, row));
  }

  private static @Nullable InventoryItemRow fold(
      @Nullable InventoryItemRow before,
      UUID id,
      RecordedEvent recorded,
      InventoryItemEvent event) {
    if (event instanceof Created created) {
      if (before != null) {
        throw new IllegalStateException("item " + id + " was created before");
      }
      return created(id, recorded, created);
    }
    if (before == null) {
      throw new IllegalStateException("item " + id + " does not exist");
    }
    ItemDraft draft = new ItemDraft(before);
    switch (event) {
      case Created _ -> throw new AssertionError("is handled above");
      case Deleted _ -> {
        return null;
      }
      case DetailsChanged now -> draft.details = now;
      case PriceChanged change -> draft.price = change.price();
      case Activated _ -> draft.status = InventoryItemRow.ACTIVE;
      case Deactivated _ -> draft.status = InventoryItemRow.INACTIVE;
      case StockReceived receipt -> {
        draft.onHand(receipt.location(), receipt.quantity());
        draft.averageCost = receipt.averageCost();
        draft.worth(receipt.value());
      }
      case StockIssued issue -> {
        draft.onHand(issue.location(), issue.quantity().negated());
        draft.worth(Moneys.negated(issue.value()));
      }
      case StockTransferred transfer -> {
        draft.onHand(transfer.from(), transfer.quantity().negated());
        draft.onHand(transfer.to(), transfer.quantity());
      }
      case StockAdjusted adjustment -> {
        draft.onHand(adjustment.location(), adjustment.quantity());
        draft.worth(adjustment.value());
      }
      case StockReserved reserved -> draft.reserved(reserved.location(), reserved.quantity());
      case StockReservationReleased released ->
          draft.reserved(released.location(), released.quantity().negated());
    }
    return draft.row(recorded.version(), recorded.recordedAt());
  }

  private static InventoryItemRow created(UUID id, RecordedEvent recorded, Created created) {
    return new InventoryItemRow(
        id,
        created.sku(),
        created.name(),
        created.description(),
        created.category(),
        created.unit(),
        InventoryItemRow.ACTIVE,
        created.price(),
        Quantity.ZERO,
        Quantity.ZERO,
        Quantity.ZERO,
        List.of(),
        null,
        null,
        created.reorderLevel(),
        created.allowBackorder(),
        recorded.version(),
        recorded.recordedAt(),
        recorded.recordedAt());
  }
}
