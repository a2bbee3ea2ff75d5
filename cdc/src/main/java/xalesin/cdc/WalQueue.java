package xalesin.cdc;

import io.debezium.connector.base.QueueProvider;
import io.debezium.pipeline.DataChangeEvent;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Where Debezium's WAL thread leaves its records, and where they are fetched the moment they come.
 *
 * <p>Debezium's own queue is asked every {@code poll.interval.ms}: an interval of a millisecond,
 * which a low latency needs, keeps a processor busy, and a longer one is the latency. Here the
 * engine's poll always gets one record at once, a <em>turn</em>, whose only content is the offset
 * that the slot may be told; the engine hands it to {@link WalConsumer}, which spends its turn
 * waiting here for real records.
 *
 * <p>Thread-safe. Bounded by bytes, a record more or less: while it is full it says so, and
 * Debezium's WAL thread looks again every {@code poll.interval.ms}. It must not wait here, because
 * it holds the lock that a poll needs.
 */
public final class WalQueue implements QueueProvider<DataChangeEvent> {
  /** The value of {@code queue.provider.type}. */
  static final String TYPE = "xalesin";

  /** The setting that tells an engine's queue which {@link Buffer} is its own. */
  static final String BUFFER = "xalesin.queue.buffer";

  /** Of the record that is a turn. */
  static final String TURN = "turn";

  /** Debezium makes the queue by itself: this is how it finds what it shares with the consumer. */
  private static final ConcurrentMap<String, Buffer> BUFFERS = new ConcurrentHashMap<>();

  private static final AtomicLong NUMBERS = new AtomicLong();

  private @Nullable Buffer buffer;

  /** The records between Debezium's thread and ours, and the offset that the slot may be told. */
  static final class Buffer implements AutoCloseable {
    private final String id = Long.toString(NUMBERS.incrementAndGet());
    private final long maxBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition notEmpty = lock.newCondition();
    private final Condition many = lock.newCondition();
    private final ArrayDeque<DataChangeEvent> events = new ArrayDeque<>();
    private final ArrayDeque<Long> sizes = new ArrayDeque<>();
    private long bytes;
    private int wanted = Integer.MAX_VALUE;
    private volatile @Nullable SourceRecord settled;

    Buffer(long maxBytes) {
      this.maxBytes = maxBytes;
      BUFFERS.put(id, this);
    }

    String id() {
      return id;
    }

    /** All up to the record has been published. */
    void settle(SourceRecord last) {
      settled = last;
    }

    /**
     * Takes what is there, at most {@code max}; waits for the first one. Empty when none came in
     * time.
     *
     * @param rest how long to let records gather before any is taken, unless there are {@code max}
     */
    List<SourceRecord> take(int max, Duration wait, Duration rest) throws InterruptedException {
      lock.lockInterruptibly();
      try {
        wanted = max;
        long nanos = rest.toNanos();
        while (events.size() < max && nanos > 0) {
          nanos = many.awaitNanos(nanos);
        }
        nanos = wait.toNanos();
        while (events.isEmpty() && nanos > 0) {
          nanos = notEmpty.awaitNanos(nanos);
        }
        List<SourceRecord> taken = new ArrayList<>(Math.min(max, events.size()));
        while (taken.size() < max && !events.isEmpty()) {
          taken.add(events.removeFirst().getRecord());
          bytes -= sizes.removeFirst();
        }
        return taken;
      } finally {
        lock.unlock();
      }
    }

    private void put(DataChangeEvent event) {
      long size = event.objectSize();
      lock.lock();
      try {
        events.addLast(event);
        sizes.addLast(size);
        bytes += size;
        notEmpty.signal();
        if (events.size() >= wanted) {
          many.signal();
        }
      } finally {
        lock.unlock();
      }
    }

    private boolean isFull() {
      lock.lock();
      try {
        return bytes >= maxBytes;
      } finally {
        lock.unlock();
      }
    }

    /**
     * Writes into a turn what has been published by now: its maps are empty until then. A turn is
     * told once.
     *
     * @return false when nothing was published since the last one
     */
    boolean tell(SourceRecord turn) {
      SourceRecord last = settled;
      if (last == null) {
        return false;
      }
      settled = null;
      fill(turn.sourcePartition(), last.sourcePartition());
      fill(turn.sourceOffset(), last.sourceOffset());
      return true;
    }

    /** The maps of a turn were made by {@link #turn}. */
    @SuppressWarnings("unchecked")
    private static void fill(Map<String, ?> empty, Map<String, ?> from) {
      ((Map<String, Object>) empty).putAll(from);
    }

    private static DataChangeEvent turn() {
      return new DataChangeEvent(
          new SourceRecord(new HashMap<>(), new HashMap<>(), TURN, null, null));
    }

    @Override
    public void close() {
      BUFFERS.remove(id);
    }
  }

  /** For Debezium. */
  public WalQueue() {}

  @Override
  public String name() {
    return TYPE;
  }

  @Override
  public void configure(Map<String, ?> settings) {
    buffer = BUFFERS.get(String.valueOf(settings.get(BUFFER)));
    if (buffer == null) {
      throw new IllegalStateException("no buffer " + settings.get(BUFFER));
    }
  }

  @Override
  public void enqueue(DataChangeEvent event) {
    buffer().put(event);
  }

  @Override
  public DataChangeEvent poll() {
    return Buffer.turn();
  }

  /** There is always a turn to take; a full queue has no room for another record. */
  @Override
  public int size() {
    return buffer().isFull() ? Integer.MAX_VALUE : 1;
  }

  private Buffer buffer() {
    Buffer found = buffer;
    if (found == null) {
      throw new IllegalStateException("the queue is not configured");
    }
    return found;
  }
}
