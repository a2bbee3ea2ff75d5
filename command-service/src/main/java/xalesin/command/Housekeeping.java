package xalesin.command;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import xalesin.command.store.EventStore;
import xalesin.command.store.StoreException;

/** Deletes first answers that are no longer promised, a bounded number at a time, on one thread. */
final class Housekeeping implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);

  /** One statement's share: short enough to be in nobody's way. */
  private static final int BATCH = 5_000;

  /** What a run may delete at most, so that it ends; above what a busy service writes meanwhile. */
  private static final int MAX_BATCHES = 400;

  private final EventStore store;
  private final Duration keep;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("command-housekeeping").daemon().factory());

  Housekeeping(EventStore store, Duration keep, Duration every) {
    this.store = store;
    this.keep = keep;
    long millis = every.toMillis();
    var _ = thread.scheduleWithFixedDelay(this::forget, millis, millis, TimeUnit.MILLISECONDS);
  }

  private void forget() {
    try {
      for (int i = 0; i < MAX_BATCHES && !thread.isShutdown(); i++) {
        if (store.forgetAnswers(keep, BATCH) < BATCH) {
          return;
        }
      }
    } catch (StoreException e) {
      LOG.warn("old answers stay for now: {}", e.getMessage());
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
