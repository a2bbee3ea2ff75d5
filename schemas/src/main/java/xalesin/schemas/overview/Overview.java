package xalesin.schemas.overview;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xalesin.schemas.Total;
import xalesin.schemas.sales.ReceivableRow;

/**
 * The figures of the start page, as {@code GET /api/overview} serves them. Lists by currency are in
 * the order of its code and name every currency in which there ever was one.
 *
 * @param today the day as seen from which money is due
 * @param orders sales orders in the order of their statuses, as {@code purchaseOrders}
 * @param cash what is on the tenant's account for cash
 */
public record Overview(
    LocalDate today,
    List<Revenue> revenue,
    List<Orders> orders,
    List<Orders> purchaseOrders,
    Overdue overdue,
    LowStock lowStock,
    List<TopItems> topItems,
    List<TopCustomers> topCustomers,
    List<Aging> receivables,
    List<Aging> payables,
    List<Balance> cash) {

  /**
   * Net amounts billed less those credited.
   *
   * @param days7 the seven days that end today
   * @param days30 the thirty days that end today
   * @param series these thirty days, the oldest first
   */
  public record Revenue(
      String currency, Total today, Total days7, Total days30, List<DayAmount> series) {}

  public record DayAmount(LocalDate date, Total amount) {}

  /** Orders of one status and currency; those that there are none of are left out. */
  public record Orders(String status, String currency, long count, Total total) {}

  /**
   * Invoices that were due before today.
   *
   * @param totals by currency, without those in which none is
   * @param oldest the ten that were due first
   */
  public record Overdue(long count, List<Due> totals, List<ReceivableRow> oldest) {}

  public record Due(String currency, long count, Total total) {}

  /**
   * Items to be ordered again.
   *
   * @param items least available first
   */
  public record LowStock(long count, List<LowStockRow> items) {}

  /**
   * Items that were billed in a currency.
   *
   * @param items most revenue first, none without
   */
  public record TopItems(String currency, List<TopItem> items) {}

  public record TopItem(
      UUID item, @Nullable String sku, @Nullable String name, Total quantity, Total revenue) {}

  /**
   * Customers to whom was billed in a currency.
   *
   * @param customers most revenue first, none without
   */
  public record TopCustomers(String currency, List<TopCustomer> customers) {}

  public record TopCustomer(UUID customer, @Nullable String name, Total revenue) {}

  /**
   * What is open, by how long it has been due.
   *
   * @param count of documents
   * @param notDue due today or later
   * @param days30 for 1 to 30 days
   * @param days60 for 31 to 60 days
   * @param days90 for 61 to 90 days
   * @param older for more than 90 days
   */
  public record Aging(
      String currency,
      long count,
      Total total,
      Total notDue,
      Total days30,
      Total days60,
      Total days90,
      Total older) {}

  public record Balance(String currency, Total amount) {}
}
