package xalesin.cdc;

import java.sql.SQLException;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import xalesin.schemas.RecordedEvent;

/**
 * Repairs a slot that was lost or is ahead: makes it anew, and publishes from the event table what
 * the topic misses and the new slot will not deliver. Which events these are is told by the
 * versions of their streams, so each is published exactly once, whatever was published before and
 * however often the repair begins again.
 *
 * <p>Ordering: events of a stream by version, transactions by their number. Transactions that know
 * nothing of each other may stand in another order than that of their commits.
 *
 * <p>Failure: the position stays where it was until all is published, so after a crash the slot is
 * ahead and the repair begins anew. The caller has fenced every other writer. For one thread, once.
 */
final class Refill {
  private static final Logger LOG = LoggerFactory.getLogger(Refill.class);

  private final CdcConfig config;
  private final ControlSession control;
  private final EventLog log;
  private final Clock clock;
  private final Map<StreamKey, Long> behind = new HashMap<>();
  private final Map<StreamKey, TreeMap<Long, RecordedEvent>> early = new HashMap<>();
  private Position reached;
  private @Nullable String transaction;
  private long sent;

  /**
   * @param stored the position that was reached before the slot was lost
   */
  Refill(CdcConfig config, ControlSession control, EventLog log, Clock clock, Position stored) {
    this.config = config;
    this.control = control;
    this.log = log;
    this.clock = clock;
    this.reached = stored;
  }

  /**
   * @return the new slot's beginning: all before it is published
   * @throws IdentityChangedException when the topic has events that the table has not
   */
  Position run() throws SQLException {
    control.allowSilence(config.limits().transaction());
    Map<StreamKey, Long> published = PublishedVersions.read(config, control::inspect);
    long before = reached.totalEvents();
    try (NewSlot slot = NewSlot.make(config)) {
      compare(slot, published);
      slot.events(behind, this::take);
    }
    if (!early.isEmpty()) {
      throw new MalformedStreamException(
          "the event table misses versions of " + early.keySet().iterator().next(), null);
    }
    commit(SlotGuard.requireUsable(control.inspect()));
    LOG.warn(
        "slot {} was made anew; {} events that it had lost were published from the table",
        config.slot(),
        reached.totalEvents() - before);
    return reached;
  }

  /** Finds what is missing, and that nothing but the topic is behind. */
  private void compare(NewSlot slot, Map<StreamKey, Long> published) throws SQLException {
    Map<StreamKey, Long> ahead = new HashMap<>(published);
    Set<String> ours = new HashSet<>();
    slot.heads(
        (stream, version) -> {
          ours.add(stream.tenant());
          long known = published.getOrDefault(stream, 0L);
          if (known < version) {
            behind.put(stream, known);
          }
          if (known <= version) {
            ahead.remove(stream);
          }
        });
    // Other databases write to the topic too: of their tenants this one knows nothing.
    ahead.keySet().removeIf(stream -> !ours.contains(stream.tenant()));
    if (!ahead.isEmpty()) {
      throw new IdentityChangedException(
          "the topic has events of "
              + ahead.keySet().iterator().next()
              + " which the table has not: the database is an older copy of itself");
    }
  }

  /** Holds an event back whose predecessor has not come yet. */
  private void take(String next, RecordedEvent event) throws SQLException {
    if (sent >= config.limits().batchRecords() && !next.equals(transaction)) {
      commit(reached.commitLsn());
    }
    transaction = next;
    StreamKey stream = new StreamKey(event.tenant(), event.stream());
    TreeMap<Long, RecordedEvent> waiting = early.computeIfAbsent(stream, _ -> new TreeMap<>());
    waiting.put(event.version(), event);
    for (long version = last(stream) + 1; waiting.containsKey(version); version++) {
      log.send(waiting.remove(version));
      behind.put(stream, version);
      sent++;
    }
    if (waiting.isEmpty()) {
      early.remove(stream);
    }
  }

  private long last(StreamKey stream) {
    return behind.getOrDefault(stream, 0L);
  }

  private void commit(Lsn lsn) throws SQLException {
    control.inspect();
    Position next =
        new Position(lsn, reached.identity(), clock.instant(), sent, reached.totalEvents() + sent);
    log.commit(next);
    reached = next;
    sent = 0;
  }
}
