package xalesin.projection.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import xalesin.projection.ViewSequences;

class PublishedSequencesTest {
  private static final int VIEWS = 3;
  private static final int CHANGES = 200_000;

  /** Changes after which the writer waits until its readers have seen more. */
  private static final int INSTANT = 10_000;

  /** Generous: the machine may be busy. */
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private final PublishedSequences published = new PublishedSequences(VIEWS);

  private static TenantMeta notAsked() {
    throw new AssertionError("the store was asked");
  }

  private static TenantMeta at(long sequence) {
    return new TenantMeta(sequence, sequence, 0);
  }

  private void batch(String tenant, long before, long sequence, long changed) {
    published.beforeBatch();
    published.changing(tenant, at(before), sequence, changed);
    published.changed(tenant, at(sequence));
  }

  @Test
  void a_tenant_not_heard_of_is_asked_of_the_store_once() {
    assertThat(published.of("acme", () -> at(7)).changed()).containsExactly(7, 7, 7);
    assertThat(published.of("acme", PublishedSequencesTest::notAsked).sequence()).isEqualTo(7);
  }

  @Test
  void only_the_views_of_a_batch_move_and_they_move_before_it_is_seen() {
    published.of("acme", () -> at(7));
    published.changing("acme", at(7), 9, 0b010);
    ViewSequences meanwhile = published.of("acme", PublishedSequencesTest::notAsked);
    assertThat(meanwhile.settled()).isFalse();
    assertThat(meanwhile.sequence()).isEqualTo(7);
    assertThat(meanwhile.changed()).containsExactly(7, 9, 7);
    published.changed("acme", at(9));
    assertThat(published.of("acme", PublishedSequencesTest::notAsked).settled()).isTrue();
    assertThat(published.of("acme", PublishedSequencesTest::notAsked).sequence()).isEqualTo(9);
    assertThat(published.of("acme", PublishedSequencesTest::notAsked).changed())
        .containsExactly(7, 9, 7);
    assertThat(published.of("bcme", () -> at(1)).changed()).containsExactly(1, 1, 1);
  }

  @Test
  void beyond_their_bound_tenants_are_forgotten_but_not_taken_for_unchanged() {
    batch("first", 0, 5, 0b001);
    for (int i = 1; i < PublishedSequences.MAX_TENANTS; i++) {
      batch("tenant-" + i, 0, 1, 0b001);
    }
    assertThat(published.of("late", () -> at(3)).settled()).isFalse();
    batch("another", 0, 1, 0b001);
    assertThat(published.of("first", () -> at(5)).changed()).containsExactly(5, 5, 5);
    assertThat(published.of("late", () -> at(3)).settled()).isTrue();
  }

  /** What the store shows of the tenant: its sequence, and per view when it last changed. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Shown(long sequence, long[] views) {}

  @Test
  void what_was_read_between_two_equal_looks_is_what_the_sequence_stands_for() throws Exception {
    AtomicReference<Shown> store = new AtomicReference<>(new Shown(0, new long[VIEWS]));
    Map<String, Long> seen = new ConcurrentHashMap<>();
    LongAdder steady = new LongAdder();
    AtomicBoolean done = new AtomicBoolean();
    Random random = new Random(20_261_122);
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      Future<?> reader = threads.submit(() -> read(store, seen, steady, done));
      Future<?> other = threads.submit(() -> read(store, seen, steady, done));
      for (long sequence = 1; sequence <= CHANGES; sequence++) {
        int view = random.nextInt(VIEWS);
        Shown before = store.get();
        long[] views = before.views().clone();
        views[view] = sequence;
        published.beforeBatch();
        published.changing("acme", at(sequence - 1), sequence, 1L << view);
        store.set(new Shown(sequence, views));
        published.changed("acme", at(sequence));
        if (sequence % INSTANT == 0) {
          // Nothing is written now, so that whoever reads must see it stand still.
          long least = sequence / INSTANT;
          await()
              .atMost(PATIENCE)
              .pollDelay(Duration.ZERO)
              .pollInterval(Duration.ofMillis(1))
              .until(() -> reader.isDone() || other.isDone() || steady.sum() >= least);
        }
      }
      done.set(true);
      reader.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      other.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
    assertThat(steady.sum()).isGreaterThanOrEqualTo(CHANGES / INSTANT);
  }

  /** As the reads of a query service do it. */
  private void read(
      AtomicReference<Shown> store, Map<String, Long> seen, LongAdder steady, AtomicBoolean done) {
    while (!done.get()) {
      ViewSequences before = published.of("acme", () -> at(store.get().sequence()));
      Shown shown = store.get();
      ViewSequences after = published.of("acme", () -> at(store.get().sequence()));
      for (int view = 0; view < VIEWS; view++) {
        if (before.settled() && before.changed()[view] == after.changed()[view]) {
          steady.increment();
          String label = view + "@" + before.changed()[view];
          Long content = seen.putIfAbsent(label, shown.views()[view]);
          assertThat(content == null ? shown.views()[view] : content)
              .as(label)
              .isEqualTo(shown.views()[view]);
        }
      }
    }
  }
}
