package xalesin.edge.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import xalesin.edge.RouteClass;

/**
 * The buckets of one kind of key, in bounded memory. A key that has not been seen for the longest
 * window of its buckets has full ones, so that forgetting it loses nothing. When more keys come
 * than there is room for, some are forgotten before; therefore a key that comes while there is no
 * room begins with one request instead of a whole bucket: flooding the map gains nothing.
 * Thread-safe.
 */
final class Meters<K> {
  /** One for each class of route. */
  private static final int SLOTS = 4;

  private final int capacity;
  private final TimeMeter clock;
  private final Cache<K, Holder> holders;

  /** The buckets of a key: one for each class, made when needed. */
  private static final class Holder {
    private final boolean cameInAFlood;
    private final AtomicReferenceArray<Meter> byClass;
    private volatile long windowNanos;

    Holder(boolean cameInAFlood, int classes, long windowNanos) {
      this.cameInAFlood = cameInAFlood;
      this.byClass = new AtomicReferenceArray<>(classes);
      this.windowNanos = windowNanos;
    }
  }

  Meters(int capacity, TimeMeter clock) {
    this.capacity = capacity;
    this.clock = clock;
    this.holders =
        Caffeine.newBuilder()
            .maximumSize(capacity)
            .expireAfter(Expiry.<K, Holder>accessing((_, holder) -> windowOf(holder)))
            .ticker(clock::currentTimeNanos)
            // On the thread that asks: behind it, a flood could fill the heap.
            .executor(Runnable::run)
            .build();
  }

  private static Duration windowOf(Holder holder) {
    return Duration.ofNanos(holder.windowNanos);
  }

  /** For keys that have one bucket whatever the class. */
  Meter of(K key, Limit limit) {
    return of(key, limit, 0);
  }

  Meter of(K key, RouteClass routeClass, Limit limit) {
    int slot =
        switch (routeClass) {
          case READ -> 0;
          case COMMAND -> 1;
          case SEARCH -> 2;
          case LIVE -> 3;
        };
    return of(key, limit, slot);
  }

  private Meter of(K key, Limit limit, int index) {
    long windowNanos = TimeUnit.SECONDS.toNanos(limit.policy().windowSeconds());
    Holder holder = holders.getIfPresent(key);
    if (holder == null) {
      holder = holders.get(key, _ -> new Holder(isFull(), SLOTS, windowNanos));
    }
    if (holder.windowNanos < windowNanos) {
      holder.windowNanos = windowNanos;
      var _ = holders.getIfPresent(key); // It is to be kept for the longer window from now on.
    }
    Meter meter = holder.byClass.get(index);
    return meter == null ? made(holder, index, limit) : meter;
  }

  private Meter made(Holder holder, int index, Limit limit) {
    long tokens = holder.cameInAFlood ? limit.cost() : limit.policy().quota();
    Meter made = new Meter(limit, tokens, clock);
    Meter witness = holder.byClass.compareAndExchange(index, null, made);
    return witness == null ? made : witness;
  }

  private boolean isFull() {
    return holders.estimatedSize() >= capacity;
  }

  /** Keys held. */
  long size() {
    return holders.estimatedSize();
  }
}
