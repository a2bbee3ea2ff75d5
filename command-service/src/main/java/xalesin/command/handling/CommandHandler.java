package xalesin.command.handling;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import xalesin.command.store.EventStore;

/**
 * Takes submissions and sees to it that they are decided, appended and answered. Submissions of one
 * tenant are taken in the order in which they come; those of different tenants may overtake each
 * other. Thread-safe. A submission is answered once and within bounds; see {@link Reply} for what
 * each answer promises.
 */
public final class CommandHandler implements AutoCloseable {
  /** Longer than all tries of a group with all their timeouts: then something is badly wrong. */
  private static final long ANSWER_SECONDS = 120;

  private final List<Lane> lanes = new ArrayList<>();

  /**
   * @param lanes how many groups may be under way at once
   * @param queueCapacity submissions that may wait in each lane
   * @param patience how long each may wait there; it is answered "not now" then, and not decided
   * @param cacheWeight of all states in memory, about a hundred bytes each
   */
  public CommandHandler(
      EventStore store,
      Aggregates aggregates,
      int lanes,
      int queueCapacity,
      Duration patience,
      long cacheWeight,
      MeterRegistry registry) {
    States states = new States(cacheWeight, registry);
    LaneMetrics metrics = new LaneMetrics(registry);
    for (int i = 0; i < lanes; i++) {
      this.lanes.add(
          new Lane(
              Integer.toString(i), queueCapacity, patience, store, aggregates, states, metrics));
    }
  }

  /** Takes a submission in if there is room at once, and waits for its answer. */
  public Reply handle(Submission submission) throws InterruptedException {
    return await(submit(submission, 0));
  }

  /**
   * Takes a submission in.
   *
   * @param patienceMillis how long to wait for room in the queue
   */
  public CompletableFuture<Reply> submit(Submission submission, long patienceMillis)
      throws InterruptedException {
    return laneOf(submission.tenant()).submit(submission, patienceMillis);
  }

  /** Waits for the answer to what was submitted. */
  public static Reply await(CompletableFuture<Reply> reply) throws InterruptedException {
    try {
      return reply.get(ANSWER_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      return new Reply.NotNow(true, "It takes too long.");
    } catch (ExecutionException e) {
      throw new IllegalStateException("a lane answers and never fails", e);
    }
  }

  private Lane laneOf(String tenant) {
    return lanes.get(Math.floorMod(tenant.hashCode(), lanes.size()));
  }

  /** Whether all lanes are at work. */
  public boolean isRunning() {
    return lanes.stream().allMatch(Lane::isRunning);
  }

  /** Takes nothing new and settles what waits. */
  @Override
  public void close() {
    lanes.forEach(Lane::close);
  }
}
