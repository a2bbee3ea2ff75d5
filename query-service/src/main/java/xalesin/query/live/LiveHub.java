package xalesin.query.live;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import xalesin.edge.Caller;
import xalesin.edge.Exchange;
import xalesin.edge.Problem;
import xalesin.edge.ProblemException;
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
  private static final int THREADS = 2;

  /** Each remembers its windows: some 50 KB as a rule. */
  private static final int MAX_TOPICS_PER_TENANT = 500;

  private static final int RETRY_AFTER_SECONDS = 10;
  private static final Duration RECONNECT = Duration.ofSeconds(1);
  private static final Duration SWEEP = Duration.ofSeconds(1);
  private static final Duration MAX_CLOSE = Duration.ofSeconds(5);

  private final LiveConfig config;
  private final Views views;
  private final ChangeFeed feed;
  private final Clock clock;
  private final LiveMetrics metrics;
  private final ScheduledThreadPoolExecutor threads;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private final Set<Topic> topics = ConcurrentHashMap.newKeySet();

  /** Guarded by this. */
  private final Map<String, Tenant> tenants = new HashMap<>();

  private LocalDate today;
  private volatile boolean closed;

  /** Guarded by the hub, but for what wakes its topics. */
  private final class Tenant {
    final Map<String, Topic> byText = new ConcurrentHashMap<>();
    final Map<Topic, Integer> followers = new HashMap<>();
    final Map<String, Integer> byUser = new HashMap<>();
    final AtomicBoolean woken = new AtomicBoolean();
    int connections;

    /** For the stream thread. */
    void changed() {
      if (woken.compareAndSet(false, true)) {
        schedule(this::wakeAll, Duration.ZERO);
      }
    }

    private void wakeAll() {
      woken.set(false);
      byText.values().forEach(Topic::wake);
    }
  }

  public LiveHub(
      LiveConfig config, Views views, ChangeFeed feed, MeterRegistry registry, Clock clock) {
    this.config = config;
    this.views = views;
    this.feed = feed;
    this.clock = clock;
    this.metrics = new LiveMetrics(registry, connections, topics);
    this.today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    threads =
        new ScheduledThreadPoolExecutor(
            THREADS, Thread.ofPlatform().name("live-", 0).daemon().factory());
    var _ =
        threads.scheduleWithFixedDelay(
            this::sweep, SWEEP.toMillis(), SWEEP.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Answers the request with what the question asks for, and all that changes in it.
   *
   * @param text of the question
   * @param question makes it; called when nobody follows it yet
   * @param since the sequence of the state that the client has; negative when it has none
   */
  public void follow(
      Exchange exchange,
      VerifiedToken token,
      String text,
      Supplier<Question> question,
      long since) {
    if (closed) {
      throw Problem.unavailable("stopping", "this process is going down", 1).exception();
    }
    Caller caller = token.caller();
    // Made without the lock: it may read.
    Question fresh = isFollowed(caller.tenant(), text) ? null : question.get();
    Topic topic = enter(caller, text, fresh == null ? question : () -> fresh);
    Connection connection;
    try {
      connection =
          new Connection(
              exchange.push(200, "text/event-stream"),
              caller,
              token.validUntilMillis(),
              since,
              metrics);
    } catch (RuntimeException e) {
      exit(caller, topic);
      throw e;
    }
    connections.add(connection);
    connection.begin(topic, Frame.retry(RECONNECT.toMillis()));
    topic.join(connection);
    if (closed) {
      connection.end();
    } else if (connection.isEnded()) {
      // It failed while it was being let in.
      topic.leave(connection);
    }
  }

  private synchronized boolean isFollowed(String tenant, String text) {
    Tenant known = tenants.get(tenant);
    return known != null && known.byText.containsKey(text);
  }

  private synchronized Topic enter(Caller caller, String text, Supplier<Question> question) {
    Tenant tenant = tenants.computeIfAbsent(caller.tenant(), _ -> new Tenant());
    try {
      admit(tenant, caller.user(), text);
    } catch (ProblemException e) {
      if (tenant.connections == 0) {
        tenants.remove(caller.tenant());
      }
      throw e;
    }
    Topic topic =
        tenant.byText.computeIfAbsent(
            text,
            _ -> {
              Topic made = new Topic(this, caller.tenant(), question.get(), tenant::changed);
              topics.add(made);
              return made;
            });
    tenant.followers.merge(topic, 1, Integer::sum);
    tenant.byUser.merge(caller.user(), 1, Integer::sum);
    tenant.connections++;
    return topic;
  }

  private synchronized void exit(Caller caller, Topic topic) {
    Tenant tenant = tenants.get(caller.tenant());
    if (tenant == null) {
      return;
    }
    tenant.connections--;
    tenant.byUser.computeIfPresent(caller.user(), (_, n) -> n > 1 ? n - 1 : null);
    if (tenant.followers.computeIfPresent(topic, (_, n) -> n > 1 ? n - 1 : null) == null) {
      tenant.byText.remove(topic.text());
      topics.remove(topic);
      topic.stop();
    }
    if (tenant.connections == 0) {
      tenants.remove(caller.tenant());
    }
  }

  private void admit(Tenant tenant, String user, String text) {
    if (tenant.connections >= config.connectionsPerTenant()) {
      throw tooMany("the tenant has %d live connections already".formatted(tenant.connections));
    }
    if (tenant.byUser.getOrDefault(user, 0) >= config.connectionsPerCaller()) {
      throw tooMany(
          "the user has %d live connections already".formatted(config.connectionsPerCaller()));
    }
    if (tenant.byText.size() >= MAX_TOPICS_PER_TENANT && !tenant.byText.containsKey(text)) {
      throw tooMany(
          "the tenant follows %d different questions already".formatted(MAX_TOPICS_PER_TENANT));
    }
  }

  private ProblemException tooMany(String detail) {
    metrics.refused();
    return Problem.of(429, "too-many-connections", "Too many live connections", detail)
        .withRetryAfter(RETRY_AFTER_SECONDS)
        .exception();
  }

  /** The connection is no more. */
  void left(Connection connection, Topic topic) {
    if (connections.remove(connection)) {
      exit(connection.caller(), topic);
    }
  }

  private void sweep() {
    try {
      long nowMillis = clock.millis();
      for (Connection connection : connections) {
        if (connection.hasExpired(nowMillis)) {
          connection.end();
        } else if (connection.hasStalled(config.stall().toNanos())) {
          metrics.stalled();
          connection.abort();
        }
      }
      topics.forEach(topic -> topic.ping(config.ping().toNanos()));
      feed.forget();
      LocalDate day = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
      if (!day.equals(today)) {
        today = day;
        topics.forEach(Topic::wakeForNewDay);
      }
    } catch (RuntimeException e) {
      LOG.error("Live connections could not be looked after", e);
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
    new ArrayList<>(connections).forEach(Connection::end);
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
