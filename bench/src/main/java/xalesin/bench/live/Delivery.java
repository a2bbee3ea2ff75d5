package xalesin.bench.live;

import java.util.BitSet;

/** One command on its way to all who listened when it was sent. Guarded by its audience. */
final class Delivery {
  final long version;
  private final BitSet missing;
  private int left;
  private boolean answered;
  private long answeredNanos;
  private long lastNanos;
  private boolean shown;

  Delivery(long version, BitSet listening) {
    this.version = version;
    this.missing = (BitSet) listening.clone();
    this.left = missing.cardinality();
  }

  void answered(long nanos) {
    answered = true;
    answeredNanos = nanos;
  }

  boolean isAnswered() {
    return answered;
  }

  /** Whether this is the frame by which the follower comes to see it. */
  boolean reaches(int follower, long nanos) {
    if (!forget(follower)) {
      return false;
    }
    lastNanos = shown ? Math.max(lastNanos, nanos) : nanos;
    shown = true;
    return true;
  }

  /** Whether it was waited for; it is no longer. */
  boolean forget(int follower) {
    if (!missing.get(follower)) {
      return false;
    }
    missing.clear(follower);
    left--;
    return true;
  }

  /** Those who have not been shown it. */
  int left() {
    return left;
  }

  boolean isSettled() {
    return answered && left == 0;
  }

  /** Whether anybody has been shown it. */
  boolean wasShown() {
    return shown;
  }

  /** From its answer to the last follower's frame; negative when that was there before. */
  long nanos() {
    return lastNanos - answeredNanos;
  }
}
