package xalesin.command.finance;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xalesin.schemas.finance.FinancialTransactionEvent;

/** An entry of the journal, as its events tell. Immutable. */
public sealed interface FinancialTransaction {

  /** Nothing has happened under this id. */
  record None() implements FinancialTransaction {}

  /**
   * @param reversedBy the opposite entry, null as long as there is none
   */
  record Posted(FinancialTransactionEvent.Posted entry, @Nullable UUID reversedBy)
      implements FinancialTransaction {}

  FinancialTransaction NONE = new None();

  /**
   * The state after an event.
   *
   * @throws IllegalStateException when the event cannot follow: the log is damaged
   */
  static FinancialTransaction evolve(
      FinancialTransaction transaction, FinancialTransactionEvent event) {
    return switch (transaction) {
      case None() when event instanceof FinancialTransactionEvent.Posted posted ->
          new Posted(posted, null);
      case Posted(var entry, var reversedBy)
          when event instanceof FinancialTransactionEvent.Reversed(var by, _)
              && reversedBy == null ->
          new Posted(entry, by);
      case None(), Posted _ ->
          throw new IllegalStateException(
              "%s cannot follow in state %s"
                  .formatted(
                      event.getClass().getSimpleName(), transaction.getClass().getSimpleName()));
    };
  }
}
