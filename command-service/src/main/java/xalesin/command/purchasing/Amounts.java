package xalesin.command.purchasing;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import xalesin.schemas.Amount;
import xalesin.schemas.Money;
import xalesin.schemas.Quantity;
import xalesin.schemas.purchasing.PurchaseOrderEvent;
import xalesin.schemas.purchasing.PurchaseOrderLine;

/** How an order's amounts are reckoned: line by line, in the currency's smallest unit. Pure. */
final class Amounts {
  /** One below what an {@link Amount} holds: rounding may add as much. */
  private static final BigDecimal LIMIT = BigDecimal.TEN.pow(15).subtract(BigDecimal.ONE);

  /** More than enough digits for a part before it is rounded. */
  private static final int PART_SCALE = 30;

  private Amounts() {}

  static boolean isTooLarge(BigDecimal amount) {
    return amount.compareTo(LIMIT) >= 0;
  }

  static PurchaseOrderEvent.Totals totals(List<PurchaseOrderLine> lines) {
    Amount net = Amount.ZERO;
    Amount tax = Amount.ZERO;
    for (PurchaseOrderLine line : lines) {
      net = net.plus(line.net());
      tax = tax.plus(line.tax());
    }
    return new PurchaseOrderEvent.Totals(net, tax, net.plus(tax));
  }

  /**
   * What some of a line comes to. Parts are reckoned as differences of this, so that all parts
   * together come to the line's amount exactly.
   *
   * @param of the line's amount
   * @param some of the line's quantity
   */
  static Amount part(Amount of, Quantity some, Quantity all, String currency) {
    return Amount.rounded(
        of.value().multiply(some.value()).divide(all.value(), PART_SCALE, RoundingMode.HALF_UP),
        currency);
  }

  /** What one of them costs, as exactly as costs are kept. */
  static BigDecimal perUnit(Amount net, Quantity quantity) {
    return net.value().divide(quantity.value(), Money.MAX_SCALE, RoundingMode.HALF_UP);
  }
}
