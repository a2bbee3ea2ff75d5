package xalesin.command.parties;

import java.math.BigDecimal;
import xalesin.command.decision.Aggregate;
import xalesin.command.decision.Tree;
import xalesin.schemas.Money;
import xalesin.schemas.StreamName;
import xalesin.schemas.parties.CreditEvent;

/**
 * What a customer may still come to owe, by currency. It takes no commands of its own: orders take
 * credit and give it back. Immutable.
 */
public record Credit(Tree<String, BigDecimal> taken) {
  static final Credit NONE = new Credit(Tree.empty());

  /** What the command handler needs to know of it. */
  public static final Aggregate<Credit, Void, CreditEvent> AGGREGATE =
      new Aggregate<>(
          StreamName.CREDIT,
          Void.class,
          CreditEvent.class,
          NONE,
          Credit::evolve,
          (_, _, _, _) -> {
            throw new IllegalStateException("credit takes no commands");
          },
          credit -> 1 + credit.taken().size());

  /** Over all open orders in the currency. */
  public BigDecimal taken(String currency) {
    BigDecimal sum = taken.get(currency);
    return sum == null ? BigDecimal.ZERO : sum;
  }

  static Credit evolve(Credit credit, CreditEvent event) {
    return switch (event) {
      case CreditEvent.Taken(_, var amount) -> credit.changed(amount, amount.amount());
      case CreditEvent.GivenBack(_, var amount) -> credit.changed(amount, amount.amount().negate());
    };
  }

  private Credit changed(Money amount, BigDecimal by) {
    return new Credit(taken.with(amount.currency(), taken(amount.currency()).add(by)));
  }
}
