package xalesin.projection.overview;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xalesin.projection.inventory.InventoryItems;
import xalesin.projection.view.Field;
import xalesin.projection.view.Index;
import xalesin.projection.view.View;
import xalesin.schemas.DomainEvent;
import xalesin.schemas.RecordedEvent;
import xalesin.schemas.StreamName;
import xalesin.schemas.inventory.InventoryItemEvent;
import xalesin.schemas.inventory.InventoryItemEvent.Deleted;
import xalesin.schemas.inventory.InventoryItemEvent.DetailsChanged;
import xalesin.schemas.inventory.InventoryItemRow;
import xalesin.schemas.overview.LowStockRow;

/**
 * Items of which no more is available than the level at which to order again, where there is such a
 * level. Stands behind {@link InventoryItems} in the catalog. Stateless, thread-safe.
 */
public final class LowStock implements View<LowStockRow> {
  private static final Field<LowStockRow> AVAILABLE =
      Field.quantity("available", LowStockRow::available);

  public static final Index<LowStockRow> BY_AVAILABLE =
      new Index<>(
          "by-available",
          "What is to be ordered first?",
          List.of(),
          List.of(Index.ascending(AVAILABLE)));

  public static final LowStock VIEW = new LowStock();

  private static final List<Index<LowStockRow>> INDEXES = List.of(BY_AVAILABLE);

  private LowStock() {}

  @Override
  public String name() {
    return "low-stock";
  }

  @Override
  public Class<LowStockRow> rowClass() {
    return LowStockRow.class;
  }

  @Override
  public List<Index<LowStockRow>> indexes() {
    return INDEXES;
  }

  @Override
  public List<Change<LowStockRow>> fold(RecordedEvent recorded, DomainEvent event, Rows rows) {
    if (!(event instanceof InventoryItemEvent itemEvent)) {
      return List.of();
    }
    UUID id = StreamName.parse(recorded.stream()).id();
    InventoryItemRow item = rows.get(InventoryItems.VIEW, id);
    if (item != null && isLow(item)) {
      return List.of(Change.put(id, row(item)));
    }
    // Items without a level, as most are, have never been here: that is known without a look.
    boolean wasPerhapsHere =
        hasLevel(item) || itemEvent instanceof DetailsChanged || itemEvent instanceof Deleted;
    return wasPerhapsHere && rows.get(this, id) != null ? List.of(Change.delete(id)) : List.of();
  }

  private static boolean hasLevel(@Nullable InventoryItemRow item) {
    return item != null && item.reorderLevel().signum() > 0;
  }

  private static boolean isLow(InventoryItemRow item) {
    return hasLevel(item) && item.available().compareTo(item.reorderLevel()) <= 0;
  }

  private static LowStockRow row(InventoryItemRow item) {
    return new LowStockRow(
        item.id(),
        item.sku(),
        item.name(),
        item.unit(),
        item.status(),
        item.available(),
        item.reorderLevel(),
        item.version());
  }
}
