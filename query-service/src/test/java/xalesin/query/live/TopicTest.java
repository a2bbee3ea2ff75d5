package xalesin.query.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import xalesin.projection.TenantViews;
import xalesin.projection.ViewsUnavailableException;
import xalesin.projection.changes.ChangeLog;

/** What those who follow a question have, whatever happens to its evaluations. */
class TopicTest {
  private static final Duration WITHIN = Duration.ofSeconds(60);
  private static final UUID ROW = new UUID(7, 7);

  private final TestHub rig = new TestHub();

  @AfterEach
  void close() {
    rig.close();
  }

  private static void until(Callable<Boolean> condition) {
    await().atMost(WITHIN).pollInterval(Duration.ofMillis(2)).until(condition);
  }

  /** The row as figures: they remember what they have told. */
  private static FiguresPart figures() {
    return new FiguresPart("figures", at -> Objects.requireNonNull(at.row(MemoryViews.VIEW, ROW.toString())));
  }

  /** Throws in the evaluations of changes that are told to. */
  private static final class Failing implements Part {
    private final AtomicInteger times = new AtomicInteger();
    private final Supplier<Throwable> failure;

    Failing(Supplier<Throwable> failure) {
      this.failure = failure;
    }

    void next(int count) {
      times.set(count);
    }

    private void fail() {
      if (times.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
        switch (failure.get()) {
          case RuntimeException e -> throw e;
          case Error e -> throw e;
          case Throwable e -> throw new IllegalArgumentException(e);
        }
      }
    }

    @Override
    public void check(TenantViews at) {
      // Can be followed.
    }

    @Override
    public void remember(TenantViews at) {
      fail();
    }

    @Override
    public void all(TenantViews at, Batch batch) {
      fail();
    }

    @Override
    public void changes(TenantViews at, ChangeLog log, long since, Batch batch) {
      fail();
    }

    @Override
    public void missed(TenantViews at, ChangeLog log, long since, Batch batch) {
      fail();
    }
  }

  private void goesOnAfter(Supplier<Throwable> failure) {
    Failing failing = new Failing(failure);
    rig.views.put(ROW, "{\"n\":1}");
    TestPush client = rig.follow(TestHub.question(figures(), failing));
    until(() -> client.newest().contains("{\"n\":1}"));
    failing.next(2);
    rig.views.put(ROW, "{\"n\":2}");
    until(() -> client.newest().contains("{\"n\":2}"));
    assertThat(client.ending()).isNull();
    rig.views.put(ROW, "{\"n\":3}");
    until(() -> client.newest().contains("{\"n\":3}"));
  }

  @Test
  void nobody_keeps_old_rows_after_an_error_in_the_midst_of_an_evaluation() {
    goesOnAfter(() -> new OutOfMemoryError("of a test"));
  }

  @Test
  void nobody_keeps_old_rows_after_views_went_away_in_the_midst_of_an_evaluation() {
    goesOnAfter(() -> new ViewsUnavailableException(0, "of a test"));
  }

  @Test
  void who_comes_during_an_error_gets_all_afterwards() {
    rig.views.put(ROW, "{\"n\":1}");
    Failing failing = new Failing(() -> new OutOfMemoryError("of a test"));
    failing.next(3);
    TestPush client = rig.follow(TestHub.question(figures(), failing));
    until(() -> client.newest().contains("\"snapshot\""));
    assertThat(client.newest()).contains("{\"n\":1}");
  }

  @Test
  void views_that_cannot_be_read_for_a_while_are_waited_for() {
    rig.views.put(ROW, "{\"n\":1}");
    rig.views.refuse(3, () -> new ViewsUnavailableException(0, "of a test"));
    TestPush client = rig.follow(TestHub.whole());
    until(() -> client.newest().contains("{\"n\":1}"));
    assertThat(client.ending()).isNull();
  }
}
