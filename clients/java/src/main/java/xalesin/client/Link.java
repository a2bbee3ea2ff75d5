package xalesin.client;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A connection and its successors: follows one question for its topics until it is closed or
 * refused. Its own thread connects, reads, applies and tells; so a slow listener slows its own
 * connection, and the server sends it less.
 */
final class Link {
  private static final System.Logger LOG = System.getLogger(Link.class.getName());

  /** What lasted so long was a good connection, even if nothing happened meanwhile. */
  private static final long GOOD_NANOS = Duration.ofSeconds(10).toNanos();

  private final LiveClient client;
  private final Shared shared;
  private final Backoff backoff;
  private final Audience audience = new Audience();
  private final Frames frames;
  private final Refusal refusal = new Refusal();
  private final TokenRequest tokens;
  private final CountDownLatch closed = new CountDownLatch(1);

  /** Guarded by the client. */
  private LiveQuestion question;

  private boolean started;

  private volatile @Nullable Thread thread;
  private volatile @Nullable Attempt attempt;
  private volatile long lostSinceNanos = System.nanoTime();

  Link(LiveClient client, Shared shared, LiveQuestion question) {
    this.client = client;
    this.shared = shared;
    this.question = question;
    this.backoff = new Backoff(shared.config().maxBackoff(), ThreadLocalRandom.current());
    this.frames = new Frames(shared.counters(), backoff, audience::tell);
    this.tokens = new TokenRequest(shared.config().tokens(), shared.config().connectTimeout());
  }

  /** Whether it follows the question, or can until it is asked. With the client's lock. */
  boolean takes(LiveQuestion other) {
    return Grouping.covers(question, other) || (!started && Grouping.both(question, other) != null);
  }

  /** With the client's lock. */
  void add(Topic topic) {
    if (!Grouping.covers(question, topic.question)) {
      LiveQuestion both = Grouping.both(question, topic.question);
      question = both == null ? question : both;
    }
    audience.add(topic);
  }

  /**
   * With the client's lock.
   *
   * @return true when it was the last
   */
  boolean remove(Topic topic) {
    return audience.remove(topic);
  }

  List<Topic> topics() {
    return audience.topics();
  }

  ConnectionState state() {
    return audience.state();
  }

  /** Tells everybody what they have not been told yet. */
  void tellAll() {
    audience.tellAll();
  }

  void start() {
    String query;
    synchronized (client) {
      started = true;
      query = Grouping.query(question);
    }
    String server = shared.config().server().toString().replaceAll("/+$", "");
    URI address = URI.create(server + "/api/live?" + query);
    thread = Thread.ofVirtual().name("live-client-link").start(() -> run(address));
  }

  private void run(URI address) {
    boolean goesOn = true;
    while (goesOn && !isClosed()) {
      try {
        goesOn = goesOn(connect(address));
      } catch (InterruptedException e) {
        // When it is closed; what a listener interrupts goes on.
      }
    }
  }

  private End connect(URI address) throws InterruptedException {
    long beganNanos = System.nanoTime();
    Attempt made =
        new Attempt(shared, tokens, refusal, frames, () -> audience.become(ConnectionState.LIVE));
    attempt = made;
    try {
      // Whoever closes the link closes either this one or none.
      return isClosed() ? new End.AtOnce() : made.run(address);
    } catch (RuntimeException | Error e) {
      // Nobody else would hear of it, and the link is to go on.
      LOG.log(System.Logger.Level.ERROR, "a connection failed", e);
      return new End.Lost();
    } finally {
      attempt = null;
      if (state() == ConnectionState.LIVE) {
        lostSinceNanos = System.nanoTime();
        if (lostSinceNanos - beganNanos > GOOD_NANOS) {
          backoff.reset();
        }
      }
    }
  }

  private boolean goesOn(End end) throws InterruptedException {
    if (isClosed()) {
      return false;
    }
    return switch (end) {
      case End.Lost() -> pause(backoff.next());
      case End.NotBefore(Duration least) -> pause(least.plus(backoff.next()));
      case End.AtOnce() -> true;
      case End.Refused(LiveException reason) -> {
        audience.end(() -> client.refused(this), reason);
        close();
        yield false;
      }
    };
  }

  private boolean pause(Duration pause) throws InterruptedException {
    shared.counters().losses.increment();
    audience.become(ConnectionState.LIVE, ConnectionState.RECONNECTING);
    return !closed.await(pause.toNanos(), TimeUnit.NANOSECONDS);
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }

  /** From time to time: gives up a silent connection, and says so when a lost one does not come. */
  void watch() {
    long now = System.nanoTime();
    Attempt running = attempt;
    if (running != null) {
      running.watch(now);
    }
    if (now - lostSinceNanos > shared.config().offlineAfter().toNanos()
        && audience.isOfflineNow()) {
      Thread.ofVirtual().name("live-client-offline").start(this::tellAll);
    }
  }

  void close() {
    closed.countDown();
    Thread running = thread;
    if (running != null && running != Thread.currentThread()) {
      audience.unlessTelling(running::interrupt);
    }
    Attempt made = attempt;
    if (made != null) {
      made.close();
    }
  }
}
