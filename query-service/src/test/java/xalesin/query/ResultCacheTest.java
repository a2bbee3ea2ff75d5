package xalesin.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static xalesin.query.Reader.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import xalesin.query.ResultCache.Fresh;
import xalesin.query.ResultCache.Shared;

class ResultCacheTest {
  private static final Question QUESTION = new Question("acme", "/api/parties");
  private static final int CALLERS = 16;

  private final ResultCache cache = new ResultCache(1 << 20, new SimpleMeterRegistry());
  private final AtomicInteger reads = new AtomicInteger();
  private final CountDownLatch mayEnd = new CountDownLatch(1);

  private static Fresh answer(String text, boolean steady) {
    return new Fresh(new StoredAnswer(text.getBytes(UTF_8), "\"1\"", 1, 1, 1), 1, steady);
  }

  /** Reads that all have begun, or wait for the one that has, before the first may end. */
  private List<Throwable> ask(ResultCache.Adoption adoption, Supplier<Fresh> read)
      throws InterruptedException {
    List<Thread> callers = new ArrayList<>();
    List<Throwable> outcomes = Collections.synchronizedList(new ArrayList<>());
    for (int i = 0; i < CALLERS; i++) {
      callers.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      Shared shared = cache.share(QUESTION, adoption, read);
                      assertThat(shared.fresh().answer().json()).isNotEmpty();
                    } catch (InterruptedException | RuntimeException | AssertionError e) {
                      outcomes.add(e);
                    }
                  }));
    }
    await().until(() -> callers.stream().allMatch(ResultCacheTest::waits));
    mayEnd.countDown();
    for (Thread caller : callers) {
      caller.join(Reader.PATIENCE);
    }
    return outcomes;
  }

  private static boolean waits(Thread thread) {
    return thread.getState() == Thread.State.WAITING
        || thread.getState() == Thread.State.TIMED_WAITING;
  }

  private void read() {
    reads.incrementAndGet();
    try {
      assertThat(mayEnd.await(Reader.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void of_those_who_ask_at_once_one_reads() throws Exception {
    List<Throwable> failures =
        ask(
            (answer, steady) -> new Fresh(answer, 1, steady),
            () -> {
              read();
              return answer("[]", true);
            });
    assertThat(failures).isEmpty();
    assertThat(reads).hasValue(1);
    assertThat(cache.kept(QUESTION)).isNotNull();
  }

  @Test
  void they_share_its_failure_which_is_not_kept() throws Exception {
    IllegalStateException broken = new IllegalStateException("broken");
    List<Throwable> failures =
        ask(
            (answer, steady) -> new Fresh(answer, 1, steady),
            () -> {
              read();
              throw broken;
            });
    assertThat(failures).hasSize(CALLERS).allMatch(broken::equals);
    assertThat(reads).hasValue(1);
    assertThat(cache.kept(QUESTION)).isNull();
    assertThat(cache.share(QUESTION, (_, _) -> null, () -> answer("[]", true)).own()).isTrue();
  }

  @Test
  void an_answer_that_does_not_hold_for_a_caller_is_not_taken() throws Exception {
    List<Throwable> failures =
        ask(
            (_, _) -> null,
            () -> {
              read();
              return answer("[]", true);
            });
    assertThat(failures).isEmpty();
    assertThat(reads).hasValue(CALLERS);
  }

  @Test
  void what_was_read_while_it_changed_is_not_kept() throws Exception {
    assertThat(cache.share(QUESTION, (_, _) -> null, () -> answer("[]", false)).own()).isTrue();
    assertThat(cache.kept(QUESTION)).isNull();
  }
}
