package xalesin.cdc;

/**
 * The database is not the one that the published position belongs to: another cluster, another
 * timeline, or an older copy of it.
 */
public final class IdentityChangedException extends CdcException.Violation {
  IdentityChangedException(String message) {
    super(message, null);
  }
}
