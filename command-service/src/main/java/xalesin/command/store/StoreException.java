package xalesin.command.store;

/** Something went wrong in the event store. The root of all that its methods throw. */
public abstract class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StoreException(String message, Throwable cause) {
    super(message, cause);
  }

  StoreException(String message) {
    super(message);
  }

  /** There is no connection to be had. */
  public static final class Unavailable extends StoreException {
    private static final long serialVersionUID = 1L;

    Unavailable(Throwable cause) {
      super("PostgreSQL cannot be reached: " + cause.getMessage(), cause);
    }
  }

  /** The connection broke before the commit: nothing was written. */
  public static final class Broken extends StoreException {
    private static final long serialVersionUID = 1L;

    Broken(Throwable cause) {
      super("the connection to PostgreSQL broke: " + cause.getMessage(), cause);
    }
  }

  /** Another writer was there first, or holds what is needed: nothing was written. */
  public static final class Conflict extends StoreException {
    private static final long serialVersionUID = 1L;

    Conflict(String message) {
      super(message);
    }

    Conflict(Throwable cause) {
      super("another transaction was in the way: " + cause.getMessage(), cause);
    }
  }

  /** The connection broke during the commit: what was written may or may not be there. */
  public static final class OutcomeUnknown extends StoreException {
    private static final long serialVersionUID = 1L;

    OutcomeUnknown(Throwable cause) {
      super("the connection broke during the commit: " + cause.getMessage(), cause);
    }
  }

  /** PostgreSQL refused what it was sent: a bug here or damaged data. Nothing was written. */
  public static final class Fault extends StoreException {
    private static final long serialVersionUID = 1L;

    Fault(Throwable cause) {
      super("PostgreSQL refused a statement: " + cause.getMessage(), cause);
    }
  }
}
