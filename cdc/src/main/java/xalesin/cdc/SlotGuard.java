package xalesin.cdc;

/**
 * The rules under which the slot continues exactly where the topic ends. Pure; asked before
 * streaming starts and every few seconds while it runs.
 */
final class SlotGuard {
  static final String PLUGIN = "pgoutput";

  private SlotGuard() {}

  /** The slot by itself can deliver everything after its confirmed LSN. */
  static Lsn requireUsable(SlotState slot) {
    String name = slot.identity().slot();
    if (!slot.present()) {
      throw new SlotLostException(name, "it does not exist");
    }
    if (!PLUGIN.equals(slot.plugin())) {
      throw new SlotLostException(name, "its plugin is " + slot.plugin() + ", not " + PLUGIN);
    }
    if (!slot.ownDatabase()) {
      throw new SlotLostException(name, "it belongs to another database");
    }
    if (slot.invalidationReason() != null || "lost".equals(slot.walStatus())) {
      throw new SlotLostException(
          name,
          "Postgres has removed WAL that it needs (wal_status "
              + slot.walStatus()
              + ", "
              + slot.invalidationReason()
              + ")");
    }
    if (slot.confirmed() == null) {
      throw new SlotLostException(name, "it has no confirmed position");
    }
    return slot.confirmed();
  }

  /** The slot is usable and nothing lies between what is published and what it will deliver. */
  static void requireContinues(SlotState slot, SlotIdentity identity, Lsn published) {
    if (!slot.identity().equals(identity)) {
      throw new IdentityChangedException(
          "the topic was written from " + identity + " but the database is " + slot.identity());
    }
    Lsn confirmed = requireUsable(slot);
    if (confirmed.isAfter(published)) {
      throw new SlotAheadException(identity.slot(), confirmed, published);
    }
    if (published.isAfter(slot.current())) {
      throw new IdentityChangedException(
          "the database ends at "
              + slot.current()
              + " but "
              + published
              + " is published: it is an older copy of itself");
    }
  }
}
