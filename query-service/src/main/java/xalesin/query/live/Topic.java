package xalesin.query.live;

import java.time.Duration;
import java.util.Collection;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import xalesin.edge.ProblemException;
import xalesin.edge.Push;
import xalesin.projection.TenantViews;
import xalesin.projection.ViewsUnavailableException;
import xalesin.projection.changes.ChangeLog;

/**
 * One question of a tenant and all who follow it. Once a window it looks at the views at one
 * instant, makes one frame of what has changed and hands the same bytes to everybody; who comes, or
 * comes back, is brought to that same instant first. Thread-safe; evaluated by one thread at a
 * time, and no other waits for it. Whatever an evaluation fails of, the next begins anew: nobody is
 * left with old rows.
 *
 * <p>When the views of the tenant leave this process the topic waits for them. What it cannot know
 * afterwards (the log has begun anew) it does not guess: everybody is reset and gets all.
 */
final class Topic {
  private static final Logger LOG = LoggerFactory.getLogger(Topic.class);

  /** The stream thread is between writing a group and telling of it. */
  private static final Duration SOON = Duration.ofMillis(1);

  private static final Duration RETRY = Duration.ofMillis(100);

  /** Who waits longer for views tries another node, or again. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final LiveHub hub;
  private final String tenant;
  private final Question question;
  private final Runnable watcher;
  private final Set<Subscription> active = ConcurrentHashMap.newKeySet();
  private final Queue<Subscription> joining = new ConcurrentLinkedQueue<>();

  /** They join with the next window. */
  private final Queue<Subscription> returning = new ConcurrentLinkedQueue<>();

  private final AtomicBoolean waking = new AtomicBoolean();
  private final AtomicBoolean admitting = new AtomicBoolean();

  /** The evaluation under way, and those that were asked for meanwhile. */
  private final AtomicInteger turns = new AtomicInteger();

  private final Earliest changed = new Earliest();
  private volatile long evaluatedNanos;
  private volatile boolean newDay;
  private volatile boolean stopped;

  /** Why who comes cannot be given all there is; those who have it go on. */
  private volatile @Nullable ProblemException refusal;

  // For the evaluation under way.
  private @Nullable ChangeLog log;
  private long last = -1;

  /** Since when there is something to be handed out. */
  private long changedNanos = Earliest.NONE;

  /** Whether all who are active are known to have the state of {@code last}. */
  private boolean remembered;

  private long waitingSinceNanos;
  private boolean waiting;
  private boolean failing;

  /**
   * @param watcher what wakes the tenant's topics
   */
  Topic(LiveHub hub, String tenant, Question question, Runnable watcher) {
    this.hub = hub;
    this.tenant = tenant;
    this.question = question;
    this.watcher = watcher;
    this.evaluatedNanos = System.nanoTime() - question.window().toNanos();
  }

  /** Throws the problem that says why nobody else can follow it now. */
  void check() {
    ProblemException known = refusal;
    if (known != null) {
      throw known.problem().exception();
    }
  }

  String text() {
    return question.text();
  }

  /** The newcomer gets all, or what it has missed, at once and then everything. */
  void join(Subscription subscription) {
    joining.add(subscription);
    if (admitting.compareAndSet(false, true)) {
      hub.schedule(this::letIn, Duration.ZERO);
    }
  }

  /**
   * The subscription, which was too slow, gets what it has missed with the next window: slow
   * clients make no windows for all.
   */
  void comeBack(Subscription subscription) {
    returning.add(subscription);
    wakeAfterWindow();
  }

  void leave(Subscription subscription) {
    active.remove(subscription);
    joining.remove(subscription);
    returning.remove(subscription);
    hub.register().exit(tenant, this);
  }

  /**
   * Something may have changed.
   *
   * @param sinceNanos when it did
   */
  void wake(long sinceNanos) {
    changed.add(sinceNanos);
    wakeAfterWindow();
  }

  private void wakeAfterWindow() {
    wakeIn(Duration.ofNanos(Math.max(0, untilDueNanos())));
  }

  private long untilDueNanos() {
    return evaluatedNanos + question.window().toNanos() - System.nanoTime();
  }

  /** Figures of today are others now. */
  void wakeForNewDay() {
    newDay = true;
    wakeIn(Duration.ZERO);
  }

  private void wakeIn(Duration delay) {
    if (waking.compareAndSet(false, true)) {
      hub.schedule(this::awake, delay);
    }
  }

  private void awake() {
    waking.set(false);
    takeTurn();
  }

  private void letIn() {
    admitting.set(false);
    takeTurn();
  }

  /** Nobody follows it any more. */
  void stop() {
    stopped = true;
    hub.schedule(this::takeTurn, Duration.ZERO);
  }

  /** Evaluates, or leaves it to who does already to have it done again: no thread waits. */
  private void takeTurn() {
    if (turns.getAndIncrement() > 0) {
      return;
    }
    try {
      if (stopped) {
        unwatch();
      } else {
        evaluate();
      }
    } finally {
      if (turns.getAndSet(0) > 1) {
        hub.schedule(this::takeTurn, Duration.ZERO);
      }
    }
  }

  private void unwatch() {
    if (log != null) {
      hub.feed().unwatch(log, watcher);
      log = null;
    }
  }

