package xalesin.query;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whole answers by question, bounded by the memory that they take. It decides nothing about their
 * validity: each says itself what it holds for, and one that no longer holds is replaced or pushed
 * out, never answered. Thread-safe.
 *
 * <p>Of those who ask the same at the same time one reads, and the others take what it has read, or
 * the problem that it has met, when it holds for them. A problem is not kept.
 */
final class ResultCache {
  /** A read takes milliseconds; who has waited so long reads on its own. */
  private static final Duration MAX_JOIN = Duration.ofSeconds(10);

  /** Others' answers may be too old for a reader who has waited for its write. */
  private static final int MAX_JOINS = 2;

  private final Cache<Question, StoredAnswer> answers;
  private final Map<Question, CompletableFuture<Fresh>> flights = new ConcurrentHashMap<>();
  private final Map<Way, LongAdder> requests = new EnumMap<>(Way.class);
  private final LongAdder evictions = new LongAdder();
  private final LongAdder reads = new LongAdder();
  private final LongAdder saved = new LongAdder();

  /** How a request came to its answer; as `Cache-Status` says it (RFC 9211). */
  enum Way {
    /** By a kept answer, or by a tag that still holds. */
    HIT("xalesin; hit"),
    /** There was none. */
    MISS("xalesin; fwd=miss"),
    /** There was one that no longer held. */
    STALE("xalesin; fwd=stale"),
    /** Another request's read. */
    COLLAPSED("xalesin; fwd=miss; collapsed"),
    /** As the request demanded. */
    REQUEST("xalesin; fwd=request"),
    /** Such answers are not kept. */
    BYPASS("xalesin; fwd=bypass");

    private final String status;
    private final String statusStored;

    Way(String status) {
      this.status = status;
      this.statusStored = status + "; stored";
    }

    String status(boolean stored) {
      return stored ? statusStored : status;
    }
  }

  /**
   * An answer just read.
   *
   * @param steady whether nothing was written meanwhile to what it was read from, so that what it
   *     says it holds for is true
   */
  record Fresh(StoredAnswer answer, long sequence, boolean steady) {}

  /** Decides on an answer that was read for another request. */
  @FunctionalInterface
  interface Adoption {
    /** The answer as it holds now; null when it does not. */
    @Nullable Fresh of(StoredAnswer answer, boolean steady);
  }

  /** An answer and whether it was read for this request. */
  record Shared(Fresh fresh, boolean own) {}

  ResultCache(long maxBytes, MeterRegistry registry) {
    answers =
        Caffeine.newBuilder()
            .maximumWeight(maxBytes)
            .weigher(ResultCache::weight)
            .evictionListener((_, _, _) -> evictions.increment())
            .executor(Runnable::run)
            .build();
    for (Way way : Way.values()) {
      LongAdder counted = new LongAdder();
      requests.put(way, counted);
      FunctionCounter.builder("query.cache.requests", counted, LongAdder::sum)
          .description("Reads by how they came to their answer")
          .tag("result", way.name().toLowerCase(Locale.ROOT))
          .register(registry);
    }
    counter(registry, "query.cache.evictions", "Answers pushed out for others", evictions);
    counter(registry, "query.store.reads", "Index entries, rows and look-ups read", reads);
    counter(registry, "query.store.reads.saved", "Those that kept answers have saved", saved);
    Gauge.builder("query.cache.size", this, ResultCache::bytes)
        .description("Memory of the kept answers")
        .baseUnit("bytes")
        .register(registry);
  }

  private static void counter(
      MeterRegistry registry, String name, String description, LongAdder counted) {
    FunctionCounter.builder(name, counted, LongAdder::sum)
        .description(description)
        .register(registry);
  }

  private static int weight(Question question, StoredAnswer answer) {
    return 2 * question.text().length() + answer.bytes();
  }

  @Nullable StoredAnswer kept(Question question) {
    return answers.getIfPresent(question);
  }

  void keep(Question question, Fresh fresh) {
    if (fresh.steady) {
      answers.put(question, fresh.answer);
    }
  }

  /** A kept answer has grown by another form of it. */
  void grown(Question question, StoredAnswer answer) {
    var _ = answers.asMap().replace(question, answer, answer);
  }

  /** Notes how a request came to its answer. */
  void came(Way way) {
    requireNonNull(requests.get(way)).increment();
  }

  void saved(long storeReads) {
    saved.add(storeReads);
  }

  void read(long storeReads) {
    reads.add(storeReads);
  }

  /** Memory of the answers, as they are weighed. */
  long bytes() {
    answers.cleanUp();
    return answers.policy().eviction().orElseThrow().weightedSize().orElse(0);
  }

  /**
   * The answer by whoever asks first; it is kept.
   *
   * @param adoption of an answer that another request has read
   * @param read reads the store
   */
  Shared share(Question question, Adoption adoption, Supplier<Fresh> read)
      throws InterruptedException {
    for (int i = 0; i < MAX_JOINS; i++) {
      CompletableFuture<Fresh> own = new CompletableFuture<>();
      CompletableFuture<Fresh> first = flights.putIfAbsent(question, own);
      if (first == null) {
        return lead(question, own, adoption, read);
      }
      Fresh joined = join(first);
      if (joined == null) {
        break;
      }
      Fresh adopted = adoption.of(joined.answer, joined.steady);
      if (adopted != null) {
        return new Shared(adopted, false);
      }
    }
    Fresh alone = read.get();
    keep(question, alone);
    return new Shared(alone, true);
  }

  private Shared lead(
      Question question, CompletableFuture<Fresh> own, Adoption adoption, Supplier<Fresh> read) {
    try {
      // Who was first a moment ago may just have gone.
      StoredAnswer meanwhile = kept(question);
      if (meanwhile != null) {
        Fresh adopted = adoption.of(meanwhile, true);
        if (adopted != null) {
          own.complete(adopted);
          return new Shared(adopted, false);
        }
      }
      Fresh fresh = read.get();
      keep(question, fresh);
      own.complete(fresh);
      return new Shared(fresh, true);
    } catch (RuntimeException | Error e) {
      own.completeExceptionally(e);
      throw e;
    } finally {
      flights.remove(question, own);
    }
  }

  /** Null when it takes too long. */
  private static @Nullable Fresh join(CompletableFuture<Fresh> first) throws InterruptedException {
    try {
      return first.get(MAX_JOIN.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return null;
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException problem -> throw problem;
        case Error error -> throw error;
        case null, default -> throw new IllegalStateException(e);
      }
    }
  }
}
