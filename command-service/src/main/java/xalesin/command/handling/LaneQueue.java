package xalesin.command.handling;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What waits for a lane, in the order in which it came. A tenant has half of the places at most:
 * however many streams of commands it sends, the others that share its lane find room. Thread-safe.
 */
final class LaneQueue {
  private final BlockingQueue<Waiting> queue;

  /** Of tenants that have something here or want to; so no more than places and senders. */
  private final ConcurrentMap<String, Share> shares = new ConcurrentHashMap<>();

  private final int placesOfTenant;

  /** A submission and where its answer goes. */
  record Waiting(Submission submission, CompletableFuture<Reply> reply, long deadlineNanos) {
    private String tenant() {
      return submission.tenant();
    }
  }

  /** Its users are counted under the map's lock of its tenant. */
  private static final class Share {
    private final Semaphore places;
    private int users;

    private Share(int places) {
      this.places = new Semaphore(places, true);
    }
  }

  LaneQueue(int capacity) {
    queue = new ArrayBlockingQueue<>(capacity);
    placesOfTenant = Math.max(1, capacity / 2);
  }

  /**
   * Takes it in, at the end.
   *
   * @param patienceMillis how long to wait for a place
   * @return whether there was one
   */
  boolean offer(Waiting waiting, long patienceMillis) throws InterruptedException {
    long deadlineNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patienceMillis);
    Share share = shareOf(waiting.tenant());
    boolean placed = false;
    boolean taken = false;
    try {
      placed =
          share.places.tryAcquire()
              || (patienceMillis > 0
                  && share.places.tryAcquire(patienceMillis, TimeUnit.MILLISECONDS));
      taken =
          placed && queue.offer(waiting, deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
      return taken;
    } finally {
      if (!taken) {
        leave(waiting.tenant(), placed);
      }
    }
  }

  private Share shareOf(String tenant) {
    return shares.compute(
        tenant,
        (_, known) -> {
          Share share = known == null ? new Share(placesOfTenant) : known;
          share.users++;
          return share;
        });
  }

  private void leave(String tenant, boolean placed) {
    shares.computeIfPresent(
        tenant,
        (_, share) -> {
          if (placed) {
            share.places.release();
          }
          return --share.users == 0 ? null : share;
        });
  }

  /** The first, or null when there is none. */
  @Nullable Waiting poll() {
    return left(queue.poll());
  }

  /** The first, or null when none comes in time. */
  @Nullable Waiting poll(long millis) throws InterruptedException {
    return left(queue.poll(millis, TimeUnit.MILLISECONDS));
  }

  private @Nullable Waiting left(@Nullable Waiting first) {
    if (first != null) {
      leave(first.tenant(), true);
    }
    return first;
  }

  /** Takes all of it out. */
  void drainTo(List<Waiting> all) {
    int begin = all.size();
    queue.drainTo(all);
    all.subList(begin, all.size()).forEach(this::left);
  }

  int size() {
    return queue.size();
  }

  boolean isEmpty() {
    return queue.isEmpty();
  }
}
