package xalesin.cdc;

import io.debezium.engine.StopEngineException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;
import xalesin.schemas.RecordedEvent;

/**
 * Turns batches of WAL records into Kafka transactions.
 *
 * <p>Ordering: rows go out in the order of the WAL, and a Kafka transaction always ends where a
 * Postgres transaction ends. Transactions that are complete within a batch share one Kafka
 * transaction. Rows of one that is not complete wait in memory, and when they are many they go into
 * a Kafka transaction of their own that stays open until its end.
 *
 * <p>Exactly once: a transaction whose commit LSN is not after the published one is dropped whole;
 * the position is committed with the events; the slot hears of it only afterwards.
 *
 * <p>Failure: any exception ends the publisher for good. Nothing is marked, so the slot still holds
 * what was not published.
 *
 * <p>Threads: batches come from one Debezium thread; {@link #quiesce} may come from another.
 */
final class WalPublisher {
  private final EventLog log;
  private final SlotIdentity identity;
  private final Clock clock;
  private final CdcMetrics metrics;

  /**
   * So many rows of an unfinished transaction stay in memory; more go to Kafka ahead of its end.
   */
  private final int spillRows;

  private final ReentrantLock batch = new ReentrantLock();
  private volatile boolean stopped;
  private volatile Position published;

  private @Nullable String transactionId;
  private @Nullable Lsn lastEnd;
  private long rowsSeen;
  private final List<RecordedEvent> waiting = new ArrayList<>();
  private boolean spilled;

  private @Nullable Lsn pending;
  private long pendingEvents;
  private long pendingTransactions;
  private @Nullable Instant newestEvent;
  private @Nullable SourceRecord settled;

  WalPublisher(EventLog log, Position published, int spillRows, Clock clock, CdcMetrics metrics) {
    this.log = log;
    this.published = published;
    this.identity = published.identity();
    this.spillRows = spillRows;
    this.clock = clock;
    this.metrics = metrics;
  }

  /** What Kafka has committed. Never before what the slot was told. */
  Position published() {
    return published;
  }

  /**
   * Publishes records in the order of the WAL.
   *
   * @param records may be empty
   * @return the last record up to which everything is published; null when there is none in these
   * @throws StopEngineException when it takes no more
   */
  @Nullable SourceRecord publish(List<SourceRecord> records) throws InterruptedException {
    batch.lockInterruptibly();
    try {
      if (stopped) {
        throw new StopEngineException("the publisher has stopped");
      }
      if (records.isEmpty()) {
        return null;
      }
      metrics.batchBegins(records.size());
      for (SourceRecord record : records) {
        switch (WalReader.read(record)) {
          case WalRecord.Begin begin -> begin(begin);
          case WalRecord.Row row -> row(row.event());
          case WalRecord.End end -> end(end, record);
          case WalRecord.Other _ -> {}
        }
      }
      commitPending();
      spillIfLarge();
      SourceRecord last = settled;
      settled = null;
      return last;
    } catch (RuntimeException e) {
      stopped = true;
      throw e;
    } finally {
      metrics.batchEnds();
      batch.unlock();
    }
  }

  private void begin(WalRecord.Begin begin) {
    if (transactionId != null) {
      throw new MalformedStreamException(
          "transaction " + begin.transactionId() + " begins within " + transactionId, null);
    }
    transactionId = begin.transactionId();
    rowsSeen = 0;
  }

  private void row(RecordedEvent event) {
    if (transactionId == null) {
      throw new MalformedStreamException("an event outside a transaction: " + event.id(), null);
    }
    rowsSeen++;
    newestEvent = event.recordedAt();
    if (spilled) {
      log.send(event);
    } else {
      waiting.add(event);
    }
  }

  private void end(WalRecord.End end, SourceRecord record) {
    requireWhole(end);
    if (end.commitLsn().isAfter(published.commitLsn())) {
      waiting.forEach(log::send);
      pending = end.commitLsn();
      pendingEvents += rowsSeen;
      pendingTransactions++;
    } else {
      log.abort();
      metrics.dropped(rowsSeen);
    }
    settled = record;
    waiting.clear();
    spilled = false;
    transactionId = null;
    lastEnd = end.commitLsn();
  }

  /** Guards what the rest rests on; none of it may happen. */
  private void requireWhole(WalRecord.End end) {
    if (!end.transactionId().equals(transactionId)) {
      throw new MalformedStreamException(
          "transaction " + end.transactionId() + " ends within " + transactionId, null);
    }
    if (rowsSeen != end.rows()) {
      throw new MalformedStreamException(
          "transaction %s has %d events but %d arrived"
              .formatted(transactionId, end.rows(), rowsSeen),
          null);
    }
    if (lastEnd != null && !end.commitLsn().isAfter(lastEnd)) {
      throw new MalformedStreamException(
          "transaction " + transactionId + " ends at " + end.commitLsn() + ", before " + lastEnd,
          null);
    }
  }

  private void commitPending() {
    if (pending == null) {
      return;
    }
    Position next =
        new Position(
            pending,
            identity,
            clock.instant(),
            pendingEvents,
            published.totalEvents() + pendingEvents);
    log.commit(next);
    published = next;
    metrics.committed(pendingTransactions, next, pendingEvents == 0 ? null : newestEvent);
    pending = null;
    pendingEvents = 0;
    pendingTransactions = 0;
  }

  /**
   * Only right after a commit, so the Kafka transaction holds this Postgres transaction alone and
   * can be aborted if its end shows that it was published before.
   */
  private void spillIfLarge() {
    if (!spilled && waiting.size() >= spillRows) {
      waiting.forEach(log::send);
      waiting.clear();
      spilled = true;
    }
  }

  /**
   * Takes no further batch, and waits for the current one. An unfinished Kafka transaction is taken
   * back so that readers need not wait for its timeout.
   *
   * @return false when the current batch did not end in time
   */
  boolean quiesce(Duration timeout) throws InterruptedException {
    stopped = true;
    if (!batch.tryLock(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
      return false;
    }
    try {
      log.abort();
      return true;
    } finally {
      batch.unlock();
    }
  }
}
