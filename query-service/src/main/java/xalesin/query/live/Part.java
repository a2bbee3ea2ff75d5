package xalesin.query.live;

import xalesin.projection.TenantViews;
import xalesin.projection.changes.ChangeLog;

/**
 * A part of what a subscription follows, such as a view or the window of a list. Used by one thread
 * at a time.
 */
public interface Part {
  /** Of its rows. Throws the problem that says so when it has more than can be pushed. */
  long bytes(TenantViews at);

  /** Takes the state of this instant as that of the subscribers. */
  void remember(TenantViews at);

  /** All of the instant that is remembered, for who has nothing. */
  void all(TenantViews at, Batch batch);

  /**
   * What all subscribers, who have the state that was remembered, need to have that of this
   * instant; which is then remembered.
   *
   * @param since the sequence of the remembered state
   */
  void changes(TenantViews at, ChangeLog log, long since, Batch batch);

  /**
   * What a subscriber needs who has the state of an older sequence to have that of the instant that
   * is remembered.
   */
  void missed(TenantViews at, ChangeLog log, long since, Batch batch);

  /** The same number for sequences whose subscribers have missed the same. */
  long missedSince(ChangeLog log, long since);
}
