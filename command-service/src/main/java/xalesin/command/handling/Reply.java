package xalesin.command.handling;

import xalesin.command.store.StoredAnswer;

/** What comes back from the command handler. */
public sealed interface Reply {
  /** Decided now, and durable where it was to be. */
  record Decided(Outcome outcome) implements Reply {}

  /**
   * Told as kept with the idempotency key.
   *
   * @param replayed whether an earlier request was answered so first
   */
  record Kept(StoredAnswer answer, boolean replayed) implements Reply {}

  /** The idempotency key has been used for another request. */
  record KeyReused() implements Reply {}

  /**
   * Not now.
   *
   * @param effectUnknown whether it may have happened nevertheless; if not, nothing did
   * @param detail for the caller
   */
  record NotNow(boolean effectUnknown, String detail) implements Reply {}

  /** A bug or damaged data; this request alone is concerned. */
  record Failed(RuntimeException cause) implements Reply {}
}
