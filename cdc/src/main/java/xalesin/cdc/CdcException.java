package xalesin.cdc;

import org.jspecify.annotations.Nullable;

/**
 * Why publishing has stopped. A {@link Violation} needs a person: going on would lose or double
 * events, so the service stays stopped and says so. {@link FencedException} hands over to another
 * process. Everything else (Kafka or Postgres unreachable) is waited out.
 */
public sealed class CdcException extends RuntimeException
    permits CdcException.Violation, FencedException, StreamEndedException {

  CdcException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** What was published and what the slot will deliver no longer fit together. */
  public abstract static sealed class Violation extends CdcException
      permits SlotAheadException,
          SlotLostException,
          IdentityChangedException,
          PositionLostException,
          MalformedStreamException,
          TopicsDifferException {
    Violation(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }
}
