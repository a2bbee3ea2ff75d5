package xalesin.query.live;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import xalesin.edge.Caller;
import xalesin.edge.Push;
import xalesin.edge.TokenVerifier.VerifiedToken;
import xalesin.query.live.Wire.Message;

/**
 * A client's connection and what it follows: one write is under way at most, subscriptions take
 * turns, and of each one frame waits at most, as long as all of them together are no more than some
 * bytes. So a slow client costs little memory, which it mostly shares with others, and no time.
 * Thread-safe.
 */
final class Connection implements Push.Written {
  /** Progress shows once so much has gone out. */
  private static final int CHUNK_BYTES = 64 << 10;

  /** What may wait beside a frame that is larger by itself. */
  private static final int MAX_WAITING_BYTES = 1 << 20;

  private final Push push;
  private final Wire wire;
  private final VerifiedToken token;
  private final LiveHub hub;

  // All guarded by this.
  private final Map<String, Subscription> subscriptions = LinkedHashMap.newLinkedHashMap(1);
  private final Queue<Message> outgoing = new ArrayDeque<>(2);
  private final Queue<Subscription> ready = new ArrayDeque<>(1);
  private final Queue<Subscription> behind = new ArrayDeque<>(1);
  private Runnable replied = Connection::nothing;
  private int waitingBytes;
  private int written;
  private boolean inWrite;
  private boolean pumping;
  private boolean ended;
  private long movedNanos = System.nanoTime();

  Connection(LiveHub hub, Push push, Wire wire, VerifiedToken token) {
    this.hub = hub;
    this.push = push;
    this.wire = wire;
    this.token = token;
  }

  private static void nothing() {}

  Caller caller() {
    return token.caller();
  }

  synchronized boolean isEnded() {
    return ended;
  }

  synchronized int following() {
    return subscriptions.size();
  }

  synchronized @Nullable Subscription subscription(String name) {
    return subscriptions.get(name);
  }

  /** Says something that is for this client alone, after what is under way. */
  void say(Message message, Runnable afterwards) {
    synchronized (this) {
      if (ended) {
        return;
      }
      outgoing.add(message);
      replied = afterwards;
    }
    pump();
  }

  void say(Message message) {
    say(message, Connection::nothing);
  }

  /** False when the connection has ended in the meantime. */
  synchronized boolean add(Subscription subscription) {
    if (!ended) {
      subscriptions.put(subscription.name(), subscription);
    }
    return !ended;
  }

  /** Nothing more of it goes out, but for what is under way. */
  void remove(Subscription subscription) {
    synchronized (this) {
      if (!subscriptions.remove(subscription.name(), subscription)) {
        return;
      }
      drop(subscription);
      behind.remove(subscription);
      subscription.ended = true;
    }
    subscription.topic().leave(subscription);
    comeBack();
  }

  private void drop(Subscription subscription) {
    Frame frame = subscription.waiting;
    if (frame != null) {
      ready.remove(subscription);
      waitingBytes -= frame.size();
      subscription.waiting = null;
    }
  }

  /** See {@link Subscription#knows}. */
  void knows(Subscription subscription, long state) {
    synchronized (this) {
      if (subscription.waiting == null && !subscription.behind) {
        subscription.sequence = state;
      }
    }
    comeBack();
  }

  /** See {@link Subscription#offer}. */
  boolean offer(Subscription subscription, Frame frame) {
    synchronized (this) {
      if (subscription.ended || subscription.behind) {
        return false;
      }
      boolean tooMuch = waitingBytes > 0 && waitingBytes + frame.size() > MAX_WAITING_BYTES;
      if (subscription.waiting != null || tooMuch) {
        drop(subscription);
        subscription.behind = true;
        behind.add(subscription);
        hub.metrics().superseded();
        return false;
      }
      subscription.waiting = frame;
      waitingBytes += frame.size();
      ready.add(subscription);
    }
    pump();
    return true;
  }

