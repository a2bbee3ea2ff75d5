package xalesin.projection.store;

import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import xalesin.projection.ViewSequences;

/**
 * The view sequences of the tenants of an open store, for readers who want to know whether anything
 * has changed without a look into it. It begins empty with each opening and takes what it does not
 * have from the store; so nothing of it can outlive the state that it tells of.
 *
 * <p>The writer says what is about to change before a batch becomes visible, and that it has become
 * visible after. So whoever sees a change in the store sees here that the view has changed, and as
 * long as a view's sequence stands still between two settled looks, so do its rows.
 *
 * <p>Written by one thread, read by any.
 */
final class PublishedSequences {
  /** Some 300 bytes each. Beyond it all are forgotten and read again as they are asked for. */
  static final int MAX_TENANTS = 8_192;

  private static final AtomicLong OPENINGS = new AtomicLong();

  private final long store = OPENINGS.incrementAndGet();
  private final int views;
  private final Map<String, ViewSequences> tenants = new ConcurrentHashMap<>();

  /**
   * @param views how many there are
   */
  PublishedSequences(int views) {
    this.views = views;
  }

  /** Before the first of the tenants of a batch: makes room. Nothing else is being written. */
  void beforeBatch() {
    if (tenants.size() >= MAX_TENANTS) {
      tenants.clear();
    }
  }

  /**
   * A batch is about to be written.
   *
   * @param before of the tenant, as it is in the store
   * @param sequence of the tenant behind the batch
   * @param changed a bit for each view that has rows in the batch, by the view's number
   */
  void changing(String tenant, TenantMeta before, long sequence, long changed) {
    tenants.compute(
        tenant,
        (_, known) -> {
          ViewSequences now = known == null ? of(before) : known;
          long[] sequences = now.changed();
          if (changed != 0) {
            sequences = sequences.clone();
            for (long rest = changed; rest != 0; rest &= rest - 1) {
              sequences[Long.numberOfTrailingZeros(rest)] = sequence;
            }
          }
          return new ViewSequences(store, now.sequence(), now.newest(), false, sequences);
        });
  }

  /** The batch is visible. */
  void changed(String tenant, TenantMeta now) {
    tenants.computeIfPresent(
        tenant,
        (_, known) -> new ViewSequences(store, now.sequence(), newest(now), true, known.changed()));
  }

  /**
   * @param stored reads the tenant's state from the store
   */
  ViewSequences of(String tenant, Supplier<TenantMeta> stored) {
    ViewSequences known = tenants.get(tenant);
    if (known != null) {
      return known;
    }
    if (tenants.size() >= MAX_TENANTS) {
      // Not kept, so not comparable either: whoever asks reads the store.
      ViewSequences unkept = of(stored.get());
      return new ViewSequences(store, unkept.sequence(), unkept.newest(), false, unkept.changed());
    }
    // Under the lock that the writer takes before it writes: either it waits, or it has been.
    return tenants.computeIfAbsent(tenant, _ -> of(stored.get()));
  }

  /** No view has changed since now. */
  private ViewSequences of(TenantMeta meta) {
    long[] sequences = new long[views];
    Arrays.fill(sequences, meta.sequence());
    return new ViewSequences(store, meta.sequence(), newest(meta), true, sequences);
  }

  private static @Nullable Instant newest(TenantMeta meta) {
    return meta.sequence() == 0 ? null : KeyBuffer.time(meta.newestMicros());
  }
}
