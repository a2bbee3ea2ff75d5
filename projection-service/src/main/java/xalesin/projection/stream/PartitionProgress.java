package xalesin.projection.stream;

import org.jspecify.annotations.Nullable;

/**
 * How far one partition of the log has come in this process. Written by the stream thread that owns
 * the partition, read by any.
 */
public final class PartitionProgress {
  /** No offset is held back. */
  private static final long NONE = Long.MAX_VALUE;

  /** Not known yet. */
  public static final long UNKNOWN = -1;

  private volatile long polledOffset = UNKNOWN;
  private volatile long consumerLag = UNKNOWN;
  private volatile long doneOffset = UNKNOWN;
  private volatile long heldOffset = NONE;
  private volatile @Nullable String stopped;

  PartitionProgress() {}

  /** A task begins with the partition. */
  void begin() {
    polledOffset = UNKNOWN;
    consumerLag = UNKNOWN;
    doneOffset = UNKNOWN;
    heldOffset = NONE;
    stopped = null;
  }

  /** The consumer has read up to this record. */
  void polled(long offset) {
    polledOffset = offset;
  }

  void consumerLag(long records) {
    consumerLag = records;
  }

  /** Whether no record is waiting behind this one. */
  boolean isLastPolled(long offset) {
    return offset >= polledOffset;
  }

  long polledOffset() {
    return polledOffset;
  }

  /**
   * This record has been taken up but is not in the store: neither it nor a later one is committed.
   */
  void hold(long offset) {
    if (heldOffset == NONE) {
      heldOffset = offset;
    }
  }

  /** Everything up to this record is in the store. */
  void done(long offset) {
    doneOffset = offset;
    if (stopped == null) {
      heldOffset = NONE;
    }
  }

  /** Nothing from this record on is applied. */
  void stop(long offset, String reason) {
    heldOffset = offset;
    stopped = reason;
  }

  /** The next record to read after a restart: never beyond what is in the store. */
  long committable(long position) {
    return Math.min(position, heldOffset);
  }

  public @Nullable String stopped() {
    return stopped;
  }

  /** Records in the log that are not applied, or {@link #UNKNOWN}. */
  public long lag() {
    long ahead = consumerLag;
    if (ahead == UNKNOWN) {
      return UNKNOWN;
    }
    long polled = polledOffset;
    long done = doneOffset;
    long waiting = polled == UNKNOWN ? 0 : done == UNKNOWN ? 1 : Math.max(0, polled - done);
    return ahead + waiting;
  }

  /** What the consumer has not fetched yet, or {@link #UNKNOWN}. */
  long consumerLag() {
    return consumerLag;
  }
}
