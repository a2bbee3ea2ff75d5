package xalesin.schemas.purchasing;

import java.util.UUID;
import xalesin.schemas.Amount;
import xalesin.schemas.Fraction;
import xalesin.schemas.Quantity;

/**
 * A line as it was ordered; amounts are in the order's currency.
 *
 * @param sku of the item when the line was written, as {@code name}
 * @param net quantity × unit cost, rounded half up to the smallest unit
 * @param tax net × tax rate, rounded so too
 */
public record PurchaseOrderLine(
    UUID item,
    String sku,
    String name,
    Quantity quantity,
    Amount unitCost,
    Fraction taxRate,
    String location,
    Amount net,
    Amount tax) {}
