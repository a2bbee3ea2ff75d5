package xalesin.command.sales;

import java.math.BigDecimal;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xalesin.command.decision.Refusal;
import xalesin.command.parties.Credit;
import xalesin.command.sales.SalesOrder.Confirmed;
import xalesin.command.sales.SalesOrder.Draft;
import xalesin.schemas.Amount;
import xalesin.schemas.Money;
import xalesin.schemas.parties.CreditEvent;

/**
 * The credit that an order takes of its customer's: always its {@link Confirmed#exposure()}. It
 * takes its total when it is confirmed, and from then on only gives back. Pure.
 */
final class CustomerCredit {
  private CustomerCredit() {}

  /** Why the customer is not trusted with so much, or null. */
  static @Nullable Refusal lack(OrderWork at, Draft order) {
    UUID customer = order.origin().customer();
    Money limit = at.customer(customer).details().creditLimit();
    if (limit == null) {
      return null;
    }
    String currency = order.origin().currency();
    if (!limit.currency().equals(currency)) {
      return new FulfilmentRefusal.CreditLimitCurrency(limit, currency);
    }
    Amount asked = order.totals().total();
    BigDecimal taken = at.work().state(Credit.AGGREGATE, customer).taken(currency);
    return taken.add(asked.value()).compareTo(limit.amount()) > 0
        ? new FulfilmentRefusal.CreditLimitExceeded(limit, taken, asked)
        : null;
  }

  static void take(OrderWork at, Draft order) {
    Amount total = order.totals().total();
    if (total.signum() > 0) {
      at.work()
          .append(
              Credit.AGGREGATE,
              order.origin().customer(),
              new CreditEvent.Taken(at.id(), total.in(order.origin().currency())));
    }
  }

  /** Gives back what the order needs no more after what has just happened to it. */
  static void settle(OrderWork at, Confirmed before) {
    Amount needed = at.order() instanceof Confirmed after ? after.exposure() : Amount.ZERO;
    Amount back = before.exposure().minus(needed);
    if (back.signum() < 0) {
      throw new IllegalStateException("takes credit that was not asked for: " + at.id());
    }
    if (back.signum() > 0) {
      at.work()
          .append(
              Credit.AGGREGATE,
              before.origin().customer(),
              new CreditEvent.GivenBack(at.id(), back.in(before.currency())));
    }
  }
}