  private void evaluate() {
    boolean isUrgent = !joining.isEmpty() || newDay || waiting;
    if (!isUrgent && untilDueNanos() > 0) {
      wakeAfterWindow();
      return;
    }
    changedNanos = Math.min(changedNanos, changed.take());
    for (Subscription next = returning.poll(); next != null; next = returning.poll()) {
      joining.add(next);
    }
    try {
      ChangeLog current = watched();
      if (joining.isEmpty() && !newDay && remembered && !current.hasChanged(last)) {
        waiting = false;
        changedNanos = Earliest.NONE;
        return;
      }
      try (TenantViews at = hub.views().snapshot(tenant)) {
        evaluate(at, current);
      }
    } catch (ViewsUnavailableException e) {
      await(RETRY, e);
    } catch (ProblemException e) {
      LOG.info("{} of {} is no longer pushed: {}", text(), tenant, e.getMessage());
      endAll();
    } catch (RuntimeException | Error e) {
      if (!failing) {
        LOG.error("{} of {} cannot be pushed for now", text(), tenant, e);
      }
      failing = true;
      await(RETRY, e);
    }
  }

  private ChangeLog watched() {
    ChangeLog current = log;
    if (current != null && current.isClosed()) {
      unwatch();
      current = null;
    }
    if (current == null) {
      current = hub.feed().watch(tenant, watcher);
      log = current;
    }
    return current;
  }

  private void evaluate(TenantViews at, ChangeLog current) {
    long now = at.sequence();
    if (current.head() < now) {
      await(SOON, null);
      return;
    }
    if (now < last) {
      // Restored to an older state: it comes back to where it was.
      await(RETRY, null);
      return;
    }
    evaluatedNanos = System.nanoTime();
    boolean goesOn = remembered && current.reaches(last);
    // What is thrown before all have been told leaves nobody with less than it is taken to have.
    remembered = false;
    if (goesOn) {
      advance(at, current, now);
    } else {
      beginAnew(at);
    }
    last = now;
    admit(at, current, now);
    remembered = true;
    waiting = false;
    failing = false;
    changedNanos = Earliest.NONE;
  }

  /** Everybody is brought to this instant from where it is. */
  private void beginAnew(TenantViews at) {
    newDay = false;
    refusal = null;
    question.parts().forEach(part -> part.remember(at));
    joining.addAll(active);
    active.clear();
  }

  /** Brings those who follow from the last instant to this one. */
  private void advance(TenantViews at, ChangeLog current, long now) {
    if (now == last && !newDay) {
      return;
    }
    newDay = false;
    long ageMillis = hub.ageMillis(tenant);
    Batch batch = new Batch(now);
    try {
      question.parts().forEach(part -> part.changes(at, current, last, batch));
    } catch (ProblemException e) {
      LOG.info("{} of {} is too much for one frame: {}", text(), tenant, e.getMessage());
      beginAnew(at);
      return;
    }
    refusal = null;
    Frame frame = Frame.batch(batch);
    if (!frame.isEmpty()) {
      hub.metrics().batch(now - last, frame.rows(), System.nanoTime() - sinceNanos(), ageMillis);
    }
    active.forEach(subscription -> give(subscription, frame));
  }

  /** Who comes may be ahead of what wakes all: then a change is taken to be of this instant. */
  private long sinceNanos() {
    return changedNanos == Earliest.NONE ? evaluatedNanos : changedNanos;
  }

  private void give(Subscription subscription, Frame frame) {
    if (frame.isEmpty()) {
      subscription.knows(frame.sequence());
      if (subscription.isEnded()) {
        active.remove(subscription);
      }
    } else if (!subscription.offer(frame)) {
      active.remove(subscription);
    }
  }

  private void admit(TenantViews at, ChangeLog current, long now) {
    Arrivals arrivals = new Arrivals(question.parts(), at, current, refusal);
    int coming = joining.size();
    for (int i = 0; i < coming; i++) {
      Subscription subscription = joining.poll();
      if (subscription == null) {
        break;
      }
      long since = subscription.sequence();
      if (since > now && !subscription.hasWaited(PATIENCE.toNanos())) {
        returning.add(subscription);
        continue;
      }
      active.add(subscription);
      Frame frame = arrivals.frameFor(since);
      if (frame == null) {
        active.remove(subscription);
        subscription.connection().end(Push.Ending.UNAVAILABLE);
        continue;
      }
      if (frame.isReset()) {
        hub.metrics().reset();
      }
      give(subscription, frame);
    }
    ProblemException found = arrivals.refusal();
    if (refusal == null && found != null) {
      LOG.info("{} of {} takes nobody in: {}", text(), tenant, found.getMessage());
    }
    refusal = found;
    if (!returning.isEmpty()) {
      wakeIn(RETRY);
    }
  }

  private void await(Duration delay, @Nullable Throwable why) {
    long now = System.nanoTime();
    if (!waiting) {
      waiting = true;
      waitingSinceNanos = now;
    }
    if (now - waitingSinceNanos < PATIENCE.toNanos()) {
      wakeIn(delay);
      return;
    }
    LOG.warn("{} of {} has waited for its views in vain", text(), tenant, why);
    endAll();
  }

  private void endAll() {
    Stream.of(active, joining, returning)
        .flatMap(Collection::stream)
        .toList()
        .forEach(subscription -> subscription.connection().end(Push.Ending.UNAVAILABLE));
  }
}
