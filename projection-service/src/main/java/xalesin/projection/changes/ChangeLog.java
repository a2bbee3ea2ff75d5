package xalesin.projection.changes;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import xalesin.projection.view.View;

/**
 * The names of a tenant's rows that have changed, each once with the view sequence of its newest
 * change; the oldest are forgotten when there are too many. It says what to read, not what is
 * there: rows are read in the views, at one instant. Thread-safe; adding never waits for a reader
 * that does more than copy names.
 */
public final class ChangeLog {
  /** Some seconds of a tenant at its fastest, hours of a usual one; about 100 bytes each. */
  static final int MAX_ROWS = 20_000;

  private static final long UNKNOWN = -1;

  /**
   * A row of the log's tenant.
   *
   * @param sequence the tenant's view sequence once its newest change was applied
   */
  public record Change(View<?> view, UUID id, long sequence) {}

  private record Name(View<?> view, UUID id) {}

  private final String tenant;
  private final AtomicInteger budget;
  private final LinkedHashMap<Name, Long> changed = new LinkedHashMap<>();
  private final Map<View<?>, Long> newest = new HashMap<>();
  private final List<Runnable> watchers = new CopyOnWriteArrayList<>();
  private long base = UNKNOWN;
  private long head = UNKNOWN;
  private long unwatchedNanos = System.nanoTime();
  private boolean closed;

  /**
   * @param budget rows that all logs of the process may still hold
   */
  ChangeLog(String tenant, AtomicInteger budget) {
    this.tenant = tenant;
    this.budget = budget;
  }

  String tenant() {
    return tenant;
  }

  /**
   * The log knows what changes from here on. One that has begun is told of every change: what was
   * applied a moment ago is still on its way to it, so its head is not moved here.
   */
  synchronized void beginAt(long sequence) {
    if (base == UNKNOWN) {
      base = sequence;
      head = Math.max(head, sequence);
    }
  }

  /**
   * For the stream thread: the rows have changed, and the sequence is now this. Nothing once
   * closed.
   */
  void add(List<? extends ChangedRow> rows, long sequence) {
    synchronized (this) {
      if (closed) {
        return;
      }
      for (ChangedRow row : rows) {
        Name name = new Name(row.view(), row.id());
        if (changed.remove(name) == null) {
          makeRoom();
        }
        changed.put(name, sequence);
        newest.put(row.view(), sequence);
      }
      head = Math.max(head, sequence);
    }
    watchers.forEach(Runnable::run);
  }

  private void makeRoom() {
    if (changed.size() >= MAX_ROWS || (budget.get() <= 0 && !changed.isEmpty())) {
      base = Math.max(base, requireSequence(changed.pollFirstEntry()));
    } else {
      budget.decrementAndGet();
    }
  }

  private static long requireSequence(Map.@Nullable Entry<Name, Long> eldest) {
    return eldest == null ? UNKNOWN : eldest.getValue();
  }

  /** Up to which sequence it is complete; changes applied a moment ago may not be in it yet. */
  public synchronized long head() {
    return head;
  }

  /** Whether it knows all that has changed since. Never true again once it was closed. */
  public synchronized boolean reaches(long since) {
    return !closed && base != UNKNOWN && since >= base;
  }

  /** Whether rows of the view may have changed since. */
  public synchronized boolean hasChanged(View<?> view, long since) {
    return since < base || newest.getOrDefault(view, base) > since;
  }

  /** Whether anything may have changed since. */
  public synchronized boolean hasChanged(long since) {
    return head > since;
  }

  /** What has changed since, each row once, the newest first; meant for what it reaches. */
  public synchronized List<Change> since(long since) {
    List<Change> changes = new ArrayList<>();
    for (Map.Entry<Name, Long> entry : changed.sequencedEntrySet().reversed()) {
      if (entry.getValue() <= since) {
        break;
      }
      Name name = entry.getKey();
      changes.add(new Change(name.view(), name.id(), entry.getValue()));
    }
    return changes;
  }

  /** The partition has left: nothing more is added. */
  public synchronized boolean isClosed() {
    return closed;
  }

  void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      budget.addAndGet(changed.size());
      changed.clear();
    }
    watchers.forEach(Runnable::run);
  }

  void watch(Runnable watcher) {
    watchers.add(watcher);
  }

  synchronized void unwatch(Runnable watcher) {
    watchers.remove(watcher);
    unwatchedNanos = System.nanoTime();
  }

  synchronized boolean isForgotten(long afterNanos) {
    return watchers.isEmpty() && System.nanoTime() - unwatchedNanos > afterNanos;
  }
}
