package xalesin.cdc;

import io.debezium.connector.postgresql.PostgresConnector;
import io.debezium.embedded.Connect;
import io.debezium.engine.DebeziumEngine;
import io.debezium.engine.RecordChangeEvent;
import io.debezium.engine.format.ChangeEventFormat;
import java.io.IOException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.storage.MemoryOffsetBackingStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The WAL of the slot from its confirmed LSN on, through Debezium. The engine begins with an empty
 * offset store each time: then it streams from what the slot says, without searching.
 *
 * <p>The engine is told to retry nothing: a restart inside it would go by its own offsets. Any
 * error ends the stream, and {@code onEnd} is called once, on an engine thread.
 */
final class WalStream {
  private static final AtomicInteger ENGINES = new AtomicInteger();
  private static final Logger LOG = LoggerFactory.getLogger(WalStream.class);
  private static final long STOP_POLL_MILLIS = 50;
  private static final long STOP_TASK_MILLIS = 8_000;
  private static final long STOP_STREAMING_MILLIS = 3_000;

  /** Bytes of rows that wait between Debezium's two threads. */
  private static final long QUEUE_BYTES = 32L << 20;

  private final DebeziumEngine<RecordChangeEvent<SourceRecord>> engine;
  private final WalQueue.Buffer buffer = new WalQueue.Buffer(QUEUE_BYTES);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread runner;
  private volatile @Nullable Throwable failure;

  private WalStream(CdcConfig config, WalPublisher publisher, Runnable onEnd) {
    this.engine =
        DebeziumEngine.create(ChangeEventFormat.of(Connect.class))
            .using(settings(config, buffer))
            .using((_, _) -> true)
            .using(
                (boolean success, @Nullable String message, @Nullable Throwable error) -> {
                  failure = error;
                  buffer.close();
                  ended.countDown();
                  onEnd.run();
                })
            .notifying(
                new WalConsumer(
                    buffer, publisher, config.limits().batchRecords(), config.limits().confirm()))
            .build();
    this.runner = Thread.ofPlatform().name("cdc-engine").daemon().unstarted(engine);
  }

  static WalStream start(CdcConfig config, WalPublisher publisher, Runnable onEnd) {
    WalStream stream = new WalStream(config, publisher, onEnd);
    stream.runner.start();
    return stream;
  }

  boolean hasEnded() {
    return ended.getCount() == 0;
  }

  /** Why it ended; null when it was stopped or runs. */
  @Nullable Throwable failure() {
    return failure;
  }

  /**
   * Stops the engine. The slot hears of everything published first.
   *
   * @return false when it did not stop in time: the slot may still be held
   */
  boolean stop(Duration timeout) throws InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    Thread closer =
        Thread.ofPlatform().name("cdc-engine-stop").daemon().start(() -> close(deadline));
    boolean stopped = ended.await(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    closer.interrupt();
    return stopped;
  }

  /**
   * Under load the engine stops by itself at the next batch, which the publisher refuses. An idle
   * one is closed; while its tasks start it cannot be, so it is asked until it can.
   */
  private void close(long deadline) {
    try {
      while (!ended.await(STOP_POLL_MILLIS, TimeUnit.MILLISECONDS)
          && System.nanoTime() - deadline < 0) {
        closeOnce();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void closeOnce() {
    try {
      engine.close();
    } catch (IllegalStateException e) {
      LOG.debug("the engine does not stop yet", e);
    } catch (IOException e) {
      LOG.info("the engine did not stop cleanly", e);
    }
  }

  private static Properties settings(CdcConfig config, WalQueue.Buffer buffer) {
    Properties p = new Properties();
    p.setProperty("name", "xalesin-cdc-" + config.slot());
    p.setProperty("connector.class", PostgresConnector.class.getName());
    p.setProperty("topic.prefix", WalReader.PREFIX);
    // Debezium's MBeans of two engines in one JVM, or of one that is still stopping, would clash:
    // it then waits for a minute before it streams.
    p.setProperty("custom.metric.tags", "engine=" + ENGINES.incrementAndGet());
    p.setProperty("database.hostname", config.postgres().host());
    p.setProperty("database.port", Integer.toString(config.postgres().port()));
    p.setProperty("database.user", config.postgres().user());
    p.setProperty("database.password", config.postgres().password());
    p.setProperty("database.dbname", config.postgres().database());
    slot(p, config);
    resume(p);
    flow(p, config, buffer);
    return p;
  }

  private static void slot(Properties p, CdcConfig config) {
    p.setProperty("plugin.name", "pgoutput");
    p.setProperty("slot.name", config.slot());
    p.setProperty("slot.drop.on.stop", "false");
    p.setProperty("slot.max.retries", "0");
    p.setProperty("publication.name", config.publication());
    p.setProperty("publication.autocreate.mode", "disabled");
    p.setProperty("table.include.list", WalReader.TABLE);
    p.setProperty("column.exclude.list", WalReader.TABLE + ".transaction_id");
    // Other programs' messages and our heartbeat: their transactions are enough.
    p.setProperty("message.prefix.exclude.list", ".*");
    // Ends of transactions, which carry the commit LSN.
    p.setProperty("provide.transaction.metadata", "true");
    p.setProperty("tombstones.on.delete", "false");
  }

  private static void resume(Properties p) {
    p.setProperty("offset.storage", MemoryOffsetBackingStore.class.getName());
    p.setProperty("snapshot.mode", "no_data");
    p.setProperty("lsn.flush.mode", "connector");
    p.setProperty("lsn.flush.timeout.action", "fail");
    p.setProperty("errors.max.retries", "0");
  }

  private static void flow(Properties p, CdcConfig config, WalQueue.Buffer buffer) {
    // How long the WAL thread sleeps when there is nothing to read.
    p.setProperty("poll.interval.ms", "2");
    p.setProperty("max.batch.size", "1");
    p.setProperty("queue.provider.type", WalQueue.TYPE);
    p.setProperty(WalQueue.BUFFER, buffer.id());
    p.setProperty("record.processing.threads", "1");
    // A walsender whose client stands still gives up the slot.
    long lease = config.limits().lease().toMillis();
    p.setProperty("status.update.interval.ms", Long.toString(lease / 4));
    p.setProperty("lsn.flush.timeout.ms", Long.toString(lease));
    p.setProperty("database.connectTimeout", Long.toString(Math.max(1, lease / 1_000)));
    p.setProperty("database.options", "-c wal_sender_timeout=" + lease);
    p.setProperty("executor.shutdown.timeout.ms", Long.toString(STOP_STREAMING_MILLIS));
    p.setProperty("task.management.timeout.ms", Long.toString(STOP_TASK_MILLIS));
  }
}
