package xalesin.cdc;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One term as the active process: wait for leadership, fence, find the position, stream, watch,
 * leave. Nothing of it is used again afterwards. It ends by the exception that ended it, or
 * normally when the service closes.
 *
 * <p>The order is what makes it safe: the fence comes before the position is read, so that no
 * earlier writer can add to what was read.
 */
final class CdcTerm {
  private static final Logger LOG = LoggerFactory.getLogger(CdcTerm.class);
  private static final Duration STANDBY_POLL = Duration.ofMillis(200);

  /** From creating the engine to its streaming: seconds, on a starved machine many. */
  private static final Duration ENGINE_START = Duration.ofMinutes(1);

  private static final Duration SLOT_POLL = Duration.ofMillis(50);

  /** Calls to Kafka between taking the lead and publishing, each with its own timeout. */
  private static final int KAFKA_CALLS = 8;

  private final CdcConfig config;
  private final Clock clock;
  private final CdcMetrics metrics;
  private final CountDownLatch closing;
  private final BiConsumer<CdcState, String> report;
  private final Semaphore wake = new Semaphore(0);
  private volatile @Nullable WalPublisher publisher;

  CdcTerm(
      CdcConfig config,
      Clock clock,
      CdcMetrics metrics,
      CountDownLatch closing,
      BiConsumer<CdcState, String> report) {
    this.config = config;
    this.clock = clock;
    this.metrics = metrics;
    this.closing = closing;
    this.report = report;
  }

  void run() throws SQLException, InterruptedException {
    try (ControlSession control = ControlSession.open(config)) {
      // 1. Lead, or wait until the leader is gone.
      if (!awaitLeadership(control)) {
        return;
      }
      report.accept(CdcState.STARTING, "connecting");
      control.allowSilence(config.limits().kafka().multipliedBy(KAFKA_CALLS));
      ensureTopics();
      // 2. Fence every earlier writer, then see how far they came.
      try (EventLog log = EventLog.open(config)) {
        Optional<Position> stored = PositionReader.read(config);
        // 3. Make sure that the slot goes on exactly there.
        releaseSlot(control);
        Position from = begin(control, log, stored);
        // 4. Publish until something ends it.
        publish(control, log, from);
      }
    }
  }

  /** Wakes the term early; it looks at why by itself. */
  void wake() {
    wake.release();
  }

  @Nullable Lsn published() {
    WalPublisher current = publisher;
    return current == null ? null : current.published().commitLsn();
  }

  private boolean awaitLeadership(ControlSession control)
      throws SQLException, InterruptedException {
    while (!control.tryLead()) {
      report.accept(CdcState.STANDBY, "another process publishes from slot " + config.slot());
      if (closing.await(STANDBY_POLL.toMillis(), TimeUnit.MILLISECONDS)) {
        return false;
      }
    }
    return true;
  }

  private void ensureTopics() {
    try (Admin admin = Admin.create(EventLog.clientSettings(config))) {
      TopicAdmin.ensure(admin, List.of(config.events(), config.offsets()), config.limits().kafka());
    } catch (KafkaException e) {
      throw new StreamEndedException("Kafka is not reachable: " + e.getMessage(), e);
    }
  }

  /** Whoever still holds the slot is a zombie: we lead. */
  private void releaseSlot(ControlSession control) throws SQLException, InterruptedException {
    long deadline = System.nanoTime() + config.limits().lease().toNanos();
    SlotState slot = control.inspect();
    while (slot.isActive()) {
      LOG.warn("ending backend {} which still holds slot {}", slot.activePid(), config.slot());
      control.terminate(slot.activePid());
      if (System.nanoTime() - deadline > 0) {
        throw new StreamEndedException("slot " + config.slot() + " does not become free", null);
      }
      closing.await(SLOT_POLL.toMillis(), TimeUnit.MILLISECONDS);
      slot = control.inspect();
    }
  }

  /** Where the topic ends and the slot begins. */
  private Position begin(ControlSession control, EventLog log, Optional<Position> stored)
      throws SQLException {
    try {
      return stored.isPresent() ? continued(control, stored.get()) : first(control, log);
    } catch (SlotLostException | SlotAheadException | PositionLostException e) {
      if (!config.refill()) {
        throw e;
      }
      LOG.warn("{}; the slot is made anew, and what it has lost is published", e.getMessage());
      Position before = stored.orElse(nothing(control.inspect().identity()));
      return new Refill(config, control, log, clock, before).run();
    }
  }

  private Position nothing(SlotIdentity identity) {
    return new Position(new Lsn(0), identity, clock.instant(), 0, 0);
  }

