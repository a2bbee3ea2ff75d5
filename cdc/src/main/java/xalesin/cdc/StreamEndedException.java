package xalesin.cdc;

import org.jspecify.annotations.Nullable;

/** The stream or a connection has ended; building everything anew may help. */
public final class StreamEndedException extends CdcException {
  StreamEndedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
