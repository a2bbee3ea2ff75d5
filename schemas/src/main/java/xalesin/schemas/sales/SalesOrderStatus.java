package xalesin.schemas.sales;

import java.util.List;

/**
 * The statuses of a sales order's row, in the order in which an order usually goes through them.
 */
public final class SalesOrderStatus {
  /** Placed; nothing is set aside for it. */
  public static final String DRAFT = "draft";

  /** Its goods are set aside; none has left. */
  public static final String CONFIRMED = "confirmed";

  /** Some of its goods have left. */
  public static final String PARTIALLY_SHIPPED = "partially-shipped";

  /** All of its goods have left, save what was given up; something is left to bill. */
  public static final String SHIPPED = "shipped";

  /** All is shipped and billed, save what came back before it was billed; money is awaited. */
  public static final String INVOICED = "invoiced";

  /** As invoiced, and the customer owes nothing. */
  public static final String PAID = "paid";

  /** All that had left came back, and the customer owes nothing. */
  public static final String RETURNED = "returned";

  /** Given up before anything was shipped. */
  public static final String CANCELLED = "cancelled";

  public static final List<String> ALL =
      List.of(DRAFT, CONFIRMED, PARTIALLY_SHIPPED, SHIPPED, INVOICED, PAID, RETURNED, CANCELLED);

  private SalesOrderStatus() {}
}