  private Position continued(ControlSession control, Position stored) throws SQLException {
    SlotState slot = control.inspect();
    SlotGuard.requireContinues(slot, stored.identity(), stored.commitLsn());
    metrics.slot(slot);
    LOG.info(
        "slot {} continues after {} ({} events so far); Postgres will send from {}",
        config.slot(),
        stored.commitLsn(),
        stored.totalEvents(),
        slot.confirmed());
    return stored;
  }

  /** Nothing has been published: the slot must be able to deliver all events there are. */
  private Position first(ControlSession control, EventLog log) throws SQLException {
    if (!PositionReader.noEventsPublished(config)) {
      throw new PositionLostException(
          config.slot(), "topic " + config.events().name() + " has records", null);
    }
    SlotState slot = control.inspect();
    if (!slot.present()) {
      if (!control.createSlotIfNoEvents()) {
        throw new SlotLostException(
            config.slot(),
            "it does not exist, and there are events which a new one would not have");
      }
      LOG.info("created slot {}", config.slot());
      slot = control.inspect();
    }
    Lsn confirmed = SlotGuard.requireUsable(slot);
    if (control.hasEventsOlderThanSlot()) {
      throw new SlotLostException(
          config.slot(), "nothing is published, but there are events older than the slot");
    }
    Position from = new Position(confirmed, slot.identity(), clock.instant(), 0, 0);
    log.commit(from);
    LOG.info("slot {} is published for the first time, from {}", config.slot(), confirmed);
    return from;
  }

  private void publish(ControlSession control, EventLog log, Position from)
      throws SQLException, InterruptedException {
    WalPublisher current =
        new WalPublisher(log, from, config.limits().batchRecords(), clock, metrics);
    publisher = current;
    control.allowSilence(config.limits().lease());
    WalStream stream = WalStream.start(config, current, this::wake);
    try {
      watch(control, stream, current);
    } finally {
      leave(control, stream, current);
    }
    Throwable failure = stream.failure();
    if (closing.getCount() > 0) {
      throw failure instanceof RuntimeException e && e instanceof CdcException
          ? e
          : new StreamEndedException("the WAL stream has ended", failure);
    }
  }

  /**
   * Ends when the service closes or the stream does; throws when a rule is broken. Says that it is
   * active once everything is published that was committed before it began.
   */
  private void watch(ControlSession control, WalStream stream, WalPublisher current)
      throws SQLException, InterruptedException {
    Lsn begun = control.inspect().current();
    // Passed on behind all that the WAL held: what is published then has that before it.
    control.beat();
    long lastBeat = System.nanoTime();
    long activeDeadline = System.nanoTime() + ENGINE_START.toNanos();
    while (closing.getCount() > 0 && !stream.hasEnded()) {
      SlotState slot = control.inspect();
      // Read after the slot: what it was told is never ahead of what is published here.
      Position published = current.published();
      SlotGuard.requireContinues(slot, published.identity(), published.commitLsn());
      metrics.slot(slot);
      boolean caughtUp = published.commitLsn().isAfter(begun);
      if (slot.isActive()) {
        if (caughtUp) {
          report.accept(CdcState.ACTIVE, "");
        } else {
          report.accept(
              CdcState.CATCHING_UP, "published up to " + published.commitLsn() + " of " + begun);
        }
        activeDeadline = System.nanoTime() + config.limits().lease().toNanos();
      } else if (System.nanoTime() - activeDeadline > 0) {
        throw new StreamEndedException("nobody streams from slot " + config.slot(), null);
      }
      if (System.nanoTime() - lastBeat > config.limits().heartbeat().toNanos()) {
        control.beat();
        lastBeat = System.nanoTime();
      }
      Duration pause = slot.isActive() && caughtUp ? config.limits().check() : SLOT_POLL;
      if (wake.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
        wake.drainPermits();
      }
    }
  }

  /** Publishes no more, tells the slot how far it came, and lets go of it within the limit. */
  private void leave(ControlSession control, WalStream stream, WalPublisher current)
      throws InterruptedException {
    Duration half = config.limits().close().dividedBy(2);
    boolean quiet;
    try {
      control.allowSilence(config.limits().close().multipliedBy(2));
    } catch (SQLException e) {
      LOG.info("the control session is gone: {}", e.getMessage());
    }
    try {
      quiet = current.quiesce(half);
    } catch (CdcException e) {
      LOG.info("an unfinished Kafka transaction is left to the next writer: {}", e.getMessage());
      quiet = true;
    }
    boolean stopped = stream.stop(half);
    if (!quiet || !stopped) {
      LOG.warn("the WAL stream did not stop in time (quiet {}, stopped {})", quiet, stopped);
    }
    try {
      SlotState slot = control.inspect();
      if (slot.isActive()) {
        control.terminate(slot.activePid());
      }
    } catch (SQLException e) {
      LOG.info("the slot could not be looked at while leaving: {}", e.getMessage());
    }
  }
}
