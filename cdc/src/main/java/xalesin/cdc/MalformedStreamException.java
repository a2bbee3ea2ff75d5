package xalesin.cdc;

import org.jspecify.annotations.Nullable;

/** The WAL stream broke one of the rules that exactly-once rests on, or a row is unreadable. */
public final class MalformedStreamException extends CdcException.Violation {
  MalformedStreamException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