  /** A sign of life when nothing was sent for so long. */
  void ping(long quietNanos) {
    synchronized (this) {
      boolean quiet = outgoing.isEmpty() && ready.isEmpty() && behind.isEmpty();
      if (ended || !quiet || System.nanoTime() - movedNanos < quietNanos) {
        return;
      }
      Map<String, Long> sequences = new LinkedHashMap<>();
      for (Subscription subscription : subscriptions.values()) {
        if (subscription.sequence >= 0) {
          sequences.put(subscription.name(), subscription.sequence);
        }
      }
      outgoing.add(wire.ping(sequences));
    }
    pump();
  }

  synchronized boolean hasStalled(long nanos) {
    return inWrite && System.nanoTime() - movedNanos > nanos;
  }

  boolean hasExpired(long nowMillis) {
    return nowMillis >= token.validUntilMillis();
  }

  /** Writes what there is, for as long as the connection takes it at once. */
  private void pump() {
    while (true) {
      ByteBuffer chunk;
      boolean endsMessage;
      synchronized (this) {
        if (pumping || inWrite || ended || !hasMessage()) {
          return;
        }
        Message message = requireNonNull(outgoing.peek());
        chunk = chunk(message);
        written += chunk.remaining();
        endsMessage = written == message.size();
        inWrite = true;
        pumping = true;
        movedNanos = System.nanoTime();
      }
      push.write(chunk, endsMessage, this);
      synchronized (this) {
        pumping = false;
      }
      comeBack();
    }
  }

  /** The next bytes of the message, which are its head or out of its body. */
  private ByteBuffer chunk(Message message) {
    int head = message.head().length;
    if (written < head) {
      return ByteBuffer.wrap(message.head());
    }
    int from = written - head;
    int length = Math.min(CHUNK_BYTES, message.body().length - from);
    return ByteBuffer.wrap(message.body(), from, length).slice();
  }

  private boolean hasMessage() {
    if (!outgoing.isEmpty()) {
      return true;
    }
    Subscription next = ready.poll();
    if (next == null) {
      return false;
    }
    Frame frame = requireNonNull(next.waiting);
    next.waiting = null;
    waitingBytes -= frame.size();
    next.sequence = frame.sequence();
    int bytes = 0;
    for (Event event : frame.events()) {
      Message message = wire.message(next.name(), event);
      outgoing.add(message);
      bytes += message.size();
    }
    hub.metrics().sent(bytes);
    return true;
  }

  @Override
  public void done() {
    Runnable afterwards = Connection::nothing;
    synchronized (this) {
      inWrite = false;
      movedNanos = System.nanoTime();
      Message message = outgoing.peek();
      if (message != null && written == message.size()) {
        outgoing.remove();
        written = 0;
        if (outgoing.isEmpty()) {
          afterwards = replied;
          replied = Connection::nothing;
        }
      }
    }
    afterwards.run();
    comeBack();
    pump();
  }

  /**
   * Who was left behind asks for the newest state once the client has taken what was under way, one
   * after the other.
   */
  private void comeBack() {
    Subscription next;
    synchronized (this) {
      if (inWrite || !outgoing.isEmpty() || ended) {
        return;
      }
      next = behind.poll();
      if (next == null) {
        return;
      }
      next.behind = false;
    }
    next.topic().comeBack(next);
  }

  @Override
  public void failed(Throwable failure) {
    abort();
  }

  /** Ends in as orderly a way as can be. */
  void end(Push.Ending why) {
    if (leave()) {
      boolean idle;
      synchronized (this) {
        idle = outgoing.isEmpty() && !inWrite;
      }
      push.end(why, idle);
    }
  }

  void abort() {
    if (leave()) {
      push.abort();
    }
  }

  /** False when it has ended before. */
  private boolean leave() {
    List<Subscription> left;
    synchronized (this) {
      if (ended) {
        return false;
      }
      ended = true;
      left = new ArrayList<>(subscriptions.values());
      left.forEach(subscription -> subscription.ended = true);
      subscriptions.clear();
      ready.clear();
      behind.clear();
      left.forEach(subscription -> subscription.waiting = null);
    }
    left.forEach(subscription -> subscription.topic().leave(subscription));
    hub.left(this);
    return true;
  }
}
