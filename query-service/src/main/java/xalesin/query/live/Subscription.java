package xalesin.query.live;

import org.jspecify.annotations.Nullable;

/**
 * A question that a connection follows, and what its client knows of the answer. One frame waits
 * for the connection at most; who comes with another one in the meantime is told to come back with
 * the newest state instead. Guarded by the connection; its methods take the lock themselves.
 */
final class Subscription {
  private final Connection connection;
  private final String name;
  private final Topic topic;
  private final long beganNanos = System.nanoTime();

  /** For the connection, under its lock. */
  @Nullable Frame waiting;

  boolean behind;
  boolean ended;
  long sequence;

  /**
   * @param sequence the state that the client says it has; negative when it has none
   */
  Subscription(Connection connection, String name, Topic topic, long sequence) {
    this.connection = connection;
    this.name = name;
    this.topic = topic;
    this.sequence = sequence;
  }

  Connection connection() {
    return connection;
  }

  String name() {
    return name;
  }

  Topic topic() {
    return topic;
  }

  /** The state that the client has, or has after what is being written. */
  long sequence() {
    synchronized (connection) {
      return sequence;
    }
  }

  boolean isEnded() {
    synchronized (connection) {
      return ended;
    }
  }

  /** Whether it has been there for so long. */
  boolean hasWaited(long nanos) {
    return System.nanoTime() - beganNanos > nanos;
  }

  /** The client has the state of this sequence without being sent anything. */
  void knows(long state) {
    connection.knows(this, state);
  }

  /**
   * Sends the frame now or after what is under way.
   *
   * @return false when it cannot be taken: the subscription comes back to its topic by itself, for
   *     what it has missed
   */
  boolean offer(Frame frame) {
    return connection.offer(this, frame);
  }
}
