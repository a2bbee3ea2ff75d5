package xalesin.cdc;

import io.debezium.engine.DebeziumEngine;
import io.debezium.engine.RecordChangeEvent;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * What the engine calls: for each turn it tells the slot what is published by now, and then
 * publishes records as they come, until the turn is over. Between turns the engine notices when its
 * WAL thread has failed. For one thread.
 */
final class WalConsumer implements DebeziumEngine.ChangeConsumer<RecordChangeEvent<SourceRecord>> {
  /** How long a stop may go unnoticed while nothing comes. */
  private static final Duration MAX_WAIT = Duration.ofMillis(100);

  /** The longest pause after a transaction: it is latency. */
  private static final Duration MAX_REST = Duration.ofMillis(25);

  /** So few records, three for a transaction of one event, say that little is coming. */
  private static final int FEW_RECORDS = 6;

  private final WalQueue.Buffer buffer;
  private final WalPublisher publisher;
  private final int maxRecords;
  private final Duration turn;
  private Duration rest = Duration.ZERO;

  /**
   * @param turn how often the slot hears what is published; what it does not know comes again after
   *     a crash
   */
  WalConsumer(WalQueue.Buffer buffer, WalPublisher publisher, int maxRecords, Duration turn) {
    this.buffer = buffer;
    this.publisher = publisher;
    this.maxRecords = maxRecords;
    this.turn = turn;
  }

  @Override
  public void handleBatch(
      List<RecordChangeEvent<SourceRecord>> turns,
      DebeziumEngine.RecordCommitter<RecordChangeEvent<SourceRecord>> committer)
      throws InterruptedException {
    long end = System.nanoTime() + turn.toNanos();
    try {
      for (long left = turn.toNanos(); left > 0; left = end - System.nanoTime()) {
        Duration wait = Duration.ofNanos(Math.min(left, MAX_WAIT.toNanos()));
        List<SourceRecord> records = buffer.take(maxRecords, wait, rest);
        long began = System.nanoTime();
        SourceRecord settled = publisher.publish(records);
        if (settled != null) {
          buffer.settle(settled);
        }
        rest = records.size() <= FEW_RECORDS ? Duration.ZERO : rest(System.nanoTime() - began);
      }
    } finally {
      if (buffer.tell(turns.getLast().record())) {
        committer.markProcessed(turns.getLast());
      }
      committer.markBatchFinished();
    }
  }

  /**
   * Resting as long as the last transaction took lets more of them share the next one, the more so
   * the busier the machine is: a Kafka transaction costs about the same for one event and for a
   * thousand.
   */
  private static Duration rest(long busyNanos) {
    return Duration.ofNanos(Math.min(busyNanos, MAX_REST.toNanos()));
  }
}
