package xalesin.query.live;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import xalesin.edge.ProblemException;
import xalesin.projection.TenantViews;
import xalesin.projection.ViewsUnavailableException;
import xalesin.projection.changes.ChangeLog;

/**
 * One question of a tenant and all who follow it. Once a window it looks at the views at one
 * instant, makes one frame of what has changed and hands the same bytes to everybody; who comes, or
 * comes back, is brought to that same instant first. Thread-safe; evaluated by one thread at a
 * time.
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
  private final Set<Connection> active = ConcurrentHashMap.newKeySet();
  private final Queue<Connection> joining = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean queued = new AtomicBoolean();
  private final AtomicBoolean admitting = new AtomicBoolean();
  private volatile long wokenNanos;
  private volatile long evaluatedNanos;
  private volatile boolean newDay;
  private volatile boolean stopped;

  private @Nullable ChangeLog log;
  private long last = -1;
  private long waitingSinceNanos;
  private boolean waiting;

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

  String text() {
    return question.text();
  }

  /** The connection gets all, or what it has missed, and then everything. */
  void join(Connection connection) {
    joining.add(connection);
    if (admitting.compareAndSet(false, true)) {
      hub.schedule(this::evaluate, Duration.ZERO);
    }
  }

  void leave(Connection connection) {
    active.remove(connection);
    joining.remove(connection);
    hub.left(connection, this);
  }

  /** Something may have changed. */
  void wake() {
    long due = evaluatedNanos + question.window().toNanos() - System.nanoTime();
    wakeIn(Duration.ofNanos(Math.max(0, due)));
  }

  /** Figures of today are others now. */
  void wakeForNewDay() {
    newDay = true;
    wakeIn(Duration.ZERO);
  }

  private void wakeIn(Duration delay) {
    if (queued.compareAndSet(false, true)) {
      wokenNanos = System.nanoTime();
      hub.schedule(this::evaluate, delay);
    }
  }

  /** Nobody follows it any more. */
  void stop() {
    stopped = true;
    hub.schedule(this::unwatch, Duration.ZERO);
  }

  private synchronized void unwatch() {
    if (log != null) {
      hub.feed().unwatch(log, watcher);
      log = null;
    }
  }

  void ping(long quietNanos) {
    long state;
    synchronized (this) {
      state = last;
    }
    active.forEach(connection -> connection.ping(quietNanos, state));
  }

  private synchronized void evaluate() {
    queued.set(false);
    admitting.set(false);
    if (stopped) {
      return;
    }
    evaluatedNanos = System.nanoTime();
    try {
      ChangeLog current = watched();
      if (joining.isEmpty() && !newDay && last >= 0 && !current.hasChanged(last)) {
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
    } catch (RuntimeException e) {
      LOG.error("{} of {} cannot be pushed", text(), tenant, e);
      endAll();
    }
  }

  private ChangeLog watched() {
    ChangeLog current = log;
    if (current != null && current.isClosed()) {
      hub.feed().unwatch(current, watcher);
      current = null;
      log = null;
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
    waiting = false;
    advance(at, current, now);
    last = now;
    admit(at, current, now);
  }

  /** Brings those who follow from the last instant to this one. */
  private void advance(TenantViews at, ChangeLog current, long now) {
    if (last < 0 || !current.reaches(last)) {
      question.parts().forEach(part -> part.remember(at));
      joining.addAll(active);
      active.clear();
      return;
    }
    if (now == last && !newDay) {
      return;
    }
    newDay = false;
    Batch batch = new Batch(now);
    question.parts().forEach(part -> part.changes(at, current, last, batch));
    if (batch.isEmpty()) {
      active.forEach(connection -> connection.knows(now));
      return;
    }
    Frame frame = Frame.event("batch", batch);
    hub.metrics().batch(frame.rows(), System.nanoTime() - wokenNanos, hub.ageMillis(tenant));
    active.forEach(connection -> give(connection, frame));
  }

  private void give(Connection connection, Frame frame) {
    if (!connection.offer(frame)) {
      active.remove(connection);
    }
  }

  private void leaveIfEnded(Connection connection) {
    if (connection.isEnded()) {
      active.remove(connection);
    }
  }

  private void admit(TenantViews at, ChangeLog current, long now) {
    Map<Long, Batch> missed = new HashMap<>();
    Map<Long, Frame> frames = new HashMap<>();
    Frame all = null;
    int coming = joining.size();
    for (int i = 0; i < coming; i++) {
      Connection connection = joining.poll();
      if (connection == null) {
        return;
      }
      long since = connection.sequence();
      if (since > now && !connection.hasWaited(PATIENCE.toNanos())) {
        joining.add(connection);
        continue;
      }
      boolean goesOn = since >= 0 && since <= now && current.reaches(since);
      active.add(connection);
      if (goesOn) {
        Batch batch = missed.computeIfAbsent(since, _ -> missed(at, current, since, now));
        if (batch.isEmpty()) {
          connection.knows(now);
          leaveIfEnded(connection);
        } else {
          give(connection, frames.computeIfAbsent(since, _ -> Frame.event("batch", batch)));
        }
        continue;
      }
      all = all == null ? all(at, now) : all;
      if (since >= 0) {
        hub.metrics().reset();
      }
      give(connection, since < 0 ? all : all.afterReset());
    }
    if (!joining.isEmpty()) {
      wakeIn(RETRY);
    }
  }

  private Batch missed(TenantViews at, ChangeLog current, long since, long now) {
    Batch batch = new Batch(now);
    question.parts().forEach(part -> part.missed(at, current, since, batch));
    return batch;
  }

  private Frame all(TenantViews at, long now) {
    Batch batch = new Batch(now);
    question.parts().forEach(part -> part.all(at, batch));
    return Frame.event("snapshot", batch);
  }

  private void await(Duration delay, @Nullable ViewsUnavailableException why) {
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
    List.copyOf(active).forEach(Connection::end);
    List.copyOf(joining).forEach(Connection::end);
  }
}
