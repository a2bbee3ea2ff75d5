package xalesin.client;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Follows what a server pushes, for any number of subscriptions over as few connections as the
 * protocol allows: equal questions share one; whole views that are asked for together share one, so
 * do rows of a view; a question that a connection answers already joins it. Thread-safe.
 *
 * <p>A lost connection is made again by itself and goes on where it was. Listeners always get the
 * difference to what they had, whatever lay between.
 */
public final class LiveClient implements AutoCloseable {
  /** Far above what one user may follow at a server. */
  private static final int MAX_SUBSCRIPTIONS = 10_000;

  /** Questions that are asked within so long are asked together. */
  private static final Duration GATHER = Duration.ofMillis(5);

  private static final Duration MAX_WATCH = Duration.ofSeconds(1);
  private static final int WATCHES_PER_LIMIT = 8;

  private final LiveClientConfig config;
  private final HttpClient http;
  private final ScheduledThreadPoolExecutor timer;
  private final Shared shared;

  /** Guarded by this. */
  private final Map<LiveQuestion, Topic> topics = new HashMap<>();

  private final Set<Link> links = new HashSet<>();
  private int subscriptions;
  private boolean closed;

  private LiveClient(LiveClientConfig config) {
    this.config = config;
    this.http =
        HttpClient.newBuilder()
            // Over TLS all connections are streams of one (HTTP/2).
            .version(
                "https".equals(config.server().getScheme())
                    ? HttpClient.Version.HTTP_2
                    : HttpClient.Version.HTTP_1_1)
            .connectTimeout(config.connectTimeout())
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
    this.shared = new Shared(config, http, new Counters());
    this.timer =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("live-client").daemon().factory());
    Duration least =
        config.stallAfter().compareTo(config.offlineAfter()) < 0
            ? config.stallAfter()
            : config.offlineAfter();
    long watchMillis = Math.clamp(least.toMillis() / WATCHES_PER_LIMIT, 1, MAX_WATCH.toMillis());
    var _ =
        timer.scheduleWithFixedDelay(this::watch, watchMillis, watchMillis, TimeUnit.MILLISECONDS);
  }

  /** One for a server; nothing is connected before the first subscription. */
  public static LiveClient of(URI server, TokenSource tokens) {
    return new LiveClient(LiveClientConfig.of(server, tokens));
  }

  public static LiveClient of(LiveClientConfig config) {
    return new LiveClient(config);
  }

  /**
   * Follows the question until the subscription is closed. Returns at once; the listener is called
   * on other threads.
   *
   * @throws IllegalStateException when the client is closed, or has 10,000 subscriptions
   */
  public LiveSubscription subscribe(LiveQuestion question, LiveListener listener) {
    Topic topic;
    LiveSubscription subscription;
    synchronized (this) {
      if (closed) {
        throw new IllegalStateException("the client is closed");
      }
      if (subscriptions == MAX_SUBSCRIPTIONS) {
        throw new IllegalStateException(
            "the client has %d subscriptions already".formatted(MAX_SUBSCRIPTIONS));
      }
      topic = topics.computeIfAbsent(question, this::place);
      subscription = new LiveSubscription(this, topic, listener);
      topic.subscriptions.add(subscription);
      subscriptions++;
    }
    Thread.ofVirtual().name("live-client-welcome").start(() -> topic.link().tellAll());
    return subscription;
  }

  /** On a connection that follows it, or one that is being gathered, or a new one. */
  private Topic place(LiveQuestion question) {
    for (Link link : links) {
      if (link.takes(question)) {
        Topic topic = new Topic(question, link);
        link.add(topic);
        return topic;
      }
    }
    Link link = open(question);
    Topic topic = new Topic(question, link);
    link.add(topic);
    var _ = timer.schedule(link::start, GATHER.toMillis(), TimeUnit.MILLISECONDS);
    return topic;
  }

  private Link open(LiveQuestion question) {
    Link link = new Link(this, shared, question);
    links.add(link);
    return link;
  }

  void leave(Topic topic, LiveSubscription subscription) {
    Link unused = null;
    synchronized (this) {
      if (!topic.subscriptions.remove(subscription)) {
        return;
      }
      subscriptions--;
      if (topic.subscriptions.isEmpty()) {
        topics.remove(topic.question, topic);
        Link link = topic.link();
        if (link.remove(topic)) {
          links.remove(link);
          unused = link;
        }
      }
    }
    if (unused != null) {
      unused.close();
    }
  }

  /**
   * The server refuses what the connection asks for. When that was several questions each is asked
   * by itself, so that only the one at fault fails.
   *
   * @return the subscriptions that have failed, which are counted no more
   */
  List<LiveSubscription> refused(Link link) {
    List<Link> alone = new ArrayList<>();
    List<LiveSubscription> failed = new ArrayList<>();
    synchronized (this) {
      if (!links.remove(link)) {
        return List.of();
      }
      List<Topic> asked = link.topics();
      for (Topic topic : asked) {
        if (asked.size() > 1) {
          Link own = open(topic.question);
          own.add(topic);
          topic.moveTo(own);
          alone.add(own);
        } else {
          topics.remove(topic.question, topic);
          failed.addAll(topic.subscriptions);
          topic.subscriptions.clear();
          subscriptions -= failed.size();
        }
      }
    }
    alone.forEach(Link::start);
    return failed;
  }

  private void watch() {
    List.copyOf(links()).forEach(Link::watch);
  }

  private synchronized Set<Link> links() {
    return Set.copyOf(links);
  }

  /** The worst of its connections; {@link ConnectionState#LIVE} when it has none. */
  public ConnectionState connection() {
    synchronized (this) {
      if (closed) {
        return ConnectionState.CLOSED;
      }
    }
    return links().stream()
        .map(Link::state)
        .max(ConnectionState::compareTo)
        .orElse(ConnectionState.LIVE);
  }

  public LiveStatistics statistics() {
    synchronized (this) {
      return shared.counters().read(links.size(), subscriptions);
    }
  }

  /** Ends all connections; no call of a listener begins after this. */
  @Override
  public void close() {
    List<LiveSubscription> open;
    synchronized (this) {
      closed = true;
      open = topics.values().stream().flatMap(topic -> topic.subscriptions.stream()).toList();
    }
    open.forEach(LiveSubscription::close);
    timer.shutdownNow();
    http.shutdownNow();
  }

  @Override
  public String toString() {
    return "LiveClient of " + Objects.toString(config.server());
  }
}
