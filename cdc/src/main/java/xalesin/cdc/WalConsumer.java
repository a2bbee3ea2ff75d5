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

  private final WalQueue.Buffer buffer;
  private final WalPublisher publisher;
  private final int maxRecords;
  private final Duration turn;

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
        SourceRecord settled = publisher.publish(buffer.take(maxRecords, wait));
        if (settled != null) {
          buffer.settle(settled);
        }
      }
    } finally {
      if (buffer.tell(turns.getLast().record())) {
        committer.markProcessed(turns.getLast());
      }
      committer.markBatchFinished();
    }
  }
}
