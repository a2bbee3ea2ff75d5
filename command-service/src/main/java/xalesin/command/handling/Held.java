package xalesin.command.handling;

import org.jspecify.annotations.Nullable;
import xalesin.command.decision.Aggregate;
import xalesin.command.store.StreamKey;

/**
 * A stream while a group is being decided: as the table has it, and as the group's own events have
 * made it. For one thread.
 */
final class Held {
  final StreamKey key;
  final Aggregate<?, ?, ?> aggregate;

  /** As far as it was read from the table. */
  private Object tableState;

  private long tableVersion;

  /** Whether the table has been asked since the group's commands came in. */
  private boolean confirmed;

  /** As the group's events have made it. */
  private Object state;

  private long version;

  /** Why its events cannot be folded, if so: fails the commands that need it, no others. */
  private @Nullable RuntimeException damage;

  Held(StreamKey key, Aggregate<?, ?, ?> aggregate, States.@Nullable Known known) {
    this.key = key;
    this.aggregate = aggregate;
    this.tableState = known == null ? aggregate.initial() : known.state();
    this.tableVersion = known == null ? 0 : known.version();
    this.state = tableState;
    this.version = tableVersion;
  }

  /** Whether nothing at all was known of it in memory. */
  boolean isUnread() {
    return tableVersion == 0 && !confirmed;
  }

  void confirm() {
    confirmed = true;
  }

  void doubt() {
    confirmed = false;
  }

  /** Whether its newest state is sure: read just now, or its next version is being taken. */
  boolean isSure() {
    return confirmed || isAppendedTo();
  }

  boolean isAppendedTo() {
    return version > tableVersion;
  }

  /** Forgets what the group has decided, for deciding again. */
  void reset() {
    state = tableState;
    version = tableVersion;
  }

  /** Takes in an event of the table. */
  void read(long eventVersion, Object newState) {
    if (eventVersion != tableVersion + 1) {
      throw new IllegalStateException(
          "%s of %s jumps from version %d to %d"
              .formatted(key.stream(), key.tenant(), tableVersion, eventVersion));
    }
    tableState = newState;
    tableVersion = eventVersion;
  }

  void damaged(RuntimeException cause) {
    damage = cause;
  }

  Object tableState() {
    return tableState;
  }

  long tableVersion() {
    return tableVersion;
  }

  Object state() {
    if (damage != null) {
      throw new IllegalStateException(
          "%s of %s cannot be folded".formatted(key.stream(), key.tenant()), damage);
    }
    return state;
  }

  boolean isDamaged() {
    return damage != null;
  }

  long version() {
    return version;
  }

  /** Takes over what a submission of the group has decided. */
  void advance(Object newState, long newVersion) {
    state = newState;
    version = newVersion;
  }

  States.Known known() {
    return new States.Known(state, version, aggregate.weightOf(state));
  }
}
