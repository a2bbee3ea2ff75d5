package xalesin.projection.changes;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToLongFunction;
import xalesin.projection.ViewsUnavailableException;
import xalesin.projection.store.LocalStores;
import xalesin.schemas.Topics;

/**
 * The change logs of the tenants that somebody watches, and for a while of those that somebody
 * watched, so that who was cut off can go on. Thread-safe. The stream threads write into it and are
 * never held up; for tenants that nobody watches a look at a map is all it costs.
 *
 * <p>A log is of one stay of its partition in this process: it begins with the sequence that the
 * views have when it is first watched, and is closed when the partition leaves.
 */
public final class ChangeFeed {
  /** As long as a client may take to come back and be told only what it missed. */
  private static final Duration KEPT = Duration.ofMinutes(5);

  /** Of all logs together: about 20 MB. */
  private static final int MAX_ROWS = 200_000;

  private final ToLongFunction<String> sequences;
  private final AtomicInteger budget = new AtomicInteger(MAX_ROWS);
  private final Map<String, ChangeLog> logs = new ConcurrentHashMap<>();

  /** Of the stores of this process. */
  public ChangeFeed(LocalStores stores) {
    this(tenant -> stores.reader(Topics.partitionOf(tenant)).sequence(tenant));
  }

  /**
   * @param sequences the sequence that a tenant's views have now; throws {@link
   *     ViewsUnavailableException} when they are not readable here
   */
  public ChangeFeed(ToLongFunction<String> sequences) {
    this.sequences = sequences;
  }

  /** Whether any tenant is watched: otherwise nothing need be told. */
  public boolean isWatched() {
    return !logs.isEmpty();
  }

  /**
   * For the stream thread, after the group was written.
   *
   * @param rows that the group has changed
   * @param tenants that it has events of
   * @param sequence of a tenant now
   */
  public void written(
      Collection<? extends ChangedRow> rows,
      Collection<String> tenants,
      ToLongFunction<String> sequence) {
    Map<ChangeLog, List<ChangedRow>> changed = new HashMap<>(4);
    for (String tenant : tenants) {
      ChangeLog log = logs.get(tenant);
      if (log != null) {
        changed.put(log, new ArrayList<>());
      }
    }
    if (changed.isEmpty()) {
      return;
    }
    for (ChangedRow row : rows) {
      ChangeLog log = logs.get(row.tenant());
      List<ChangedRow> ofLog = log == null ? null : changed.get(log);
      if (ofLog != null) {
        ofLog.add(row);
      }
    }
    changed.forEach((log, ofLog) -> log.add(ofLog, sequence.applyAsLong(log.tenant())));
  }

  /** For the stream thread: the partition's task no longer runs, and cannot be read. */
  public void stopped(int partition) {
    for (ChangeLog log : List.copyOf(logs.values())) {
      if (Topics.partitionOf(log.tenant()) == partition && logs.remove(log.tenant(), log)) {
        log.close();
      }
    }
  }

  /**
   * The tenant's log, from now on.
   *
   * @param watcher called by the stream thread after every change and when the log is closed; must
   *     return at once
   * @throws ViewsUnavailableException when the tenant's partition is not readable here
   */
  public ChangeLog watch(String tenant, Runnable watcher) {
    ChangeLog log =
        logs.compute(
            tenant,
            (_, known) -> {
              ChangeLog kept = known == null ? new ChangeLog(tenant, budget) : known;
              kept.watch(watcher);
              return kept;
            });
    try {
      // Read after the log can be written to: what is applied in between is in both.
      log.beginAt(sequences.applyAsLong(tenant));
      return log;
    } catch (ViewsUnavailableException e) {
      unwatch(log, watcher);
      throw e;
    }
  }

  /** Ends a watch. The log is kept for a while. */
  public void unwatch(ChangeLog log, Runnable watcher) {
    log.unwatch(watcher);
  }

  /** Drops the logs that nobody has watched for a while; to be called now and then. */
  public void forget() {
    for (String tenant : logs.keySet()) {
      logs.computeIfPresent(
          tenant,
          (_, log) -> {
            if (!log.isForgotten(KEPT.toNanos())) {
              return log;
            }
            log.close();
            return null;
          });
    }
  }
}
