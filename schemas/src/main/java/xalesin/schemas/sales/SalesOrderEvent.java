package xalesin.schemas.sales;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xalesin.schemas.Amount;
import xalesin.schemas.DomainEvent;
import xalesin.schemas.LineQuantity;
import xalesin.schemas.Money;
import xalesin.schemas.Quantity;

/**
 * What can happen to a sales order. Amounts without a currency are in the order's; the cost of
 * goods has its own, which is that of the item.
 */
public sealed interface SalesOrderEvent extends DomainEvent {
  /** Sums over all lines. */
  record Totals(Amount net, Amount tax, Amount freight, Amount total) {}

  /**
   * A draft.
   *
   * @param number gapless within the tenant and fiscal year
   * @param customerName when the order was placed
   */
  record Placed(
      String number,
      UUID customer,
      String customerName,
      LocalDate date,
      @Nullable LocalDate dueDate,
      String currency,
      @Nullable String reference,
      List<SalesOrderLine> lines,
      Totals totals)
      implements SalesOrderEvent {}

  record LinesChanged(List<SalesOrderLine> lines, Totals totals) implements SalesOrderEvent {}

  /** The goods are set aside and the customer's credit is taken. */
  record Confirmed() implements SalesOrderEvent {}

  /**
   * @param line from 1
   * @param cost what the goods were worth in stock
   */
  record ShippedLine(int line, Quantity quantity, @Nullable Money cost) {}

  /**
   * @param complete whether nothing is left to ship
   */
  record Shipped(LocalDate date, List<ShippedLine> lines, boolean complete)
      implements SalesOrderEvent {}

  /**
   * @param line from 1
   */
  record BilledLine(int line, Quantity quantity, Amount net, Amount tax) {}

  /**
   * @param number of the invoice, gapless
   * @param dueDate when it is to be paid
   * @param complete whether all that was ordered is billed
   */
  record Invoiced(
      String number,
      LocalDate date,
      LocalDate dueDate,
      List<BilledLine> lines,
      Totals totals,
      boolean complete)
      implements SalesOrderEvent {}

  /**
   * @param amount negative when paid back
   * @param account where the money went
   * @param open what is billed and not paid, afterwards
   */
  record Paid(Amount amount, LocalDate date, UUID account, Amount open)
      implements SalesOrderEvent {}

  /**
   * @param line from 1
   * @param cost at which the goods went back to stock
   * @param credited of the quantity, what had been billed
   */
  record ReturnedLine(
      int line,
      Quantity quantity,
      @Nullable Money cost,
      Quantity credited,
      Amount net,
      Amount tax) {}

  /**
   * @param creditNote its number, null when nothing of it had been billed
   * @param totals what is credited
   */
  record Returned(
      LocalDate date,
      String reason,
      @Nullable String creditNote,
      List<ReturnedLine> lines,
      Totals totals)
      implements SalesOrderEvent {}

  /** Nothing had been shipped; what was set aside is free again. */
  record Cancelled(String reason) implements SalesOrderEvent {}

  /**
   * What was left to ship will not be shipped; it was set aside and is free again.
   *
   * @param lines what is given up of each line that was not shipped out
   */
  record Closed(String reason, List<LineQuantity> lines) implements SalesOrderEvent {}
}
