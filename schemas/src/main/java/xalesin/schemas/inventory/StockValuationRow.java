package xalesin.schemas.inventory;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.UUID;
import xalesin.schemas.Total;

/**
 * What all stock is worth in the books in one currency, as {@code GET /api/stock-valuation} serves
 * it.
 *
 * @param id follows from the currency
 * @param value the sum of the items' values
 * @param version how many movements have changed it
 */
@JsonPropertyOrder({"id", "currency", "value", "version"})
public record StockValuationRow(UUID id, String currency, Total value, long version) {}
