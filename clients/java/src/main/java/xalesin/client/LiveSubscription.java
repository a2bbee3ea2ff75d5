package xalesin.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One listener of one question. Thread-safe. */
public final class LiveSubscription implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(LiveSubscription.class.getName());

  private final LiveClient client;
  private final Topic topic;
  private final LiveListener listener;
  private volatile boolean closed;
  private volatile boolean failed;

  /** Guarded by the link, as all telling is. */
  private boolean begun;

  private @Nullable ConnectionState told;

  LiveSubscription(LiveClient client, Topic topic, LiveListener listener) {
    this.client = client;
    this.topic = topic;
    this.listener = listener;
  }

  /** The newest answer; null before the first. Kept after the end. */
  public @Nullable LiveState state() {
    return topic.state();
  }

  /** How things stand with the server. */
  public ConnectionState connection() {
    if (closed) {
      return ConnectionState.CLOSED;
    }
    return failed ? ConnectionState.FAILED : topic.link().state();
  }

  /** No call of the listener begins after this; the last subscription ends the connection. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      client.leave(topic, this);
    }
  }

  /** Tells the state of the connection, and the answer when there is one it was not told of. */
  void tell(ConnectionState connection, List<LiveChange> changes) {
    if (closed) {
      return;
    }
    if (connection != told) {
      told = connection;
      call(() -> listener.connection(connection));
    }
    LiveState state = topic.state();
    if (state == null) {
      return;
    }
    if (!begun) {
      begun = true;
      call(() -> listener.changed(state, Difference.between(null, state)));
    } else if (!changes.isEmpty()) {
      call(() -> listener.changed(state, changes));
    }
  }

  void fail(LiveException reason) {
    failed = true;
    tell(ConnectionState.FAILED, List.of());
    call(() -> listener.failed(reason));
  }

  private void call(Runnable told) {
    if (closed) {
      return;
    }
    try {
      told.run();
    } catch (Throwable e) {
      // An Error too: it is the listener's, and the others are to be told.
      LOG.log(System.Logger.Level.ERROR, "a listener failed", e);
    }
  }
}
