package xalesin.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static xalesin.query.Reader.await;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import xalesin.edge.HttpDoor;
import xalesin.edge.HttpDoorConfig;
import xalesin.edge.LocalKeys;
import xalesin.edge.Role;
import xalesin.edge.Route;
import xalesin.edge.Tickets;
import xalesin.embedded.TestServers;
import xalesin.projection.ProjectionConfig;
import xalesin.projection.ProjectionService;
import xalesin.projection.ViewsState.Status;
import xalesin.query.live.LiveConfig;
import xalesin.schemas.CloudEvents;
import xalesin.schemas.RecordedEvent;
import xalesin.schemas.Topics;

/**
 * A query node on a real Kafka and with a real door, one for all tests of a JVM: tests keep apart
 * by tenant. It is closed after the last of them. Events are sent to the log as cdc sends them.
 */
final class TestNode implements AutoCloseable {
  private static @Nullable TestNode shared;

  private final Path folder;
  private final LocalKeys keys;
  private final ProjectionService projection;
  private final KafkaProducer<byte[], byte[]> producer;
  private final Door door;

  /** A door on the node's views, with meters of its own. */
  static final class Door implements AutoCloseable {
    private final LocalKeys keys;
    private final PrometheusMeterRegistry registry =
        new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final LiveService live;
    private final HttpDoor http;

    Door(
        LocalKeys keys,
        ProjectionService projection,
        QueryConfig config,
        InstantSource clock,
        LiveConfig liveConfig,
        InstantSource liveClock,
        Route... more) {
      this.keys = keys;
      this.live =
          LiveService.create(
              liveConfig,
              projection.views(),
              projection.changes(),
              keys.verifier(liveClock),
              Tickets.of(keys),
              registry,
              liveClock);
      List<Route> routes =
          new ArrayList<>(
              QueryService.create(config, projection.views(), registry, clock).routes());
      routes.addAll(live.routes());
      routes.addAll(List.of(more));
      routes.add(Tickets.of(keys).route(keys.verifier()));
      this.http = HttpDoor.start(HttpDoorConfig.of(0), routes, keys.verifier(), registry);
    }

    int port() {
      return http.port();
    }

    /** Signed by the node's installation. */
    String token(String tenant, String user, Duration timeToLive) {
      return keys.sign(tenant, user, List.of(Role.VIEWER), timeToLive);
    }

    PrometheusMeterRegistry registry() {
      return registry;
    }

    Reader reader(String tenant) {
      return reader(tenant, Role.VIEWER);
    }

    Reader reader(String tenant, Role role) {
      return new Reader(
          http.port(), keys.sign(tenant, "tester", List.of(role), Duration.ofHours(1)));
    }

    /** The sum of the meters of that name and tags. */
    double sum(String name, String... tags) {
      return registry.find(name).tags(tags).meters().stream()
          .mapToDouble(meter -> meter.measure().iterator().next().getValue())
          .sum();
    }

    /** Reads that wait for their token now. */
    double waiters() {
      return registry.get("query.consistency.waiters").gauge().value();
    }

    @Override
    public void close() {
      live.close();
      http.close();
    }
  }

  private TestNode(Path folder) throws InterruptedException {
    this.folder = folder;
    String kafka = TestServers.kafka().bootstrapServers();
    keys = LocalKeys.open(folder.resolve("keys"));
    projection =
        ProjectionService.start(
            ProjectionConfig.of(kafka, folder.resolve("views")),
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
    producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka, ProducerConfig.LINGER_MS_CONFIG, 0),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    door =
        new Door(
            keys,
            projection,
            QueryConfig.of(keys),
            InstantSource.system(),
            LiveConfig.standard(),
            InstantSource.system());
  }

  static TestNode shared() {
    return Objects.requireNonNull(shared, "the test lacks @ExtendWith(TestNode.Started.class)");
  }

  /** Starts the node before the first test that needs it; the end of the test plan closes it. */
  static final class Started implements BeforeAllCallback {
    @Override
    public void beforeAll(ExtensionContext context) {
      context
          .getRoot()
          .getStore(ExtensionContext.Namespace.GLOBAL)
          .computeIfAbsent(TestNode.class, _ -> start(), TestNode.class);
    }

    private static TestNode start() {
      try {
        TestNode node = new TestNode(Files.createTempDirectory("xalesin-query-"));
        await().until(() -> node.projection.health().status() == Status.RUNNING);
        shared = node;
        return node;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", e);
      }
    }
  }

  /** Publishes an event; those of one tenant arrive in the order sent. */
  void send(RecordedEvent event) {
    ProducerRecord<byte[], byte[]> published =
        new ProducerRecord<>(Topics.EVENTS, event.tenant().getBytes(UTF_8), event.data());
    CloudEvents.headers(event).forEach(h -> published.headers().add(h.name(), h.value()));
    var _ = producer.send(published);
  }

  Reader reader(String tenant) {
    return door.reader(tenant);
  }

  double waiters() {
    return door.waiters();
  }

  Door doorWithWaiters(int waiters) {
    return door(config -> config.withWaiters(waiters), InstantSource.system());
  }

  /** One with a cache of its own. */
  Door door(UnaryOperator<QueryConfig> change, InstantSource clock) {
    return new Door(
        keys,
        projection,
        change.apply(QueryConfig.of(keys)),
        clock,
        LiveConfig.standard(),
        InstantSource.system());
  }

  /** A door of its own on the node's views. */
  Door door(LiveConfig live) {
    return door(live, InstantSource.system());
  }

  /** One whose live connections and their tokens have a clock of their own. */
  Door door(LiveConfig live, InstantSource clock, Route... more) {
    return new Door(
        keys, projection, QueryConfig.of(keys), InstantSource.system(), live, clock, more);
  }

  /** A door on another node of the installation. */
  Door doorOf(ProjectionService other) {
    return new Door(
        keys,
        other,
        QueryConfig.of(keys),
        InstantSource.system(),
        LiveConfig.standard(),
        InstantSource.system());
  }

  Door door() {
    return door;
  }

  @Override
  public void close() throws IOException {
    shared = null;
    door.close();
    producer.close(Duration.ofSeconds(10));
    projection.close();
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
