package xalesin.schemas.overview;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.UUID;
import xalesin.schemas.Quantity;

/**
 * An item to be ordered again, as {@code GET /api/low-stock} serves it and the topic {@code
 * xalesin.views.low-stock} carries it: its reorder level is above zero and not below what is
 * available. Any other item has no row here.
 *
 * @param id the item's
 * @param version of the item's stream
 */
@JsonPropertyOrder({"id", "sku", "name", "unit", "status", "available", "reorderLevel", "version"})
public record LowStockRow(
    UUID id,
    String sku,
    String name,
    String unit,
    String status,
    Quantity available,
    Quantity reorderLevel,
    long version) {}
