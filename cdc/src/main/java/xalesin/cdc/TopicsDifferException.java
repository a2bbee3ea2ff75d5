package xalesin.cdc;

/** A topic exists but is not as it is specified. */
public final class TopicsDifferException extends CdcException.Violation {
  TopicsDifferException(String message) {
    super(message, null);
  }
}
