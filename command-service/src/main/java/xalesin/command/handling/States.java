package xalesin.command.handling;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import xalesin.command.store.SeriesKey;
import xalesin.command.store.StreamKey;

/**
 * States of streams as they were at some version, and last numbers of series, to save reading them
 * again. What is here may be old at any time: another service may have appended. Bounded by weight.
 * Thread-safe.
 */
final class States {
  /**
   * @param weight about how many small objects it is made of, none when it is not worth keeping
   */
  record Known(Object state, long version, int weight) {}

  /** Objects of an entry besides its state: its key, its name, its place in the cache. */
  private static final int ENTRY_WEIGHT = 3;

  /** A few kinds of documents and years of each tenant that is busy. */
  private static final int MAX_SERIES = 100_000;

  private final Cache<StreamKey, Known> cache;
  private final Cache<SeriesKey, Long> lastNumbers =
      Caffeine.newBuilder().maximumSize(MAX_SERIES).build();

  States(long maxWeight, MeterRegistry registry) {
    this.cache =
        Caffeine.newBuilder()
            .maximumWeight(maxWeight)
            .weigher((StreamKey _, Known known) -> ENTRY_WEIGHT + known.weight())
            .recordStats()
            .build();
    FunctionCounter.builder("command.cache.hits", cache, c -> c.stats().hitCount())
        .description("States of streams found in memory")
        .register(registry);
    FunctionCounter.builder("command.cache.misses", cache, c -> c.stats().missCount())
        .description("States of streams folded from the table")
        .register(registry);
    Gauge.builder("command.cache.streams", cache, Cache::estimatedSize).register(registry);
  }

  @Nullable Known get(StreamKey stream) {
    return cache.getIfPresent(stream);
  }

  void put(StreamKey stream, Known known) {
    if (known.weight() > 0) {
      cache.put(stream, known);
    } else {
      cache.invalidate(stream);
    }
  }

  @Nullable Long lastNumber(SeriesKey series) {
    return lastNumbers.getIfPresent(series);
  }

  void putLastNumber(SeriesKey series, long last) {
    lastNumbers.put(series, last);
  }

  void forget(Iterable<StreamKey> streams) {
    cache.invalidateAll(streams);
    lastNumbers.invalidateAll();
  }

  /** The server may come back with an older log: a standby that had not got everything. */
  void forgetAll() {
    cache.invalidateAll();
    lastNumbers.invalidateAll();
  }
}
