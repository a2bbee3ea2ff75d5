package xalesin.cdc;

import org.jspecify.annotations.Nullable;

/**
 * The slot and its database at one moment.
 *
 * @param identity of the database as it is now
 * @param present whether the slot exists; the fields after {@code current} mean nothing if not
 * @param current the end of the written WAL
 * @param plugin the output plugin
 * @param ownDatabase whether the slot belongs to the database that was asked
 * @param walStatus {@code reserved}, {@code extended}, {@code unreserved} or {@code lost}
 * @param invalidationReason why Postgres has invalidated it, null if it has not
 * @param confirmed what Postgres will never send again; null for a physical slot
 * @param activePid the backend that streams from it, 0 for none
 */
record SlotState(
    SlotIdentity identity,
    boolean present,
    Lsn current,
    String plugin,
    boolean ownDatabase,
    String walStatus,
    @Nullable String invalidationReason,
    @Nullable Lsn confirmed,
    int activePid) {

  /** Bytes of WAL that are not yet confirmed as published; what Postgres has to keep, roughly. */
  long lagBytes() {
    return confirmed == null ? 0 : Math.max(0, current.bytesSince(confirmed));
  }

  boolean isActive() {
    return activePid != 0;
  }
}
