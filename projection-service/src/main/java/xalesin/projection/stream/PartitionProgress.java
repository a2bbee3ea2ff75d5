package xalesin.projection.stream;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How far one partition of the log has come in this process. Written by the stream thread that owns
 * the partition, read by any.
 *
 * <p>A partition has caught up when what the log had as it came here is applied, and stays so while
 * it is here, however far it lags. Positions are compared, never numbers of records: the log's
 * offsets count the markers of transactions too.
 */
public final class PartitionProgress {
  /** No offset is held back. */
  private static final long NONE = Long.MAX_VALUE;

  /** Not known yet. */
  public static final long UNKNOWN = -1;

  private volatile boolean here;
  private volatile long beginning = UNKNOWN;
  private volatile long position = UNKNOWN;
  private volatile long applied = UNKNOWN;
  private volatile long goal = UNKNOWN;
  private volatile long goalMillis;
  private volatile long currentMillis = UNKNOWN;

  /** What the log had when all of it was asked for: no read is answered before. */
  private volatile long required = UNKNOWN;

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
    beginning = UNKNOWN;
    position = UNKNOWN;
    applied = UNKNOWN;
    goal = UNKNOWN;
    currentMillis = UNKNOWN;
    here = true;
  }

  /** The task is gone. What it held back stays so until the next begins. */
  void end() {
    here = false;
    stopped = null;
    consumerLag = UNKNOWN;
  }

  /** The consumer has read these records and those in between. */
  void polled(long first, long last) {
    polledOffset = last;
    if (beginning == UNKNOWN) {
      beginning = first;
    }
  }

  /**
   * Where the consumer stands after a poll.
   *
   * @param next the offset that it reads next
   * @param ahead what the log has from there on, of what is committed
   */
  void stands(long next, long ahead, long nowMillis) {
    position = next;
    consumerLag = ahead;
    if (here && goal == UNKNOWN) {
      if (beginning == UNKNOWN) {
        beginning = next;
      }
      goalMillis = nowMillis;
      goal = next + ahead;
    }
    look();
    if (lag() == 0) {
      currentMillis = nowMillis;
    }
  }

  private void look() {
    long known = position;
    if (!here || known == UNKNOWN) {
      return;
    }
    long now = unapplied() == 0 ? known : doneOffset == UNKNOWN ? beginning : doneOffset + 1;
    applied = Math.max(applied, now);
    if (currentMillis == UNKNOWN && goal != UNKNOWN && applied >= goal) {
      currentMillis = goalMillis;
    }
  }

  /** Reads wait for all before this offset, from now on and wherever the partition is. */
  void require(long end) {
    required = Math.max(required, end);
  }

  /**
   * Why the partition cannot be read yet; null when it can, or is not here and nobody requires it.
   * A stop is as far as it gets: all that can be applied is.
   */
  public @Nullable String catchingUp() {
    if (!here) {
      return required == UNKNOWN ? null : "has not come to this node yet";
    }
    if (stopped != null) {
      return null;
    }
    long first = goal;
    if (first == UNKNOWN) {
      return "it is not known yet where the log ends";
    }
    long end = Math.max(first, required);
    long now = applied;
    if (now >= end) {
      return null;
    }
    long begin = beginning;
    return String.format(Locale.ROOT, "%,d of %,d events", Math.max(0, now - begin), end - begin);
  }

  /** When all that the log had was last applied, as far as is known, or {@link #UNKNOWN}. */
  public long currentMillis() {
    return currentMillis;
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
    look();
  }

  /** Nothing from this record on is applied. */
  void stop(long offset, String reason) {
    heldOffset = offset;
    if (currentMillis == UNKNOWN) {
      currentMillis = goalMillis;
    }
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
    return ahead + unapplied();
  }

  /** Offsets that were read and are not in the store. */
  private long unapplied() {
    long polled = polledOffset;
    long done = doneOffset;
    return polled == UNKNOWN ? 0 : done == UNKNOWN ? 1 : Math.max(0, polled - done);
  }

  /** What the consumer has not fetched yet, or {@link #UNKNOWN}. */
  long consumerLag() {
    return consumerLag;
  }
}
