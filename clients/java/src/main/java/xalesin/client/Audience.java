package xalesin.client;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Who is told of what a link follows and of how its connection stands: one call at a time, each
 * state in its turn. Thread-safe; which topics it has is guarded by the client.
 */
final class Audience {
  /** Held while listeners are told. Nobody waits for another link's while holding it. */
  private final ReentrantLock telling = new ReentrantLock();

  private final List<Topic> topics = new CopyOnWriteArrayList<>();
  private final AtomicReference<ConnectionState> state =
      new AtomicReference<>(ConnectionState.CONNECTING);

  /** All that is followed; null before the first frame. Guarded by the lock. */
  private @Nullable LiveState newest;

  void add(Topic topic) {
    topics.add(topic);
  }

  /**
   * @return true when it was the last
   */
  boolean remove(Topic topic) {
    return topics.remove(topic) && topics.isEmpty();
  }

  List<Topic> topics() {
    return List.copyOf(topics);
  }

  ConnectionState state() {
    return state.get();
  }

  /**
   * Tells each topic its part.
   *
   * @param all that is followed
   * @return whether there was anything new for anybody
   */
  boolean tell(LiveState all) {
    telling.lock();
    try {
      newest = all;
      boolean isNews = false;
      for (Topic topic : topics) {
        List<LiveChange> changes = topic.accept(all);
        isNews |= !changes.isEmpty();
        topic.subscriptions.forEach(subscription -> subscription.tell(state.get(), changes));
      }
      return isNews;
    } finally {
      telling.unlock();
    }
  }

  /** Tells everybody what they have not been told yet. */
  void tellAll() {
    telling.lock();
    try {
      LiveState all = newest;
      for (Topic topic : topics) {
        List<LiveChange> changes = all == null ? List.of() : topic.accept(all);
        topic.subscriptions.forEach(subscription -> subscription.tell(state.get(), changes));
      }
    } finally {
      telling.unlock();
    }
  }

  /** The connection is in that state now, whatever it was in. */
  void become(ConnectionState next) {
    if (state.getAndSet(next) != next) {
      tellAll();
    }
  }

  /** The connection is in another state, unless it has left the one before. */
  void become(ConnectionState before, ConnectionState next) {
    if (state.compareAndSet(before, next)) {
      tellAll();
    }
  }

  /**
   * What is lost has been so for long.
   *
   * @return whether that is new, and everybody is to be told
   */
  boolean isOfflineNow() {
    return state.compareAndSet(ConnectionState.CONNECTING, ConnectionState.OFFLINE)
        || state.compareAndSet(ConnectionState.RECONNECTING, ConnectionState.OFFLINE);
  }

  /**
   * Nothing more is told from here. While the topics go to other links nobody is told anything, so
   * that no listener is called from two of them at once.
   *
   * @param handOver gives the topics away; the subscriptions that have failed
   */
  void end(Supplier<List<LiveSubscription>> handOver, LiveException reason) {
    telling.lock();
    try {
      List<LiveSubscription> failed = handOver.get();
      topics.clear();
      state.set(ConnectionState.FAILED);
      failed.forEach(subscription -> subscription.fail(reason));
    } finally {
      telling.unlock();
    }
  }

  /** Does it unless listeners are being told: what they do is not to be interrupted. */
  void unlessTelling(Runnable action) {
    if (telling.tryLock()) {
      try {
        action.run();
      } finally {
        telling.unlock();
      }
    }
  }
}
