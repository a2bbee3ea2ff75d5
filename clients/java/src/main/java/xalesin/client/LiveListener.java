package xalesin.client;

import java.util.List;

/**
 * Told what happens to a subscription, in order, one call at a time. While it runs nothing more is
 * read from its connection: the server then sends the newest state only. It may subscribe and
 * close.
 */
public interface LiveListener {
  /**
   * Once per frame that changed something of what is followed; the first time with all rows.
   *
   * @param state all of it, as it is after the frame
   * @param changes what differs from the state before, whatever way it came: also after a reset
   */
  void changed(LiveState state, List<LiveChange> changes);

  /** The connection is another state now. */
  default void connection(ConnectionState state) {}

  /** The server refused the question for good; nothing more comes. */
  default void failed(LiveException reason) {}
}
