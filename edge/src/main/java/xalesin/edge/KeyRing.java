package xalesin.edge;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An issuer's keys as they are now. They are read again when they have aged, beside the requests,
 * and when a token names a key that is not there, which then waits for it. However many such tokens
 * come, one reading is under way at a time and the next begins {@link #PAUSE} after the last one
 * began at the earliest. While the issuer cannot be reached, the keys that are known stay good.
 * Thread-safe.
 */
final class KeyRing {
  /** Between two readings: what a flood of made-up keys can do to the issuer. */
  static final Duration PAUSE = Duration.ofSeconds(10);

  /** Requests that wait for a reading at once; the others do without. */
  private static final int MAX_WAITING = 256;

  private static final Logger LOG = LoggerFactory.getLogger(KeyRing.class);

  private final KeySource source;
  private final Duration refreshEvery;
  private final LongSupplier nanoTime;
  private final Counter succeeded;
  private final Counter failed;
  private final Semaphore waiting = new Semaphore(MAX_WAITING);

  private volatile @Nullable Known known;
  private @Nullable CompletableFuture<Void> reading;
  private long lastBegun;

  private record Known(KeySet keys, long atNanos) {}

  /**
   * @param refreshEvery age at which the keys are read again
   */
  KeyRing(KeySource source, Duration refreshEvery, LongSupplier nanoTime, MeterRegistry registry) {
    this.source = source;
    this.refreshEvery = refreshEvery;
    this.nanoTime = nanoTime;
    this.succeeded = registry.counter("identity.keys.read", "outcome", "ok");
    this.failed = registry.counter("identity.keys.read", "outcome", "failed");
  }

  boolean hasKeys() {
    return known != null;
  }

  /**
   * Reads the keys for the first time and waits for them; whether there are any then is another
   * question.
   */
  void fill() {
    await(refresh());
  }

  /** Begins to read the keys unless it is too early. */
  void retry() {
    var _ = refresh();
  }

  /**
   * @return null when the issuer has no such key
   * @throws ProblemException (503) when the issuer's keys have never been read yet
   */
  @Nullable JWSVerifier find(String kid, JWSAlgorithm algorithm) {
    JWSVerifier key = findKnown(kid, algorithm);
    if (key == null) {
      await(refresh());
      key = findKnown(kid, algorithm);
    }
    if (key == null && !hasKeys()) {
      throw Problems.noKeys(PAUSE.toSeconds());
    }
    return key;
  }

  private @Nullable JWSVerifier findKnown(String kid, JWSAlgorithm algorithm) {
    Known now = known;
    if (now == null) {
      return null;
    }
    JWSVerifier key = now.keys.find(kid, algorithm);
    if (key != null && nanoTime.getAsLong() - now.atNanos > refreshEvery.toNanos()) {
      var _ = refresh();
    }
    return key;
  }

  /** The reading that is under way or has just begun; null when it is too early for one. */
  private synchronized @Nullable CompletableFuture<Void> refresh() {
    CompletableFuture<Void> last = reading;
    if (last != null && !last.isDone()) {
      return last;
    }
    long now = nanoTime.getAsLong();
    if (last != null && now - lastBegun < PAUSE.toNanos()) {
      return null;
    }
    lastBegun = now;
    CompletableFuture<Void> next = new CompletableFuture<>();
    reading = next;
    Thread.ofVirtual()
        .name("identity-keys")
        .start(
            () -> {
              try {
                read();
              } finally {
                next.complete(null);
              }
            });
    return next;
  }

  private void read() {
    try {
      known = new Known(KeySet.parse(source.read()), nanoTime.getAsLong());
      succeeded.increment();
    } catch (IOException | IllegalArgumentException e) {
      failed.increment();
      LOG.warn("no new keys, those that are known stay good: {}", e.getMessage());
      LOG.debug("{}", source, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void await(@Nullable CompletableFuture<Void> current) {
    if (current == null || !waiting.tryAcquire()) {
      return;
    }
    try {
      current.get(KeySource.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      LOG.debug("the keys are still being read", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("readings end without exception", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      waiting.release();
    }
  }
}
