package xalesin.schemas.sales;

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
 * A sales order as {@code GET /api/sales-orders} serves it and the topic {@code
 * xalesin.views.sales-orders} carries it. Amounts are in the order's currency.
 *
 * @param status see {@link SalesOrderStatus}
 * @param customer as named when the order was placed
 * @param dueDate of the oldest invoice that is open; when none is, as it was last: before the first
 *     invoice what was agreed, null when nothing was
 * @param net of all lines as ordered, as {@code tax}
 * @param total {@code net + tax + freight}
 * @param billed invoices less credit notes
 * @param paid payments less refunds
 * @param open {@code billed - paid}; less than zero when the customer is owed money
 * @param invoices in the order written
 * @param creditNotes in the order written
 * @param version the stream's version of the newest event in the row
 */
@JsonPropertyOrder({
  "id",
  "number",
  "status",
  "customer",
  "date",
  "dueDate",
  "currency",
  "lines",
  "net",
  "tax",
  "freight",
  "total",
  "billed",
  "paid",
  "open",
  "invoices",
  "creditNotes",
  "reference",
  "version",
  "createdAt",
  "updatedAt"
})
public record SalesOrderRow(
    UUID id,
    String number,
    String status,
    PartyName customer,
    LocalDate date,
    @Nullable LocalDate dueDate,
    String currency,
    List<Line> lines,
    Amount net,
    Amount tax,
    Amount freight,
    Amount total,
    Amount billed,
    Amount paid,
    Amount open,
    List<Invoice> invoices,
    List<CreditNote> creditNotes,
    @Nullable String reference,
    long version,
    Instant createdAt,
    Instant updatedAt) {

  /**
   * A line and how far it has come.
   *
   * @param line from 1
   * @param net as ordered, as {@code tax}
   * @param shipped what has left, whether it came back or not
   * @param billed of the quantity, what is billed and not credited
   * @param returned what came back
   * @param closed of the quantity, what was given up and will not be shipped; null when nothing was
   */
  public record Line(
      int line,
      UUID item,
      String sku,
      String name,
      Quantity quantity,
      Amount unitPrice,
      Fraction discount,
      Fraction taxRate,
      String location,
      Amount net,
      Amount tax,
      Quantity shipped,
      Quantity billed,
      Quantity returned,
      @Nullable Quantity closed) {}

  /**
   * An invoice.
   *
   * @param open what is left of it when credits and payments settle the oldest invoices first
   */
  public record Invoice(
      String number, LocalDate date, LocalDate dueDate, Amount total, Amount open) {}

  /** A credit note for goods that came back. */
  public record CreditNote(String number, LocalDate date, Amount total) {}
}
