package xalesin.command.handling;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import xalesin.command.handling.LaneQueue.Waiting;
import xalesin.command.store.Changes;
import xalesin.command.store.EventStore;
import xalesin.command.store.Session;
import xalesin.command.store.StoreException;

/**
 * A queue of submissions and the one thread that decides and appends them, in the order in which
 * they came. What has gathered while the last transaction was being committed becomes the next one,
 * so one flush to disk serves many. Several threads may submit.
 *
 * <p>Overtaken by another service on the same database, a group is decided again; from the second
 * time on it keeps the others out first, so it cannot be overtaken for ever. A group that
 * PostgreSQL refuses for another reason is taken apart, so that one bad command fails alone.
 * Without PostgreSQL everything waiting is turned away at once, and so is, when its turn comes,
 * what has waited too long: whoever sent it has gone or will try again.
 */
final class Lane implements AutoCloseable {
  /** Largest group: more adds little, as the flush is shared by enough already. */
  private static final int MAX_GROUP_COMMANDS = 256;

  /** Only faults of the server can use up the last ones. */
  private static final int MAX_TRIES = 5;

  private static final long IDLE_MILLIS = 100;

  /** The longest pause after a transaction: it is latency. */
  private static final long MAX_REST_NANOS = 5_000_000;

  /** So few in a group say that little is coming: a caller who sends one by one must not wait. */
  private static final int FEW_SUBMISSIONS = 2;

  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(30);
  private static final String AWAY = "The database cannot be reached.";
  private static final String LATE = "It has waited too long for its turn; nothing has happened.";
  private static final Logger LOG = LoggerFactory.getLogger(Lane.class);

  private final EventStore store;
  private final Aggregates aggregates;
  private final States states;
  private final LaneMetrics metrics;
  private final LaneQueue queue;
  private final long patienceNanos;
  private final AtomicBoolean closing = new AtomicBoolean();
  private final Thread thread;
  private long restUntilNanos = System.nanoTime();

  /**
   * @param patience how long a submission may wait for its turn; after it, it is not decided any
   *     more
   */
  Lane(
      String name,
      int capacity,
      Duration patience,
      EventStore store,
      Aggregates aggregates,
      States states,
      LaneMetrics metrics) {
    this.store = store;
    this.aggregates = aggregates;
    this.states = states;
    this.metrics = metrics;
    this.queue = new LaneQueue(capacity);
    this.patienceNanos = patience.toNanos();
    metrics.watch(queue, name);
    this.thread = Thread.ofPlatform().name("command-lane-" + name).start(this::run);
  }

  /**
   * Takes a submission in.
   *
   * @param patienceMillis how long to wait for a place in the queue
   */
  CompletableFuture<Reply> submit(Submission submission, long patienceMillis)
      throws InterruptedException {
    CompletableFuture<Reply> reply = new CompletableFuture<>();
    Waiting waiting = new Waiting(submission, reply, System.nanoTime() + patienceNanos);
    boolean taken = !closing.get() && queue.offer(waiting, patienceMillis);
    if (!taken) {
      metrics.rejected(1);
      reply.complete(new Reply.NotNow(false, "Too many commands are waiting."));
    } else if (!thread.isAlive()) {
      // Closed in between: nobody else will look at the queue again.
      turnAway("The service is stopping.");
    }
    return reply;
  }

  private void run() {
    List<Waiting> group = new ArrayList<>();
    while (!closing.get() || !queue.isEmpty()) {
      try {
        if (gather(group)) {
          long began = System.nanoTime();
          process(group);
          rest(began, group.size());
        }
      } catch (InterruptedException e) {
        LOG.debug("woken to close", e);
      } catch (RuntimeException | Error e) {
        LOG.error("a group of commands failed", e);
        RuntimeException cause =
            e instanceof RuntimeException runtime ? runtime : new IllegalStateException(e);
        group.forEach(waiting -> waiting.reply().complete(new Reply.Failed(cause)));
      }
      group.clear();
    }
  }

