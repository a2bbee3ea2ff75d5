package xalesin.command.finance;

import org.jspecify.annotations.Nullable;
import xalesin.schemas.finance.AccountEvent;
import xalesin.schemas.finance.AccountType;

/** An account of the ledger, as its events tell. Immutable. */
public sealed interface Account {

  /** Nothing has happened under this id. */
  record None() implements Account {}

  /**
   * @param origin how it was opened: opening it so again is no change
   * @param currency the only one it takes; null for any
   */
  record Opened(
      AccountEvent.Opened origin,
      String code,
      String name,
      AccountType type,
      @Nullable String currency,
      boolean closed)
      implements Account {}

  Account NONE = new None();

  /**
   * The state after an event.
   *
   * @throws IllegalStateException when the event cannot follow: the log is damaged
   */
  static Account evolve(Account account, AccountEvent event) {
    return switch (account) {
      case None() when event instanceof AccountEvent.Opened opened ->
          new Opened(opened, opened.code(), opened.name(), opened.type(), opened.currency(), false);
      case Opened opened when !(event instanceof AccountEvent.Opened) -> opened(opened, event);
      case None(), Opened _ ->
          throw new IllegalStateException(
              "%s cannot follow in state %s"
                  .formatted(event.getClass().getSimpleName(), account.getClass().getSimpleName()));
    };
  }

  private static Opened opened(Opened account, AccountEvent event) {
    return switch (event) {
      case AccountEvent.Opened _ -> throw new IllegalStateException("opened twice");
      case AccountEvent.DetailsChanged(var code, var name) ->
          new Opened(
              account.origin(), code, name, account.type(), account.currency(), account.closed());
      case AccountEvent.Closed() ->
          new Opened(
              account.origin(),
              account.code(),
              account.name(),
              account.type(),
              account.currency(),
              true);
    };
  }
}
