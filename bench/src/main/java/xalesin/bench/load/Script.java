package xalesin.bench.load;

/**
 * What one connection does, exchange after exchange. An exchange is one request, or a chain of
 * requests that follow from each other's answers (a command, then the read that must see it).
 *
 * <p>One script belongs to one connection and is only called by the thread that drives it, so it
 * keeps its own state without locks.
 */
public interface Script {
  /** Begins an exchange: fills in its first request. */
  void begin(RequestBuffer request);

  /**
   * Takes an answer.
   *
   * @param run where to record, and when the exchange was meant to begin
   * @return what comes next; after {@link Next#SEND} the request has been filled in
   */
  Next answered(Answer answer, RequestBuffer request, Run run);

  /** How an exchange goes on. */
  enum Next {
    /** It is done and as expected. */
    DONE,
    /** It is over and not as expected: counted as failed. */
    FAILED,
    /** Its next request is to be sent at once. */
    SEND
  }

  /** What a script may know and record while it handles an answer. */
  interface Run {
    /** {@link System#nanoTime()} at which the exchange was meant to begin. */
    long intendedNanos();

    /** {@link System#nanoTime()} at which the answered request was sent. */
    long sentNanos();

    /** {@link System#nanoTime()} at which the answer was complete. */
    long answeredNanos();

    /** Adds a duration to the named series beside the exchange's own. */
    void record(String series, long nanos);
  }

  /** Makes the script of each connection. */
  interface Source {
    /**
     * @param connection number of the connection, from 0
     */
    Script of(int connection);
  }
}
