package xalesin.projection.inventory;

import org.jspecify.annotations.Nullable;
import xalesin.schemas.Money;

/** Amounts that may be unknown. */
final class Moneys {
  private Moneys() {}

  static @Nullable Money negated(@Nullable Money money) {
    return money == null ? null : new Money(money.amount().negate(), money.currency());
  }
}
