package xalesin.command.finance;

import java.util.UUID;
import xalesin.command.decision.Aggregate;
import xalesin.command.decision.CommandContext;
import xalesin.command.decision.Plan;
import xalesin.schemas.StreamName;
import xalesin.schemas.finance.FinancialTransactionCommand;
import xalesin.schemas.finance.FinancialTransactionEvent;

/** The rules of the journal. Pure. */
public final class FinancialTransactionDecider {
  private static final int WEIGHT = 10;

  /** What the command handler needs to know of the journal. */
  public static final Aggregate<
          FinancialTransaction, FinancialTransactionCommand, FinancialTransactionEvent>
      AGGREGATE =
          new Aggregate<>(
              StreamName.FINANCIAL_TRANSACTIONS,
              FinancialTransactionCommand.class,
              FinancialTransactionEvent.class,
              FinancialTransaction.NONE,
              FinancialTransaction::evolve,
              FinancialTransactionDecider::decide,
              _ -> WEIGHT);

  private FinancialTransactionDecider() {}

  private static Plan.Verdict decide(
      UUID id, FinancialTransactionCommand command, CommandContext context, Plan.States states) {
    throw new UnsupportedOperationException("" + id + command + context + states);
  }
}
