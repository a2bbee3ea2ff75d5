package xalesin.schemas.inventory;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xalesin.schemas.Money;
import xalesin.schemas.Quantity;

/**
 * A movement of goods as {@code GET /api/stock-movements} serves it. Never changed once written.
 *
 * @param id the id of the event
 * @param item the item's id
 * @param kind {@code receipt}, {@code issue}, {@code transfer} or {@code adjustment}
 * @param quantity signed as seen from {@code location}: what left is negative
 * @param toLocation where a transfer went; null otherwise
 * @param unitCost value of one unit; null when unknown or for a transfer
 * @param value by how much the stock is worth more, signed as the quantity is; null when unknown or
 *     for a transfer
 * @param reason why, for an issue or an adjustment
 * @param reference the document that it belongs to, such as {@code sales-orders/…}, or null
 * @param onHand of the item over all locations, after it
 * @param user who did it
 * @param version the item stream's version
 * @param date when it was recorded
 */
@JsonPropertyOrder({
  "id",
  "item",
  "sku",
  "name",
  "kind",
  "date",
  "location",
  "toLocation",
  "quantity",
  "unitCost",
  "value",
  "reason",
  "reference",
  "onHand",
  "user",
  "version"
})
public record StockMovementRow(
    UUID id,
    UUID item,
    String sku,
    String name,
    String kind,
    Instant date,
    String location,
    @Nullable String toLocation,
    Quantity quantity,
    @Nullable Money unitCost,
    @Nullable Money value,
    @Nullable String reason,
    @Nullable String reference,
    Quantity onHand,
    String user,
    long version) {
  public static final String RECEIPT = "receipt";
  public static final String ISSUE = "issue";
  public static final String TRANSFER = "transfer";
  public static final String ADJUSTMENT = "adjustment";
}
