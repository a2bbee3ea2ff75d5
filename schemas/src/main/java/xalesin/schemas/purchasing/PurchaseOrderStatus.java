package xalesin.schemas.purchasing;

import java.util.List;

/**
 * The statuses of a purchase order's row, in the order in which an order usually goes through them.
 */
public final class PurchaseOrderStatus {
  /** Placed and not approved. */
  public static final String DRAFT = "draft";

  /** Approved; nothing has come. */
  public static final String APPROVED = "approved";

  /** Some of its goods have come. */
  public static final String PARTIALLY_RECEIVED = "partially-received";

  /** All of its goods have come, save what was given up; something is left to bill. */
  public static final String RECEIVED = "received";

  /** All has come and is billed; money is owed. */
  public static final String BILLED = "billed";

  /** As billed, and nothing is owed. */
  public static final String PAID = "paid";

  /** Given up before anything came. */
  public static final String CANCELLED = "cancelled";

  public static final List<String> ALL =
      List.of(DRAFT, APPROVED, PARTIALLY_RECEIVED, RECEIVED, BILLED, PAID, CANCELLED);

  private PurchaseOrderStatus() {}
}
