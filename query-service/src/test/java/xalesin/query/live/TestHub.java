package xalesin.query.live;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import xalesin.edge.Caller;
import xalesin.edge.Role;
import xalesin.edge.TokenVerifier.VerifiedToken;

/** A hub on views in memory, and those who follow them. */
final class TestHub implements AutoCloseable {
  static final Duration WINDOW = Duration.ofMillis(10);

  final MemoryViews views = new MemoryViews();
  final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  final LiveHub hub;

  TestHub() {
    this(LiveConfig.standard());
  }

  TestHub(LiveConfig config) {
    hub = new LiveHub(config, views, views.feed(), registry, InstantSource.system());
  }

  static Question whole() {
    return question(new RowsPart(MemoryViews.VIEW, null));
  }

  static Question question(Part... parts) {
    return new Question("q", WINDOW, List.of(parts));
  }

  static Asked asked(Question question) {
    return new Asked(question.text(), () -> question);
  }

  Connection connect(TestPush push) {
    return connect(push, Long.MAX_VALUE);
  }

  Connection connect(TestPush push, long validUntilMillis) {
    Caller caller = new Caller(MemoryViews.TENANT, "user", Set.of(Role.VIEWER));
    hub.register().enter(caller);
    Connection connection =
        new Connection(hub, push, Wire.SOCKET, new VerifiedToken(caller, validUntilMillis));
    hub.opened(connection);
    return connection;
  }

  Subscription follow(Connection connection, String name, Asked asked, long since) {
    Topic topic = hub.register().follow(MemoryViews.TENANT, asked);
    Subscription subscription = new Subscription(connection, name, topic, since);
    connection.add(subscription);
    topic.join(subscription);
    return subscription;
  }

  /** A client of its own that follows the question alone. */
  TestPush follow(Question question) {
    TestPush push = new TestPush();
    follow(connect(push), "q", asked(question), -1);
    return push;
  }

  /** Returns once the hub has done what was due. */
  void settle() {
    CountDownLatch both = new CountDownLatch(LiveHub.THREADS);
    for (int i = 0; i < LiveHub.THREADS; i++) {
      hub.schedule(
          () -> {
            both.countDown();
            awaitLatch(both);
          },
          Duration.ZERO);
    }
    awaitLatch(both);
  }

  static void awaitLatch(CountDownLatch latch) {
    try {
      if (!latch.await(60, TimeUnit.SECONDS)) {
        throw new IllegalStateException("not in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  double count(String name) {
    return registry.get(name).meters().stream()
        .mapToDouble(meter -> meter.measure().iterator().next().getValue())
        .sum();
  }

  @Override
  public void close() {
    hub.close();
  }
}
