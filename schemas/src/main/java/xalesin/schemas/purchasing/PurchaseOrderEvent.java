package xalesin.schemas.purchasing;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xalesin.schemas.Amount;
import xalesin.schemas.DomainEvent;
import xalesin.schemas.LineQuantity;
import xalesin.schemas.Quantity;

/** What can happen to a purchase order. Amounts are in the order's currency. */
public sealed interface PurchaseOrderEvent extends DomainEvent {
  /** Sums over all lines. */
  record Totals(Amount net, Amount tax, Amount total) {}

  /**
   * A draft.
   *
   * @param number gapless within the tenant and fiscal year
   * @param supplierName when the order was placed
   * @param author who placed it
   */
  record Placed(
      String number,
      UUID supplier,
      String supplierName,
      String author,
      LocalDate date,
      String currency,
      @Nullable String reference,
      List<PurchaseOrderLine> lines,
      Totals totals)
      implements PurchaseOrderEvent {}

  /**
   * @param author who changed them: as the one who placed it, not the one to approve it
   */
  record LinesChanged(String author, List<PurchaseOrderLine> lines, Totals totals)
      implements PurchaseOrderEvent {}

  record Approved(String approver) implements PurchaseOrderEvent {}

  /**
   * @param line from 1
   * @param net what the goods cost, in the smallest unit
   */
  record ReceivedLine(int line, Quantity quantity, Amount net) {}

  /**
   * @param complete whether nothing is left to come
   */
  record Received(LocalDate date, List<ReceivedLine> lines, boolean complete)
      implements PurchaseOrderEvent {}

  /**
   * @param dueDate when it is to be paid
   * @param complete whether all that was ordered is billed
   */
  record Billed(LocalDate date, LocalDate dueDate, Totals totals, boolean complete)
      implements PurchaseOrderEvent {}

  /**
   * @param account from which it was paid
   * @param open what is billed and not paid, afterwards
   */
  record Paid(Amount amount, LocalDate date, UUID account, Amount open)
      implements PurchaseOrderEvent {}

  /** Nothing had been received. */
  record Cancelled(String reason) implements PurchaseOrderEvent {}

  /**
   * What was still to come is not awaited any more.
   *
   * @param lines what is given up of each line of which not all had come
   */
  record Closed(String reason, List<LineQuantity> lines) implements PurchaseOrderEvent {}
}
