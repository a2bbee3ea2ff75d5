package xalesin.schemas.overview;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xalesin.schemas.Total;

/**
 * A sum over all documents, as {@code GET /api/figures} serves it and the topic {@code
 * xalesin.views.figures} carries it. Never deleted: what falls back to nothing is zero.
 *
 * @param id made from figure, key and currency
 * @param figure what is summed up, see the constants
 * @param key of what: a day, a status, the id of an item or a party; empty for all
 * @param currency of the amount
 * @param sku for a figure of an item, as on its newest document
 * @param name for a figure of an item or a party, as on its newest document
 * @param count of documents
 * @param quantity of an item; otherwise zero
 * @param version how many events are in it
 * @param updatedAt when the newest of them was recorded
 */
@JsonPropertyOrder({
  "id",
  "figure",
  "key",
  "currency",
  "sku",
  "name",
  "count",
  "quantity",
  "amount",
  "version",
  "updatedAt"
})
public record FigureRow(
    UUID id,
    String figure,
    String key,
    String currency,
    @Nullable String sku,
    @Nullable String name,
    long count,
    Total quantity,
    Total amount,
    long version,
    Instant updatedAt) {
  /** Net amounts billed less those credited; counts invoices. */
  public static final String REVENUE = "revenue";

  /** Revenue by the day of invoice or credit note; the key is the day. */
  public static final String REVENUE_BY_DAY = "revenue-by-day";

  /** Revenue by item, with the quantity billed less that credited; counts lines billed. */
  public static final String REVENUE_BY_ITEM = "revenue-by-item";

  /** Revenue by customer; counts invoices. */
  public static final String REVENUE_BY_CUSTOMER = "revenue-by-customer";

  /** Sales orders by status, with the sum of their totals. */
  public static final String SALES_ORDERS = "sales-orders";

  /** Purchase orders by status, with the sum of their totals. */
  public static final String PURCHASE_ORDERS = "purchase-orders";

  /** Invoices that are not settled, with what is open of them. */
  public static final String RECEIVABLE = "receivable";

  /** Receivables by the day on which they are due. */
  public static final String RECEIVABLE_BY_DUE_DATE = "receivable-by-due-date";

  /** Suppliers' bills that are not settled, with what is open of them. */
  public static final String PAYABLE = "payable";

  /** Payables by the day on which they are due. */
  public static final String PAYABLE_BY_DUE_DATE = "payable-by-due-date";
}
