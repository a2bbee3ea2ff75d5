package xalesin.query.live;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import xalesin.edge.Caller;
import xalesin.edge.Exchange;
import xalesin.edge.Problem;
import xalesin.edge.Push;
import xalesin.edge.PushStream;
import xalesin.edge.Query;
import xalesin.edge.TokenVerifier.VerifiedToken;
import xalesin.projection.Views;
import xalesin.projection.changes.ChangeFeed;

/**
 * All live connections of a process, their topics and the few threads that serve them. Thread-safe.
 * Closing ends the connections; clients come back to another process or to the next.
 */
public final class LiveHub implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LiveHub.class);

  /** They never wait for a client: more than processors would not help. */
  static final int THREADS = 2;

  private static final Duration RECONNECT = Duration.ofSeconds(1);
  private static final Duration SWEEP = Duration.ofSeconds(1);
  private static final Duration MAX_CLOSE = Duration.ofSeconds(5);

  private final LiveConfig config;
  private final Views views;
  private final ChangeFeed feed;
  private final InstantSource clock;
  private final LiveMetrics metrics;
  private final ScheduledThreadPoolExecutor threads;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private final Register register;

  private LocalDate today;
  private volatile boolean closed;

  public LiveHub(
      LiveConfig config,
      Views views,
      ChangeFeed feed,
      MeterRegistry registry,
      InstantSource clock) {
    this.config = config;
    this.views = views;
    this.feed = feed;
    this.clock = clock;
    this.register = new Register(this, config);
    this.metrics = new LiveMetrics(registry, connections, register.topics());
    this.today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    threads =
        new ScheduledThreadPoolExecutor(
            THREADS, Thread.ofPlatform().name("live-", 0).daemon().factory());
    // What waits for its window when all connections have ended is for nobody.
    threads.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    var _ =
        threads.scheduleWithFixedDelay(
            this::sweep, SWEEP.toMillis(), SWEEP.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Answers the request with server-sent events: what is asked for, and all that changes in it.
   *
   * @param since the sequence of the state that the client has; negative when it has none
   */
  public void stream(Exchange exchange, VerifiedToken token, Asked asked, long since) {
    String tenant = token.caller().tenant();
    enter(token.caller());
    Topic topic;
    PushStream stream;
    try {
      topic = register.follow(tenant, asked);
      try {
        stream = exchange.push(200, "text/event-stream");
      } catch (RuntimeException | Error e) {
        register.exit(tenant, topic);
        throw e;
      }
    } catch (RuntimeException | Error e) {
      register.exit(token.caller());
      throw e;
    }
    Connection connection = new Connection(this, stream, Wire.STREAM, token);
    Subscription only = new Subscription(connection, "", topic, since);
    connection.add(only);
    connection.say(Wire.Message.of(retry()));
    topic.join(only);
    opened(connection);
    stream.whenGone(connection::abort);
  }

  private static byte[] retry() {
    return ("retry: " + RECONNECT.toMillis() + "\n\n").getBytes(US_ASCII);
  }

  /**
   * Makes the request's connection a WebSocket, whose messages say what is followed.
   *
   * @param questions what the members of a `subscribe` ask for; throws the problem that says why
   *     they ask for nothing
   */
  public void socket(Exchange exchange, VerifiedToken token, Function<Query, Asked> questions) {
    enter(token.caller());
    try {
      exchange.socket(token.caller(), new LiveSocket(this, token, questions));
    } catch (RuntimeException | Error e) {
      register.exit(token.caller());
      throw e;
    }
  }

  private void enter(Caller caller) {
    if (closed) {
      throw Problem.unavailable("stopping", "this process is going down", 1).exception();
    }
    register.enter(caller);
  }

  /** The connection is to be looked after until it ends, which it may have done already. */
  void opened(Connection connection) {
    connections.add(connection);
    if (connection.isEnded()) {
      connections.remove(connection);
    } else if (closed) {
      connection.end(Push.Ending.STOPPING);
    }
  }

  /** The connection is no more. */
  void left(Connection connection) {
    connections.remove(connection);
    register.exit(connection.caller());
  }

  /** Whatever is thrown, the next one comes: a task that throws would be its own last. */
  private void sweep() {
    long nowMillis = clock.millis();
    for (Connection connection : connections) {
      try {
        lookAfter(connection, nowMillis);
      } catch (RuntimeException | Error e) {
        LOG.error("A live connection could not be looked after", e);
      }
    }
    try {
      feed.forget();
      LocalDate day = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
      if (!day.equals(today)) {
        today = day;
        register.topics().forEach(Topic::wakeForNewDay);
      }
    } catch (RuntimeException | Error e) {
      LOG.error("Live questions could not be looked after", e);
    }
  }

  private void lookAfter(Connection connection, long nowMillis) {
    if (connection.hasExpired(nowMillis)) {
      connection.end(Push.Ending.EXPIRED);
    } else if (connection.hasStalled(config.stall().toNanos())) {
      metrics.stalled();
      connection.abort();
    } else {
      connection.ping(config.ping().toNanos());
    }
  }

  void schedule(Runnable task, Duration delay) {
    try {
      var _ = threads.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("closed: nothing is pushed any more", e);
    }
  }

  Views views() {
    return views;
  }

  ChangeFeed feed() {
    return feed;
  }

  Register register() {
    return register;
  }

  LiveMetrics metrics() {
    return metrics;
  }

  /** How long ago the tenant's newest applied event was recorded. */
  long ageMillis(String tenant) {
    Instant newest = views.freshness(tenant).newest();
    return newest == null ? 0 : Math.max(0, clock.millis() - newest.toEpochMilli());
  }

  @Override
  public void close() {
    closed = true;
    connections.forEach(connection -> connection.end(Push.Ending.STOPPING));
    threads.shutdown();
    try {
      if (!threads.awaitTermination(MAX_CLOSE.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("pushing takes too long to stop");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
