package xalesin.command.inventory;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import xalesin.command.inventory.InventoryItem.Live;
import xalesin.schemas.Amount;
import xalesin.schemas.Money;
import xalesin.schemas.Quantity;

/**
 * What movements are worth: at the moving average cost, in the currency's smallest unit, and such
 * that stock of nothing is worth nothing. The sum of what is said here is the stock's value in the
 * books. Pure.
 */
final class Valuation {
  /** One below what {@link Money} holds: rounding may add as much. */
  private static final BigDecimal LIMIT = BigDecimal.TEN.pow(15).subtract(BigDecimal.ONE);

  private Valuation() {}

  /** Whether the stock would be worth more than can be kept, once so much has come. */
  static boolean isOutOfRange(Live item, Quantity arriving, @Nullable Money unitCost) {
    if (unitCost == null) {
      return false;
    }
    BigDecimal after =
        item.averageCost() == null
            ? item.onHand().value().add(arriving.value()).multiply(unitCost.amount())
            : value(item).add(arriving.value().multiply(unitCost.amount()));
    return after.compareTo(LIMIT) >= 0;
  }

  /**
   * By how much the stock is worth more after a receipt. What was there without a cost, or was sold
   * before it came, takes the receipt's cost.
   */
  static Money received(Live item, Quantity quantity, Money unitCost) {
    if (item.averageCost() == null || item.onHand().signum() <= 0) {
      BigDecimal after = item.onHand().value().add(quantity.value()).multiply(unitCost.amount());
      return money(rounded(after, unitCost).subtract(value(item)), unitCost);
    }
    return money(rounded(quantity.value().multiply(unitCost.amount()), unitCost), unitCost);
  }

  /** By how much it is worth less after goods have left; null when nothing has a cost. */
  static @Nullable Money issued(Live item, Quantity quantity) {
    Money average = item.averageCost();
    return average == null
        ? null
        : money(change(item, quantity.value().negate(), average).negate(), average);
  }

  /** By how much it is worth more, or less, after a correction; null when nothing has a cost. */
  static @Nullable Money adjusted(Live item, Quantity change) {
    Money average = item.averageCost();
    return average == null ? null : money(change(item, change.value(), average), average);
  }

  private static BigDecimal change(Live item, BigDecimal quantity, Money average) {
    BigDecimal before = item.onHand().value();
    BigDecimal after = before.add(quantity);
    if (after.signum() == 0) {
      return value(item).negate();
    }
    BigDecimal change = rounded(quantity.multiply(average.amount()), average);
    boolean isPart = after.signum() > 0 && quantity.signum() < 0;
    return isPart ? change.max(value(item).negate()) : change;
  }

  private static BigDecimal value(Live item) {
    Money value = item.value();
    return value == null ? BigDecimal.ZERO : value.amount();
  }

  private static BigDecimal rounded(BigDecimal amount, Money like) {
    return Amount.rounded(amount, like.currency()).value();
  }

  private static Money money(BigDecimal amount, Money like) {
    return new Money(amount, like.currency());
  }
}
