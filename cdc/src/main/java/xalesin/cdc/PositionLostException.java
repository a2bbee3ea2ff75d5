package xalesin.cdc;

import org.jspecify.annotations.Nullable;

/** Events have been published, but not how far: going on could double or lose some. */
public final class PositionLostException extends CdcException.Violation {
  PositionLostException(String slot, String what, @Nullable Throwable cause) {
    super("the published position of slot " + slot + " is lost: " + what, cause);
  }
}
