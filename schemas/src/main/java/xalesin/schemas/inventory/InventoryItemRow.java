package xalesin.schemas.inventory;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xalesin.schemas.Money;
import xalesin.schemas.Quantity;

/**
 * An item as {@code GET /api/inventory-items} serves it and the topic {@code
 * xalesin.views.inventory-items} carries it.
 *
 * @param status {@code active} or {@code inactive}; a deleted item has no row
 * @param onHand over all locations
 * @param reserved over all locations
 * @param available {@code onHand - reserved}
 * @param locations those that ever had stock, by name
 * @param averageCost moving average of a unit; null until something was received
 * @param value what the stock is worth in the books; null until anything of it had a cost
 * @param version the stream's version of the newest event in the row
 */
@JsonPropertyOrder({
  "id",
  "sku",
  "name",
  "description",
  "category",
  "unit",
  "status",
  "price",
  "onHand",
  "reserved",
  "available",
  "locations",
  "averageCost",
  "value",
  "reorderLevel",
  "allowBackorder",
  "version",
  "createdAt",
  "updatedAt"
})
public record InventoryItemRow(
    UUID id,
    String sku,
    String name,
    String description,
    String category,
    String unit,
    String status,
    Money price,
    Quantity onHand,
    Quantity reserved,
    Quantity available,
    List<Location> locations,
    @Nullable Money averageCost,
    @Nullable Money value,
    Quantity reorderLevel,
    boolean allowBackorder,
    long version,
    Instant createdAt,
    Instant updatedAt) {
  public static final String ACTIVE = "active";
  public static final String INACTIVE = "inactive";

  /** Stock at one place. */
  public record Location(String location, Quantity onHand, Quantity reserved, Quantity available) {}
}
