package xalesin.cdc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Write load: a few threads append transactions of one to a few rows for one to a few tenants,
 * until closed. Closing waits for them and fails when one of them has.
 */
final class Writers implements AutoCloseable {
  private static final String[] TENANTS = {"ada", "bob", "cyd", "dan", "eve", "fay", "gus"};
  private static final int THREADS = 2;
  private static final int MOST_ROWS = 12;

  /** Load, not overload: the table must not grow faster than tests can read the topic. */
  private static final long PAUSE_NANOS = 5_000_000;

  private final Road road;
  private final ExecutorService executor = Executors.newFixedThreadPool(THREADS);
  private final List<Future<Void>> running = new ArrayList<>();
  private final AtomicLong committed = new AtomicLong();
  private volatile boolean stopped;

  private Writers(Road road) {
    this.road = road;
  }

  static Writers start(Road road, long seed) {
    Writers writers = new Writers(road);
    for (int i = 0; i < THREADS; i++) {
      Random random = new Random(seed + i);
      Callable<Void> loop = () -> writers.write(random);
      writers.running.add(writers.executor.submit(loop));
    }
    return writers;
  }

  /** Transactions committed so far. */
  long committed() {
    return committed.get();
  }

  private Void write(Random random) throws SQLException {
    try (Connection connection = road.database.connect()) {
      while (!stopped) {
        String[] tenants = new String[1 + random.nextInt(MOST_ROWS)];
        int different = 1 + random.nextInt(3);
        int first = random.nextInt(TENANTS.length);
        for (int i = 0; i < tenants.length; i++) {
          tenants[i] = TENANTS[(first + random.nextInt(different)) % TENANTS.length];
        }
        Road.append(connection, tenants);
        committed.incrementAndGet();
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
    return null;
  }

  @Override
  public void close() throws InterruptedException {
    stopped = true;
    executor.shutdown();
    for (Future<Void> writer : running) {
      try {
        writer.get();
      } catch (ExecutionException e) {
        throw new AssertionError("a writer failed", e.getCause());
      }
    }
  }
}
