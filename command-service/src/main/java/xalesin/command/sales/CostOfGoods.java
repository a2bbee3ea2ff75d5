package xalesin.command.sales;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import xalesin.command.decision.Refusal;
import xalesin.command.sales.SalesOrder.Confirmed;
import xalesin.schemas.Money;
import xalesin.schemas.sales.SalesOrderEvent.ReturnedLine;
import xalesin.schemas.sales.SalesOrderEvent.ShippedLine;
import xalesin.schemas.settings.AccountPurpose;

/** Books what goods cost that leave or come back: one entry, in the currencies of their costs. */
final class CostOfGoods {
  /** The entry's place among those of one command. */
  private static final int ENTRY = 0;

  private CostOfGoods() {}

  static @Nullable Refusal shipped(
      OrderWork at, Confirmed order, LocalDate date, List<ShippedLine> lines) {
    Map<String, BigDecimal> costs = new TreeMap<>();
    lines.forEach(line -> add(costs, line.cost()));
    if (isTooMuch(costs)) {
      return new FulfilmentRefusal.CostOutOfRange();
    }
    OrderWork.Postings postings = at.postings();
    costs.forEach(
        (currency, cost) ->
            postings
                .debit(AccountPurpose.COST_OF_GOODS, new Money(cost, currency))
                .credit(AccountPurpose.INVENTORY, new Money(cost, currency)));
    return at.post(ENTRY, date, "Goods shipped for " + order.origin().number(), postings);
  }

  static @Nullable Refusal returned(
      OrderWork at, Confirmed order, LocalDate date, List<ReturnedLine> lines) {
    Map<String, BigDecimal> costs = new TreeMap<>();
    lines.forEach(line -> add(costs, line.cost()));
    if (isTooMuch(costs)) {
      return new FulfilmentRefusal.CostOutOfRange();
    }
    OrderWork.Postings postings = at.postings();
    costs.forEach(
        (currency, cost) ->
            postings
                .debit(AccountPurpose.INVENTORY, new Money(cost, currency))
                .credit(AccountPurpose.COST_OF_GOODS, new Money(cost, currency)));
    return at.post(ENTRY, date, "Goods returned of " + order.origin().number(), postings);
  }

  /** Each cost can be kept, but all together may be more than an amount holds. */
  private static boolean isTooMuch(Map<String, BigDecimal> costs) {
    return costs.values().stream().anyMatch(cost -> cost.compareTo(Money.LIMIT) >= 0);
  }

  private static void add(Map<String, BigDecimal> costs, @Nullable Money cost) {
    if (cost != null) {
      costs.merge(cost.currency(), cost.amount(), BigDecimal::add);
    }
  }
}
