package xalesin.projection.store;

/** RocksDB could not do what was asked: a full disk, a damaged file. Not retryable here. */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StoreException(String detail, Throwable cause) {
    super(detail + ": " + cause.getMessage(), cause);
  }

  StoreException(String detail) {
    super(detail);
  }
}
