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
 * Whoever finds no room, or waits too long, is turned away. A tenant works at no more than half of
 * the places, and those of its requests that wait for that keep nobody else waiting. Thread-safe.
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
    this.shares =
        new TenantShares(half(places.working() + places.waiting()), half(places.working()));
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

  private static int half(int of) {
    return Math.max(1, of / 2);
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
    Semaphore own = shares.placesOf(share);
    boolean entered = false;
    try {
      entered = acquire(own, 0) || waitForFree(own);
    } finally {
      if (!entered) {
        shares.leave(share);
      }
    }
    return entered ? new Place(share, own) : null;
  }

  private boolean waitForFree(Semaphore own) throws InterruptedException {
    if (waiting.incrementAndGet() > places.waiting()) {
      waiting.decrementAndGet();
      full.increment();
      return false;
    }
    try {
      return acquirePatiently(own);
    } finally {
      waiting.decrementAndGet();
    }
  }

  private boolean acquirePatiently(Semaphore own) throws InterruptedException {
    boolean acquired = acquire(own, patienceNanos);
    if (!acquired) {
      tooLate.increment();
    }
    return acquired;
  }

  /** First of the tenant's own, then of all; at neither are those overtaken who wait. */
  private boolean acquire(Semaphore own, long nanos) throws InterruptedException {
    long begin = System.nanoTime();
    if (!own.tryAcquire(nanos, TimeUnit.NANOSECONDS)) {
      return false;
    }
    boolean acquired = false;
    try {
      long left = Math.max(0, nanos - (System.nanoTime() - begin));
      acquired = free.tryAcquire(left, TimeUnit.NANOSECONDS);
    } finally {
      if (!acquired) {
        own.release();
      }
    }
    return acquired;
  }

  /** Waits for something that is not work; says whether it has come. */
  @FunctionalInterface
  public interface Wait {
    boolean await() throws InterruptedException;
  }

  /**
   * A request's right to be worked on. For one thread; closing, once or more often, gives it to the
   * next.
   */
  public final class Place implements AutoCloseable {
    private final int share;
    private final Semaphore own;
    private boolean held = true;
    private boolean closed;

    private Place(int share, Semaphore own) {
      this.share = share;
      this.own = own;
    }

    /**
     * Lets others work while this request waits. It still counts towards its tenant's share.
     *
     * @return whether what it waited for has come; null when there was no place any more after it
     */
    public @Nullable Boolean lend(Wait wait) throws InterruptedException {
      stopWorking();
      boolean come = wait.await();
      held = acquirePatiently(own);
      return held ? Boolean.valueOf(come) : null;
    }

    @Override
    public void close() {
      if (closed) {
        return;
      }
      closed = true;
      if (held) {
        stopWorking();
      }
      shares.leave(share);
    }

    private void stopWorking() {
      held = false;
      free.release();
      own.release();
    }
  }
}
