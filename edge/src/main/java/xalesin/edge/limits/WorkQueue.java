package xalesin.edge.limits;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The places of one class of work and those who wait for them, in the order in which they came.
 * Whoever finds no room, or waits too long, is turned away. Thread-safe.
 */
public final class WorkQueue {
  private final WorkConfig.Places places;
  private final long patienceNanos;
  private final Semaphore free;
  private final AtomicInteger waiting = new AtomicInteger();
  private final TenantShares shares;
  private final Counter full;
  private final Counter tenantFull;
  private final Counter tooLate;

  WorkQueue(String name, WorkConfig.Places places, Duration patience, MeterRegistry registry) {
    this.places = places;
    this.patienceNanos = patience.toNanos();
    this.free = new Semaphore(places.working(), true);
    this.shares = new TenantShares(Math.max(1, (places.working() + places.waiting()) / 2));
    this.full = shed(name, "queue-full", registry);
    this.tenantFull = shed(name, "tenant-share", registry);
    this.tooLate = shed(name, "waited-too-long", registry);
    Gauge.builder("http.server.work", this, q -> q.places.working() - q.free.availablePermits())
        .description("Requests worked on now")
        .tag("class", name)
        .register(registry);
    Gauge.builder("http.server.work.waiting", waiting, AtomicInteger::get)
        .description("Requests waiting for a place to work")
        .tag("class", name)
        .register(registry);
  }

  private static Counter shed(String name, String reason, MeterRegistry registry) {
    return Counter.builder("http.server.work.shed")
        .description("Requests turned away with 503 before any work was done")
        .tag("class", name)
        .tag("reason", reason)
        .register(registry);
  }

  /** A place to work; null when the request is to be turned away. */
  @Nullable Place enter(String tenant) throws InterruptedException {
    int share = shares.counterOf(tenant);
    if (!shares.enter(share)) {
      tenantFull.increment();
      return null;
    }
    boolean entered = false;
    try {
      entered = takeFree() || waitForFree();
    } finally {
      if (!entered) {
        shares.leave(share);
      }
    }
    return entered ? new Place(share) : null;
  }

  /** Does not overtake those who wait. */
  private boolean takeFree() {
    return waiting.get() == 0 && free.tryAcquire();
  }

  private boolean waitForFree() throws InterruptedException {
    if (waiting.incrementAndGet() > places.waiting()) {
      waiting.decrementAndGet();
      full.increment();
      return false;
    }
    try {
      return acquire();
    } finally {
      waiting.decrementAndGet();
    }
  }

  private boolean acquire() throws InterruptedException {
    boolean acquired = free.tryAcquire(patienceNanos, TimeUnit.NANOSECONDS);
    if (!acquired) {
      tooLate.increment();
    }
    return acquired;
  }

  /** Waits for something that is not work; says whether it has come. */
  @FunctionalInterface
  public interface Wait {
    boolean await() throws InterruptedException;
  }

  /** A request's right to be worked on. For one thread; closing gives it to the next. */
  public final class Place implements AutoCloseable {
    private final int share;
    private boolean held = true;

    private Place(int share) {
      this.share = share;
    }

    /**
     * Lets others work while this request waits. It still counts towards its tenant's share.
     *
     * @return whether what it waited for has come; null when there was no place any more after it
     */
    public @Nullable Boolean lend(Wait wait) throws InterruptedException {
      held = false;
      free.release();
      boolean come = wait.await();
      held = free.tryAcquire() || acquire();
      return held ? Boolean.valueOf(come) : null;
    }

    @Override
    public void close() {
      if (held) {
        free.release();
      }
      shares.leave(share);
    }
  }
}
