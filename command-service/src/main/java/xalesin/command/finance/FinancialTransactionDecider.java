package xalesin.command.finance;

import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xalesin.command.decision.Aggregate;
import xalesin.command.decision.CommandContext;
import xalesin.command.decision.Plan;
import xalesin.command.decision.Refusal;
import xalesin.command.decision.UnitOfWork;
import xalesin.schemas.StreamName;
import xalesin.schemas.finance.FinancialTransactionCommand;
import xalesin.schemas.finance.FinancialTransactionEvent;
import xalesin.schemas.finance.Posting;

/**
 * The rules of the journal: what is posted stands for good, and is made undone only by its
 * opposite, once. What every entry must be, posted by hand or for a document, is {@link Journal}'s.
 * Pure.
 */
public final class FinancialTransactionDecider {
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
              // Posted once and at most reversed once: not worth the room.
              _ -> Aggregate.NOT_KEPT);

  private FinancialTransactionDecider() {}

  private static Plan.Verdict decide(
      UUID id, FinancialTransactionCommand command, CommandContext context, Plan.States states) {
    UnitOfWork work = new UnitOfWork(states);
    FinancialTransaction transaction = work.state(AGGREGATE, id);
    Refusal refusal =
        switch (command) {
          case FinancialTransactionCommand.Post post -> post(work, id, post, transaction);
          case FinancialTransactionCommand.Reverse reverse ->
              switch (transaction) {
                case FinancialTransaction.None() -> new TransactionRefusal.NotFound();
                case FinancialTransaction.Posted posted ->
                    reverse(work, id, reverse, posted, context);
              };
        };
    return refusal == null ? work.done() : new Plan.Refuse(refusal);
  }

  private static @Nullable Refusal post(
      UnitOfWork work,
      UUID id,
      FinancialTransactionCommand.Post post,
      FinancialTransaction transaction) {
    Journal.Entry entry =
        new Journal.Entry(post.effectiveDate(), post.memo(), null, null, post.postings());
    return switch (transaction) {
      case FinancialTransaction.None() -> Journal.post(work, id, entry);
      case FinancialTransaction.Posted posted ->
          entry.equals(entryOf(posted.entry())) ? null : new TransactionRefusal.AlreadyExists();
    };
  }

  /** What was asked to be posted. */
  private static Journal.Entry entryOf(FinancialTransactionEvent.Posted posted) {
    return new Journal.Entry(
        posted.effectiveDate(),
        posted.memo(),
        posted.source(),
        posted.reverses(),
        posted.postings());
  }

  private static @Nullable Refusal reverse(
      UnitOfWork work,
      UUID id,
      FinancialTransactionCommand.Reverse reverse,
      FinancialTransaction.Posted transaction,
      CommandContext context) {
    Refusal refusal = irreversible(transaction);
    if (refusal != null) {
      return refusal;
    }
    UUID opposite = context.derivedId(0);
    LocalDate date = reverse.effectiveDate() == null ? context.today() : reverse.effectiveDate();
    refusal =
        Journal.post(
            work,
            opposite,
            new Journal.Entry(
                date,
                reverse.reason(),
                null,
                id,
                transaction.entry().postings().stream().map(Posting::reversed).toList()));
    if (refusal == null) {
      work.append(
          AGGREGATE, id, new FinancialTransactionEvent.Reversed(opposite, reverse.reason()));
    }
    return refusal;
  }

  private static @Nullable Refusal irreversible(FinancialTransaction.Posted transaction) {
    FinancialTransactionEvent.Posted entry = transaction.entry();
    if (entry.source() != null) {
      return new TransactionRefusal.PostedByDocument(entry.number(), entry.source());
    }
    if (entry.reverses() != null) {
      return new TransactionRefusal.IsReversal(entry.number(), entry.reverses());
    }
    UUID reversedBy = transaction.reversedBy();
    return reversedBy == null
        ? null
        : new TransactionRefusal.AlreadyReversed(entry.number(), reversedBy);
  }
}
