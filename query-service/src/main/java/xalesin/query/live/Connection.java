package xalesin.query.live;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import xalesin.edge.Caller;
import xalesin.edge.PushStream;

/**
 * A client's connection: one write is under way at most, and at most one frame waits for it to end.
 * Who comes with another frame in the meantime is told to come back with the newest state instead.
 * So a slow client costs two frames of memory, which it mostly shares with others, and no time.
 * Thread-safe.
 */
final class Connection implements PushStream.Written {
  /** Progress shows once so much has gone out. */
  private static final int CHUNK_BYTES = 64 << 10;

  private final PushStream stream;
  private final Caller caller;
  private final long validUntilMillis;
  private final LiveMetrics metrics;

  private @Nullable Topic topic;
  private @Nullable Frame waiting;
  private byte @Nullable [] writing;
  private int written;
  private long sequence;
  private boolean behind;
  private boolean inWrite;
  private boolean pumping;
  private boolean ended;
  private final long beganNanos = System.nanoTime();
  private long movedNanos = beganNanos;

  /**
   * @param sequence the state that the client says it has; negative when it has none
   */
  Connection(
      PushStream stream, Caller caller, long validUntilMillis, long sequence, LiveMetrics metrics) {
    this.stream = stream;
    this.caller = caller;
    this.validUntilMillis = validUntilMillis;
    this.sequence = sequence;
    this.metrics = metrics;
  }

  Caller caller() {
    return caller;
  }

  /** The state that the client has, or has after what is being written. */
  synchronized long sequence() {
    return sequence;
  }

  synchronized boolean isEnded() {
    return ended;
  }

  void begin(Topic followed, byte[] greeting) {
    synchronized (this) {
      topic = followed;
      writing = greeting;
    }
    pump();
  }

  /** The client has the state of this sequence without being sent anything. */
  synchronized void knows(long state) {
    if (waiting == null && !behind) {
      sequence = state;
    }
  }

  /** Whether it has been open for so long. */
  boolean hasWaited(long nanos) {
    return System.nanoTime() - beganNanos > nanos;
  }

  /**
   * Sends the frame now or after the write that is under way.
   *
   * @return false when it cannot be taken: the connection comes back to its topic by itself, for
   *     what it has missed
   */
  boolean offer(Frame frame) {
    synchronized (this) {
      if (ended || behind) {
        return false;
      }
      if (waiting != null) {
        waiting = null;
        behind = true;
        metrics.superseded();
        return false;
      }
      waiting = frame;
    }
    pump();
    return true;
  }

  /** A sign of life when nothing was sent for so long. */
  void ping(long quietNanos, long state) {
    synchronized (this) {
      if (ended
          || writing != null
          || waiting != null
          || behind
          || System.nanoTime() - movedNanos < quietNanos) {
        return;
      }
      writing = Frame.ping(Math.max(state, sequence));
      written = 0;
    }
    pump();
  }

  boolean hasStalled(long nanos) {
    synchronized (this) {
      return inWrite && System.nanoTime() - movedNanos > nanos;
    }
  }

  boolean hasExpired(long nowMillis) {
    return nowMillis >= validUntilMillis;
  }

  /** Writes what there is, for as long as the connection takes it at once. */
  private void pump() {
    while (true) {
      ByteBuffer chunk;
      synchronized (this) {
        if (pumping || inWrite || ended || !hasBytes()) {
          return;
        }
        byte[] bytes = requireNonNull(writing);
        int length = Math.min(CHUNK_BYTES, bytes.length - written);
        chunk = ByteBuffer.wrap(bytes, written, length).slice();
        written += length;
        inWrite = true;
        pumping = true;
        movedNanos = System.nanoTime();
      }
      stream.write(chunk, this);
      synchronized (this) {
        pumping = false;
      }
      comeBack();
    }
  }

  private boolean hasBytes() {
    if (writing != null) {
      return true;
    }
    Frame next = waiting;
    if (next == null) {
      return false;
    }
    waiting = null;
    writing = next.bytes();
    written = 0;
    sequence = next.sequence();
    metrics.sent(next);
    return true;
  }

  @Override
  public void done() {
    synchronized (this) {
      inWrite = false;
      movedNanos = System.nanoTime();
      if (writing != null && written == writing.length) {
        writing = null;
      }
      if (pumping) {
        return;
      }
    }
    comeBack();
    pump();
  }

  /** Whoever was left behind asks for the newest state once it has taken what was under way. */
  private void comeBack() {
    Topic followed;
    synchronized (this) {
      if (!behind || inWrite || writing != null || ended) {
        return;
      }
      behind = false;
      followed = requireNonNull(topic);
    }
    followed.join(this);
  }

  @Override
  public void failed(Throwable failure) {
    abort();
  }

  /** Ends as a whole answer, or breaks off when the client does not take what is under way. */
  void end() {
    boolean idle;
    synchronized (this) {
      idle = writing == null && !inWrite;
      if (ended) {
        return;
      }
      ended = true;
      waiting = null;
    }
    leave();
    if (idle) {
      stream.end();
    } else {
      stream.abort();
    }
  }

  void abort() {
    synchronized (this) {
      if (ended) {
        return;
      }
      ended = true;
      waiting = null;
    }
    leave();
    stream.abort();
  }

  private void leave() {
    Topic followed;
    synchronized (this) {
      followed = topic;
    }
    if (followed != null) {
      followed.leave(this);
    }
  }
}
