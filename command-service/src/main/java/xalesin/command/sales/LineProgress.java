package xalesin.command.sales;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;
import xalesin.schemas.Amount;
import xalesin.schemas.Money;
import xalesin.schemas.Quantity;
import xalesin.schemas.sales.SalesOrderEvent.BilledLine;
import xalesin.schemas.sales.SalesOrderEvent.ReturnedLine;
import xalesin.schemas.sales.SalesOrderEvent.ShippedLine;
import xalesin.schemas.sales.SalesOrderLine;

/**
 * How far a line of a confirmed order has come. Amounts of its parts cumulate without drift: what
 * is billed of a line is always its amount's share for the quantity billed so far, rounded, so that
 * the last part brings the sum to the amount that was agreed. Immutable.
 *
 * @param closed what will not be shipped, because the order was closed before
 * @param withdrawn what came back before it was billed, and so never will be
 * @param credited what came back after it had been billed
 * @param cost what the goods were worth that the customer has; null when they had no cost
 */
record LineProgress(
    SalesOrderLine agreed,
    Quantity shipped,
    Quantity closed,
    Quantity billed,
    Quantity withdrawn,
    Quantity credited,
    Amount billedNet,
    Amount billedTax,
    Amount creditedNet,
    Amount creditedTax,
    @Nullable Money cost) {
  /** So many digits that rounding a quotient of amounts and quantities twice changes nothing. */
  private static final int EXACT_ENOUGH = 30;

  static LineProgress begun(SalesOrderLine agreed) {
    return new LineProgress(
        agreed,
        Quantity.ZERO,
        Quantity.ZERO,
        Quantity.ZERO,
        Quantity.ZERO,
        Quantity.ZERO,
        Amount.ZERO,
        Amount.ZERO,
        Amount.ZERO,
        Amount.ZERO,
        null);
  }

  /** What was agreed, less what was given up. */
  private Quantity promised() {
    return agreed.quantity().minus(closed);
  }

  Quantity toShip() {
    return promised().minus(shipped);
  }

  /** Shipped, not billed, and not come back. */
  Quantity toBill() {
    return shipped.minus(withdrawn).minus(billed);
  }

  /** Shipped and not come back. */
  Quantity atCustomer() {
    return shipped.minus(withdrawn).minus(credited);
  }

  /** Whether all that is promised is billed or has come back before. */
  boolean isBilledOut() {
    return promised().minus(withdrawn).equals(billed);
  }

  /** What can still be billed for it over the order's life, tax included. */
  Amount stillToBill(String currency) {
    Quantity most = promised().minus(withdrawn);
    return netOf(most, currency).minus(billedNet).plus(taxOf(most, currency)).minus(billedTax);
  }

  /** The bill for all that is to be billed now. */
  BilledLine bill(int line, String currency) {
    Quantity then = billed.plus(toBill());
    return new BilledLine(
        line,
        toBill(),
        netOf(then, currency).minus(billedNet),
        taxOf(then, currency).minus(billedTax));
  }

  /** What it means that some comes back: what is not billed yet comes first. */
  ReturnedLine takeBack(int line, Quantity quantity, String currency) {
    Quantity unbilled = quantity.isLessThan(toBill()) ? quantity : toBill();
    Quantity nowCredited = quantity.minus(unbilled);
    Quantity then = credited.plus(nowCredited);
    return new ReturnedLine(
        line,
        quantity,
        costOf(quantity),
        nowCredited,
        netOf(then, currency).minus(creditedNet),
        taxOf(then, currency).minus(creditedTax));
  }

  /** The average over what the customer has; the last of it takes the rest. */
  private @Nullable Money costOf(Quantity quantity) {
    if (cost == null) {
      return null;
    }
    BigDecimal share = share(cost.amount(), quantity, atCustomer());
    return Amount.rounded(share, cost.currency()).in(cost.currency());
  }

  private Amount netOf(Quantity some, String currency) {
    return Amount.rounded(share(agreed.net().value(), some, agreed.quantity()), currency);
  }

  private Amount taxOf(Quantity some, String currency) {
    return Amount.rounded(share(agreed.tax().value(), some, agreed.quantity()), currency);
  }

  private static BigDecimal share(BigDecimal whole, Quantity some, Quantity all) {
    return whole.multiply(some.value()).divide(all.value(), EXACT_ENOUGH, RoundingMode.HALF_UP);
  }

  LineProgress shipped(ShippedLine part) {
    return new LineProgress(
        agreed,
        shipped.plus(part.quantity()),
        closed,
        billed,
        withdrawn,
        credited,
        billedNet,
        billedTax,
        creditedNet,
        creditedTax,
        costing(part.cost(), false));
  }

  /** Without what is left to ship. */
  LineProgress closed(Quantity left) {
    return new LineProgress(
        agreed,
        shipped,
        closed.plus(left),
        billed,
        withdrawn,
        credited,
        billedNet,
        billedTax,
        creditedNet,
        creditedTax,
        cost);
  }

  LineProgress billed(BilledLine part) {
    return new LineProgress(
        agreed,
        shipped,
        closed,
        billed.plus(part.quantity()),
        withdrawn,
        credited,
        billedNet.plus(part.net()),
        billedTax.plus(part.tax()),
        creditedNet,
        creditedTax,
        cost);
  }

  LineProgress returned(ReturnedLine part) {
    return new LineProgress(
        agreed,
        shipped,
        closed,
        billed,
        withdrawn.plus(part.quantity().minus(part.credited())),
        credited.plus(part.credited()),
        billedNet,
        billedTax,
        creditedNet.plus(part.net()),
        creditedTax.plus(part.tax()),
        costing(part.cost(), true));
  }

  /** An item's cost is kept in one currency for good. */
  private @Nullable Money costing(@Nullable Money change, boolean isLess) {
    if (change == null) {
      return cost;
    }
    BigDecimal before = cost == null ? BigDecimal.ZERO : cost.amount();
    return new Money(
        isLess ? before.subtract(change.amount()) : before.add(change.amount()), change.currency());
  }
}
