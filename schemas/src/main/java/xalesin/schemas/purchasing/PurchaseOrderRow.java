package xalesin.schemas.purchasing;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xalesin.schemas.Amount;
import xalesin.schemas.Fraction;
import xalesin.schemas.Quantity;
import xalesin.schemas.parties.PartyName;

/**
 * A purchase order as {@code GET /api/purchase-orders} serves it and the topic {@code
 * xalesin.views.purchase-orders} carries it. Amounts are in the order's currency.
 *
 * @param status see {@link PurchaseOrderStatus}
 * @param supplier as named when the order was placed
 * @param author who placed it or changed its lines last
 * @param approver null until it is approved
 * @param net of all lines as ordered, as {@code tax}
 * @param total {@code net + tax}
 * @param billed all bills so far
 * @param open {@code billed - paid}
 * @param bills in the order written
 * @param version the stream's version of the newest event in the row
 */
@JsonPropertyOrder({
  "id",
  "number",
  "status",
  "supplier",
  "author",
  "approver",
  "date",
  "currency",
  "lines",
  "net",
  "tax",
  "total",
  "billed",
  "paid",
  "open",
  "bills",
  "reference",
  "version",
  "createdAt",
  "updatedAt"
})
public record PurchaseOrderRow(
    UUID id,
    String number,
    String status,
    PartyName supplier,
    String author,
    @Nullable String approver,
    LocalDate date,
    String currency,
    List<Line> lines,
    Amount net,
    Amount tax,
    Amount total,
    Amount billed,
    Amount paid,
    Amount open,
    List<Bill> bills,
    @Nullable String reference,
    long version,
    Instant createdAt,
    Instant updatedAt) {

  /**
   * A line and how far it has come.
   *
   * @param line from 1
   * @param net as ordered, as {@code tax}
   * @param billed of the quantity: a bill is for all that was received until then
   * @param closed of the quantity, what was given up and is not awaited; null when nothing was
   */
  public record Line(
      int line,
      UUID item,
      String sku,
      String name,
      Quantity quantity,
      Amount unitCost,
      Fraction taxRate,
      String location,
      Amount net,
      Amount tax,
      Quantity received,
      Quantity billed,
      @Nullable Quantity closed) {}

  /**
   * A supplier's bill.
   *
   * @param open what is left of it when payments settle the oldest bills first
   */
  public record Bill(LocalDate date, LocalDate dueDate, Amount total, Amount open) {}
}
