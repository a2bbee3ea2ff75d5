package xalesin.cdc;

/** The slot is gone, of another kind, or no longer has the WAL that it would need. */
public final class SlotLostException extends CdcException.Violation {
  SlotLostException(String slot, String what) {
    super("slot " + slot + " cannot be used: " + what, null);
  }
}
