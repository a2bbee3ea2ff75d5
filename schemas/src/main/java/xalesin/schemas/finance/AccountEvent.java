package xalesin.schemas.finance;

import org.jspecify.annotations.Nullable;
import xalesin.schemas.DomainEvent;

/** What can happen to an account of the ledger. */
public sealed interface AccountEvent extends DomainEvent {
  record Opened(String code, String name, AccountType type, @Nullable String currency)
      implements AccountEvent {}

  /** Code and name as they are from now on, the unchanged one too. */
  record DetailsChanged(String code, String name) implements AccountEvent {}

  record Closed() implements AccountEvent {}
}
