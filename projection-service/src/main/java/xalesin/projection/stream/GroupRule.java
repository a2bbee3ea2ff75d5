package xalesin.projection.stream;

import java.time.InstantSource;

/**
 * When a group of events is written. An event that was just recorded is written at once, or with
 * those that have been read together with it, of which there are few; a backlog is written in large
 * groups, so that what changes often is written once. For the stream thread only.
 */
final class GroupRule {
  /** An event older than this comes from a backlog: nobody waits for it in particular. */
  private static final long LIVE_MICROS = 1_000_000;

  /** So many take less than a millisecond to fold. */
  private static final int MAX_LIVE_EVENTS = 32;

  /** Bounds the memory of a group, about a kilobyte each; larger ones gain little. */
  private static final int MAX_SIZE = 4_096;

  /**
   * Nothing waits longer than this, if the rest of a backlog is slow to come: what is in it is
   * older than {@link #LIVE_MICROS} anyway.
   */
  private static final long MAX_AGE_NANOS = 1_000_000_000;

  private final InstantSource clock;
  private final PartitionProgress progress;

  GroupRule(InstantSource clock, PartitionProgress progress) {
    this.clock = clock;
    this.progress = progress;
  }

  /**
   * Whether to write now.
   *
   * @param offset of the record taken last
   * @param recordedMicros when its event was recorded
   */
  boolean isDue(Group group, long offset, long recordedMicros) {
    if (group.size() >= MAX_SIZE) {
      return true;
    }
    boolean live = clock.millis() * 1_000 - recordedMicros < LIVE_MICROS;
    if (progress.isLastPolled(offset)) {
      return live || progress.consumerLag() <= 0;
    }
    return live && group.events() >= MAX_LIVE_EVENTS;
  }

  boolean isOld(Group group) {
    return group.ageNanos(System.nanoTime()) > MAX_AGE_NANOS;
  }
}
