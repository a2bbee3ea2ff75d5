package xalesin.query.live;

import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import xalesin.edge.Caller;
import xalesin.edge.Problem;
import xalesin.edge.ProblemException;

/**
 * Who is connected and which topics are followed, within the limits of tenants and users.
 * Thread-safe.
 */
final class Register {
  /** Each remembers its windows: some 50 KB as a rule. */
  private static final int MAX_TOPICS_PER_TENANT = 500;

  private static final int RETRY_AFTER_SECONDS = 10;

  private final LiveHub hub;
  private final LiveConfig config;
  private final Set<Topic> topics = ConcurrentHashMap.newKeySet();

  /** Kept, for a gauge holds what it measures weakly. */
  private final Collection<Topic> allTopics = Collections.unmodifiableSet(topics);

  /** Guarded by this. */
  private final Map<String, Tenant> tenants = new HashMap<>();

  /** Guarded by the register, but for what wakes its topics. */
  private final class Tenant {
    final Map<String, Topic> byText = new ConcurrentHashMap<>();
    final Map<Topic, Integer> followers = new HashMap<>();
    final Map<String, Integer> byUser = new HashMap<>();
    final Earliest untold = new Earliest();
    int connections;

    /** For the stream thread. */
    void changed() {
      if (untold.add(System.nanoTime())) {
        hub.schedule(this::wakeAll, Duration.ZERO);
      }
    }

    private void wakeAll() {
      long changedNanos = untold.take();
      byText.values().forEach(topic -> topic.wake(changedNanos));
    }
  }

  Register(LiveHub hub, LiveConfig config) {
    this.hub = hub;
    this.config = config;
  }

  /** All topics there are, as they are. */
  Collection<Topic> topics() {
    return allTopics;
  }

  /** A place for a connection, until {@link #exit(Caller)}; throws the 429 problem. */
  synchronized void enter(Caller caller) {
    Tenant known = tenants.get(caller.tenant());
    if (known != null && known.connections >= config.connectionsPerTenant()) {
      throw tooMany("the tenant has %d live connections already".formatted(known.connections));
    }
    if (known != null
        && known.byUser.getOrDefault(caller.user(), 0) >= config.connectionsPerCaller()) {
      throw tooMany(
          "the user has %d live connections already".formatted(config.connectionsPerCaller()));
    }
    Tenant tenant = tenants.computeIfAbsent(caller.tenant(), _ -> new Tenant());
    tenant.byUser.merge(caller.user(), 1, Integer::sum);
    tenant.connections++;
  }

  synchronized void exit(Caller caller) {
    Tenant tenant = tenants.get(caller.tenant());
    if (tenant != null) {
      tenant.connections--;
      tenant.byUser.computeIfPresent(caller.user(), (_, n) -> n > 1 ? n - 1 : null);
      forgetIfEmpty(caller.tenant(), tenant);
    }
  }

  /**
   * The topic of a question, for one more follower, until {@link #exit(String, Topic)}. Throws the
   * problem that says why it cannot be followed.
   */
  Topic follow(String tenant, Asked asked) {
    Topic known = followKnown(tenant, asked.text());
    // Made without the lock: it may read.
    return known == null ? follow(tenant, asked.text(), asked.question().get()) : known;
  }

  private synchronized @Nullable Topic followKnown(String name, String text) {
    Tenant tenant = tenants.get(name);
    Topic topic = tenant == null ? null : tenant.byText.get(text);
    if (tenant != null && topic != null) {
      topic.check();
      tenant.followers.merge(topic, 1, Integer::sum);
    }
    return topic;
  }

  /** Somebody else may have been quicker: then the question is not needed. */
  private synchronized Topic follow(String name, String text, Question fresh) {
    Topic known = followKnown(name, text);
    if (known != null) {
      return known;
    }
    Tenant tenant = tenants.computeIfAbsent(name, _ -> new Tenant());
    if (tenant.byText.size() >= MAX_TOPICS_PER_TENANT) {
      throw tooMany(
          "the tenant follows %d different questions already".formatted(MAX_TOPICS_PER_TENANT));
    }
    Topic topic = new Topic(hub, name, fresh, tenant::changed);
    tenant.byText.put(text, topic);
    topics.add(topic);
    tenant.followers.put(topic, 1);
    return topic;
  }

  synchronized void exit(String name, Topic topic) {
    Tenant tenant = tenants.get(name);
    if (tenant == null) {
      return;
    }
    if (tenant.followers.computeIfPresent(topic, (_, n) -> n > 1 ? n - 1 : null) == null
        && tenant.byText.remove(topic.text(), topic)) {
      topics.remove(topic);
      topic.stop();
    }
    forgetIfEmpty(name, tenant);
  }

  private void forgetIfEmpty(String name, Tenant tenant) {
    if (tenant.connections == 0 && tenant.byText.isEmpty()) {
      tenants.remove(name, tenant);
    }
  }

  private ProblemException tooMany(String detail) {
    hub.metrics().refused();
    return Problem.of(429, "too-many-connections", "Too many live connections", detail)
        .withRetryAfter(RETRY_AFTER_SECONDS)
        .exception();
  }
}
