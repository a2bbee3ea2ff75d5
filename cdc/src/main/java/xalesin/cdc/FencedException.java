package xalesin.cdc;

/** Another process publishes for this slot now; this one must not fight for it. */
public final class FencedException extends CdcException {
  FencedException(String message, Throwable cause) {
    super(message, cause);
  }
}
