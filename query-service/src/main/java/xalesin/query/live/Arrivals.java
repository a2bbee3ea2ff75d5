package xalesin.query.live;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import xalesin.edge.ProblemException;
import xalesin.projection.TenantViews;
import xalesin.projection.changes.ChangeLog;

/**
 * What those are given who come to an instant, each frame made once for all who need the same. For
 * one thread, within one evaluation.
 */
final class Arrivals {
  private final List<Part> parts;
  private final TenantViews at;
  private final ChangeLog log;
  private final long now;
  private final Map<List<Long>, Frame> missed = new HashMap<>();
  private @Nullable Frame all;
  private @Nullable Frame reset;
  private @Nullable ProblemException refusal;

  /** Who has missed this or more has missed more than a frame carries. */
  private long tooOld = -1;

  /**
   * @param refusal why nobody can be given all there is, as far as is known already
   */
  Arrivals(List<Part> parts, TenantViews at, ChangeLog log, @Nullable ProblemException refusal) {
    this.parts = parts;
    this.at = at;
    this.log = log;
    this.now = at.sequence();
    this.refusal = refusal;
  }

  /** Why nobody can be given all there is; null when it can, or nobody has asked for it. */
  @Nullable ProblemException refusal() {
    return refusal;
  }

  /**
   * What leads from that state to this instant; null when there is too much to be pushed.
   *
   * @param since negative for who has nothing
   */
  @Nullable Frame frameFor(long since) {
    if (since > tooOld && since <= now && log.reaches(since)) {
      try {
        return missed(since);
      } catch (ProblemException e) {
        tooOld = since;
      }
    }
    return since < 0 ? all() : reset();
  }

  private Frame missed(long since) {
    List<Long> key = parts.stream().map(part -> part.missedSince(log, since)).toList();
    Frame known = missed.get(key);
    if (known != null) {
      return known;
    }
    Batch batch = new Batch(now);
    parts.forEach(part -> part.missed(at, log, since, batch));
    Frame made = Frame.batch(batch);
    missed.put(key, made);
    return made;
  }

  private @Nullable Frame all() {
    if (all == null && refusal == null) {
      try {
        Batch batch = new Batch(now);
        parts.forEach(part -> part.all(at, batch));
        all = Frame.snapshot(batch);
      } catch (ProblemException e) {
        refusal = e;
      }
    }
    return all;
  }

  private @Nullable Frame reset() {
    Frame whole = all();
    if (reset == null && whole != null) {
      reset = whole.afterReset();
    }
    return reset;
  }
}
