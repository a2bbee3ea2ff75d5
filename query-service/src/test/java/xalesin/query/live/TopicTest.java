package xalesin.query.live;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Timer;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import xalesin.edge.ProblemException;
import xalesin.edge.Push;
import xalesin.projection.Page;
import xalesin.projection.TenantViews;
import xalesin.projection.ViewsUnavailableException;
import xalesin.projection.changes.ChangeLog;

/** What those who follow a question have, whatever happens to its evaluations. */
class TopicTest {
  private static final Duration WITHIN = Duration.ofSeconds(30);
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
    return new FiguresPart(
        "figures", at -> Objects.requireNonNull(at.row(MemoryViews.VIEW, ROW.toString())));
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
    public long bytes(TenantViews at) {
      return 0;
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

    @Override
    public long missedSince(ChangeLog log, long since) {
      return since;
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

  /** Changes nothing, and takes as long as it is told to. */
  private static final class Blocking implements Part {
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

    @Override
    public long bytes(TenantViews at) {
      return 0;
    }

    @Override
    public void remember(TenantViews at) {
      // Nothing.
    }

    @Override
    public void all(TenantViews at, Batch batch) {
      // Nothing.
    }

    @Override
    public void changes(TenantViews at, ChangeLog log, long since, Batch batch) {
      begun.countDown();
      TestHub.awaitLatch(goOn);
    }

    @Override
    public void missed(TenantViews at, ChangeLog log, long since, Batch batch) {
      // Nothing.
    }

    @Override
    public long missedSince(ChangeLog log, long since) {
      return since;
    }
  }

  private static Question named(String name, Duration window, Part... parts) {
    return new Question(name, window, List.of(parts));
  }

  private TestPush blocked(String name, Blocking part) {
    TestPush client = rig.follow(named(name, TestHub.WINDOW, part));
    until(() -> client.newest().contains("snapshot"));
    return client;
  }

  @Test
  void a_question_that_takes_long_does_not_hold_up_another() {
    Blocking slow = new Blocking();
    TestPush quick = rig.follow(TestHub.whole());
    blocked("slow", slow);
    rig.views.put(ROW, "{\"n\":0}");
    TestHub.awaitLatch(slow.begun);
    try {
      for (int i = 1; i <= 5; i++) {
        String row = "{\"n\":" + i + "}";
        rig.views.put(ROW, row);
        rig.follow(named("slow", TestHub.WINDOW, slow));
        until(() -> quick.newest().contains(row));
      }
    } finally {
      slow.goOn.countDown();
    }
  }

  @Test
  void the_delay_that_is_measured_counts_from_the_change_however_long_all_threads_are_busy() {
    Blocking one = new Blocking();
    Blocking two = new Blocking();
    TestPush client = rig.follow(TestHub.whole());
    until(() -> client.newest().contains("snapshot"));
    rig.settle();
    blocked("one", one);
    blocked("two", two);
    rig.views.put(ROW, "{\"n\":0}");
    TestHub.awaitLatch(one.begun);
    TestHub.awaitLatch(two.begun);
    rig.views.put(ROW, "{\"n\":1}");
    long changed = System.nanoTime();
    until(() -> System.nanoTime() - changed > TestHub.WINDOW.toNanos() * 5);
    long busy = System.nanoTime() - changed;
    one.goOn.countDown();
    two.goOn.countDown();
    until(() -> client.newest().contains("{\"n\":1}"));
    Timer delay = rig.registry.get("live.window.delay").timer();
    assertThat(delay.max(TimeUnit.NANOSECONDS)).isGreaterThanOrEqualTo((double) busy);
  }

  @Test
  void a_slow_client_that_comes_back_waits_for_the_window_and_makes_none_for_the_others() {
    Question question = named("q", Duration.ofHours(1), new RowsPart(MemoryViews.VIEW, null));
    rig.views.put(ROW, "{\"n\":0}");
    TestPush slow = new TestPush().stopTaking();
    rig.follow(rig.connect(slow), "q", TestHub.asked(question), -1);
    rig.settle();
    TestPush other = rig.follow(question);
    until(() -> other.newest().contains("{\"n\":0}"));
    for (int i = 1; rig.count("live.superseded") == 0; i++) {
      rig.views.put(ROW, "{\"n\":" + i + "}");
      TestPush newcomer = rig.follow(question);
      until(() -> newcomer.newest().contains("snapshot"));
    }
    rig.views.put(ROW, "{\"n\":\"newer\"}");
    rig.settle();
    int evaluated = rig.views.snapshotNanos().size();

    slow.goOnTaking();
    rig.settle();
    assertThat(rig.views.snapshotNanos()).hasSize(evaluated);
    assertThat(other.newest()).doesNotContain("newer");

    TestPush newcomer = rig.follow(question);
    for (TestPush each : List.of(newcomer, other, slow)) {
      until(() -> each.newest().contains("newer"));
    }
  }

  @Test
  void changes_are_gathered_for_a_window() {
    Duration window = Duration.ofMillis(40);
    TestPush client = rig.follow(named("q", window, new RowsPart(MemoryViews.VIEW, null)));
    until(() -> client.newest().contains("snapshot"));
    rig.settle();
    int changes = 0;
    long begun = System.nanoTime();
    while (client.messages().size() < 6) {
      rig.views.put(ROW, "{\"n\":" + ++changes + "}");
    }
    long windows = (System.nanoTime() - begun) / window.toNanos();
    assertThat(client.messages().size() - 1).isLessThanOrEqualTo((int) windows + 2);
    List<Long> instants = rig.views.snapshotNanos();
    for (int i = 1; i < instants.size(); i++) {
      assertThat(instants.get(i) - instants.get(i - 1)).isGreaterThanOrEqualTo(window.toNanos());
    }
  }

  @Test
  void figures_come_to_who_comes_back_though_no_event_has_changed_them() {
    AtomicInteger day = new AtomicInteger(1);
    FiguresPart today = new FiguresPart("day", _ -> day.toString().getBytes(US_ASCII));
    rig.views.put(ROW, "{}");
    TestPush before = new TestPush();
    Connection left = rig.connect(before);
    rig.follow(left, "q", TestHub.asked(named("q", TestHub.WINDOW, today)), -1);
    until(() -> before.newest().contains("\"upserts\":[1]"));
    left.abort();
    day.set(2);
    TestPush back = new TestPush();
    Question again = named("q", TestHub.WINDOW, today);
    rig.follow(rig.connect(back), "q", TestHub.asked(again), rig.views.sequence());
    until(() -> back.newest().contains("\"batch\"") && back.newest().contains("[2]"));
  }

  @Test
  void a_window_is_read_once_for_all_who_come_with_whatever_state() {
    AtomicInteger read = new AtomicInteger();
    WindowPart window =
        new WindowPart(
            MemoryViews.VIEW,
            at -> {
              read.incrementAndGet();
              byte[] row = Objects.requireNonNull(at.row(MemoryViews.VIEW, ROW.toString()));
              byte[] position =
                  ByteBuffer.allocate(16)
                      .putLong(ROW.getMostSignificantBits())
                      .putLong(ROW.getLeastSignificantBits())
                      .array();
              return new WindowPart.Answer(
                  new Page(List.of(row), List.of(position), false, 1), /* total= */ 1);
            });
    Question question = named("q", Duration.ofHours(1), window);
    rig.views.put(ROW, "{\"n\":1}");
    TestPush first = rig.follow(question);
    until(() -> first.newest().contains("{\"n\":1}"));
    long from = rig.views.sequence();
    for (int i = 2; i <= 4; i++) {
      rig.views.put(ROW, "{\"n\":" + i + "}");
    }
    rig.settle();
    for (long since = from; since < rig.views.sequence(); since++) {
      TestPush back = new TestPush();
      rig.follow(rig.connect(back), "q", TestHub.asked(question), since);
      until(() -> back.newest().contains("\"batch\"") && back.newest().contains("{\"n\":4}"));
    }
    TestPush knowing = new TestPush();
    rig.follow(rig.connect(knowing), "q", TestHub.asked(question), rig.views.sequence());
    rig.settle();
    assertThat(knowing.messages()).isEmpty();
    assertThat(read).hasValue(2);
  }

  private static String large(int kibibytes) {
    return "\"" + "x".repeat(kibibytes << 10) + "\"";
  }

  @Test
  void a_view_that_outgrows_what_is_pushed_refuses_newcomers_alone_until_it_is_smaller() {
    rig.views.put(ROW, "{\"n\":1}");
    TestPush follower = rig.follow(TestHub.whole());
    until(() -> follower.newest().contains("{\"n\":1}"));
    for (int i = 0; i < 5; i++) {
      rig.views.put(new UUID(1, i), large(1_000));
    }
    rig.views.put(ROW, "{\"n\":\"last\"}");
    until(() -> follower.newest().contains("last"));
    rig.settle();
    TestPush newcomer = rig.follow(TestHub.whole());
    until(() -> newcomer.ending() == Push.Ending.UNAVAILABLE);
    rig.settle();
    assertThat(follower.ending()).isNull();
    assertThatThrownBy(() -> rig.follow(TestHub.whole()))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("too-many-rows");
    rig.views.put(new UUID(1, 0), null);
    rig.views.put(new UUID(1, 1), "{\"n\":\"smaller\"}");
    until(() -> follower.newest().contains("smaller"));
    TestPush later = rig.follow(TestHub.whole());
    until(() -> later.newest().contains("snapshot"));
  }

  @Test
  void who_follows_more_than_a_frame_carries_is_told_to_go() {
    rig.views.put(ROW, "{\"n\":1}");
    TestPush follower = rig.follow(TestHub.whole());
    until(() -> follower.newest().contains("{\"n\":1}"));
    rig.views.put(ROW, large(9_000));
    until(() -> follower.ending() == Push.Ending.UNAVAILABLE);
    assertThat(follower.newest()).hasSizeLessThan(1_000);
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
