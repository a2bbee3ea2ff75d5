package xalesin.schemas;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import xalesin.schemas.inventory.InventoryItemRow;
import xalesin.schemas.inventory.StockMovementRow;

/** Every view that is published, by its name: what its rows are. */
public final class RowTypes {
  private static final Map<String, Type> BY_NAME = new LinkedHashMap<>();

  static {
    register("inventory-items", 1, InventoryItemRow.class);
    register("stock-movements", 1, StockMovementRow.class);
  }

  /**
   * @param name the view's, as in {@code GET /api/<name>} and {@link Topics#view}
   * @param schemaVersion the version that is written now; rows of older ones are rebuilt
   */
  public record Type(String name, int schemaVersion, Class<? extends Record> recordClass) {}

  private RowTypes() {}

  private static void register(
      String name, int schemaVersion, Class<? extends Record> recordClass) {
    BY_NAME.put(name, new Type(name, schemaVersion, recordClass));
  }

  public static Iterable<Type> all() {
    return BY_NAME.values();
  }

  public static @Nullable Type byName(String name) {
    return BY_NAME.get(name);
  }
}
