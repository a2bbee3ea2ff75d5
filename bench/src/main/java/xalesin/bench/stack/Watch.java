package xalesin.bench.stack;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks at something at a fixed rate, on a thread of its own, until it is closed. Thread-safe;
 * looks come one after the other.
 */
public final class Watch implements AutoCloseable {
  private final Look look;
  private final ScheduledExecutorService clockwork =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon(true).factory());

  /** Guarded by this. */
  private @Nullable IOException failure;

  /** One look at what is watched. */
  public interface Look {
    void look() throws IOException, InterruptedException;
  }

  /** Begins at once. */
  public Watch(Duration every, Look look) {
    this.look = look;
    var _ =
        clockwork.scheduleAtFixedRate(this::lookOnce, 0, every.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void lookOnce() {
    IOException failed = null;
    try {
      look.look();
    } catch (IOException e) {
      failed = e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    synchronized (this) {
      failure = failed;
      notifyAll();
    }
  }

  /**
   * Waits until it holds, asked after each look.
   *
   * @return false when time was up before
   * @throws IOException why the last look failed
   */
  public synchronized boolean await(BooleanSupplier condition, Duration limit)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (failure != null) {
        throw failure;
      }
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      wait(left / 1_000_000 + 1);
    }
    return true;
  }

  @Override
  public void close() {
    clockwork.shutdownNow();
  }
}