  /**
   * Resting as long as the last transaction took lets more commands share the next one, the more so
   * the busier the machine is. A command that comes later does not wait.
   */
  private void rest(long beganNanos, int answered) {
    long now = System.nanoTime();
    long rest = answered <= FEW_SUBMISSIONS ? 0 : Math.min(now - beganNanos, MAX_REST_NANOS);
    restUntilNanos = now + rest;
  }

  private boolean gather(List<Waiting> group) throws InterruptedException {
    Waiting first = queue.poll(IDLE_MILLIS);
    if (first != null && queue.size() < MAX_GROUP_COMMANDS) {
      LockSupport.parkNanos(restUntilNanos - System.nanoTime());
    }
    int commands = 0;
    long now = System.nanoTime();
    while (first != null) {
      if (now - first.deadlineNanos() > 0) {
        metrics.rejected(1);
        first.reply().complete(new Reply.NotNow(false, LATE));
      } else {
        group.add(first);
        commands += first.submission().steps().size();
      }
      first = commands < MAX_GROUP_COMMANDS ? queue.poll() : null;
    }
    return !group.isEmpty();
  }

  private void process(List<Waiting> group) {
    List<Submission> submissions = group.stream().map(Waiting::submission).toList();
    for (int tries = 1; tries <= MAX_TRIES; tries++) {
      Group attempt = new Group(submissions, aggregates, states);
      try (Session session = store.begin(attempt.tenants())) {
        long began = System.nanoTime();
        settle(attempt, session, tries > 1);
        metrics.appended(attempt.eventCount(), System.nanoTime() - began);
        answer(group, attempt.replies());
        return;
      } catch (StoreException.Conflict | Group.StillMoving e) {
        LOG.debug("another writer was first: {}", e.getMessage());
        metrics.conflict();
      } catch (StoreException.Broken e) {
        LOG.warn("nothing was stored: {}", e.getMessage());
        store.renewConnections();
      } catch (StoreException.Unavailable e) {
        LOG.warn("{}", e.getMessage());
        states.forgetAll();
        answer(group, new Reply.NotNow(false, AWAY));
        turnAway(AWAY);
        return;
      } catch (StoreException.OutcomeUnknown e) {
        LOG.warn("{} commands have an unknown outcome: {}", group.size(), e.getMessage());
        store.renewConnections();
        states.forget(attempt.touched());
        answer(group, new Reply.NotNow(true, "The connection broke while it was being stored."));
        return;
      } catch (StoreException.Fault e) {
        takeApart(group, e);
        return;
      }
    }
    answer(group, new Reply.NotNow(false, "Others were first each time; nothing was stored."));
  }

  private void settle(Group attempt, Session session, boolean overtaken) {
    if (overtaken) {
      session.lock(attempt.tenants());
    }
    Changes changes = attempt.decide(session, overtaken);
    if (!changes.isEmpty()) {
      session.write(changes);
      session.commit();
    }
    attempt.remember();
  }

  private void takeApart(List<Waiting> group, StoreException.Fault fault) {
    if (group.size() == 1) {
      LOG.error("a command cannot be stored", fault);
      answer(group, new Reply.Failed(fault));
    } else {
      group.forEach(waiting -> process(List.of(waiting)));
    }
  }

  private void answer(List<Waiting> group, List<Reply> replies) {
    metrics.refusals(replies);
    for (int i = 0; i < group.size(); i++) {
      group.get(i).reply().complete(replies.get(i));
    }
  }

  private static void answer(List<Waiting> group, Reply reply) {
    group.forEach(waiting -> waiting.reply().complete(reply));
  }

  /** Answers everything that waits: it would only wait longer. */
  private void turnAway(String why) {
    List<Waiting> waiting = new ArrayList<>();
    queue.drainTo(waiting);
    metrics.rejected(waiting.size());
    answer(waiting, new Reply.NotNow(false, why));
  }

  int depth() {
    return queue.size();
  }

  boolean isRunning() {
    return thread.isAlive();
  }

  /** Takes nothing new, settles what waits, and ends. Bounded by the store's timeouts. */
  @Override
  public void close() {
    closing.set(true);
    try {
      if (!thread.join(CLOSE_PATIENCE)) {
        LOG.warn("{} has not ended in time", thread.getName());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    turnAway("The service is stopping.");
  }
}
