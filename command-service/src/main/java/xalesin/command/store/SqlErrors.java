package xalesin.command.store;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;

/** What an error of the server means for the transaction that met it. */
final class SqlErrors {
  private SqlErrors() {}

  /** Before the commit: nothing was written. */
  static StoreException translate(SQLException error) {
    if (isConnectionGone(error)) {
      return new StoreException.Broken(error);
    }
    return switch (state(error)) {
      // Serialization failure, deadlock, lock timeout, statement timeout.
      case "40001", "40P01", "55P03", "57014" -> new StoreException.Conflict(error);
      default -> new StoreException.Fault(error);
    };
  }

  static StoreException translateCommit(SQLException error) {
    return isConnectionGone(error) ? new StoreException.OutcomeUnknown(error) : translate(error);
  }

  /**
   * Connection exceptions (08), the server going down or ending the session (57P, 25P03), out of
   * resources (53), a standby that takes no writes (25006).
   */
  private static boolean isConnectionGone(SQLException error) {
    String state = state(error);
    return error instanceof SQLTransientConnectionException
        || state.startsWith("08")
        || state.startsWith("57P")
        || state.startsWith("53")
        || state.equals("25P03")
        || state.equals("25006");
  }

  private static String state(SQLException error) {
    String state = error.getSQLState();
    return state == null ? "08000" : state;
  }
}
