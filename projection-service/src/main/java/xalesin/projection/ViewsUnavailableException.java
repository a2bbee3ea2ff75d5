package xalesin.projection;

/**
 * The tenant's partition cannot be read here and now: it is being restored, has not caught up with
 * the log, moves, or lives on another node. Try again shortly.
 */
public final class ViewsUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int partition;

  public ViewsUnavailableException(int partition, String detail) {
    super("views of partition %d: %s".formatted(partition, detail));
    this.partition = partition;
  }

  /** The partition of the log that was asked for. */
  public int partition() {
    return partition;
  }
}
