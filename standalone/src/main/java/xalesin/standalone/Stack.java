package xalesin.standalone;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import xalesin.cdc.CdcConfig;
import xalesin.cdc.CdcService;
import xalesin.cdc.TopicAdmin;
import xalesin.command.CommandConfig;
import xalesin.command.CommandService;
import xalesin.command.store.StoreConfig;
import xalesin.edge.ContractRoutes;
import xalesin.edge.HealthCheck;
import xalesin.edge.HttpDoor;
import xalesin.edge.HttpDoorConfig;
import xalesin.edge.LocalKeys;
import xalesin.edge.ManagementDoor;
import xalesin.edge.Metrics;
import xalesin.edge.Route;
import xalesin.edge.Tickets;
import xalesin.edge.limits.LimitsConfig;
import xalesin.embedded.DataFolder;
import xalesin.embedded.Database;
import xalesin.embedded.EmbeddedKafka;
import xalesin.embedded.EmbeddedPostgres;
import xalesin.embedded.KafkaOptions;
import xalesin.embedded.PostgresOptions;
import xalesin.projection.ProjectionConfig;
import xalesin.projection.ProjectionService;
import xalesin.projection.ViewCatalog;
import xalesin.query.LiveService;
import xalesin.query.QueryConfig;
import xalesin.query.QueryService;
import xalesin.query.live.LiveConfig;
import xalesin.schemas.Topics;

/**
 * Everything in one process on one data folder. {@link #start} returns when commands are taken,
 * published and served, and all that was acknowledged before is served; {@link #close} stops in
 * reverse. Thread-safe. Killed at any moment, the next start on the folder goes on with all that
 * was acknowledged.
 */
final class Stack implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Stack.class);

  /** The longest wait without any progress. */
  private static final Duration READY = Duration.ofMinutes(2);

  /** How often progress is looked for, and told. */
  private static final Duration LOOK = Duration.ofSeconds(5);

  private static final Duration TOPICS = Duration.ofSeconds(30);
  private static final long POLL_MILLIS = 10;

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final Path data;
  private final boolean isNew;
  private final LocalKeys keys;
  private final Installation installation;
  private final @Nullable String https;
  private final ProjectionService projection;
  private final List<Route> routes;

  private Stack(StackOptions options, CountDownLatch stop) throws Exception {
    data = options.data();
    try (ExecutorService starters = Executors.newVirtualThreadPerTaskExecutor()) {
      DataFolder folder = opened(DataFolder.open(data));
      isNew = !Files.exists(folder.resolve(LocalKeys.FILE));
      keys = LocalKeys.open(folder.path());
      PrometheusMeterRegistry registry = opened(Metrics.ofProcess()).registry();

      Future<EmbeddedPostgres> startingPostgres = starters.submit(() -> startPostgres(options));
      Future<EmbeddedKafka> startingKafka = starters.submit(() -> startKafka(options));
      Future<CommandService> startingCommands =
          starters.submit(() -> startCommands(result(startingPostgres), registry));
      EmbeddedKafka kafka = opened(result(startingKafka));
      ensureTopics(kafka);
      int rebuild =
          options.rebuildViews()
              ? ViewsRebuild.next(folder.path())
              : ViewsRebuild.current(folder.path());
      ProjectionConfig views =
          ProjectionConfig.of(kafka.bootstrapServers(), folder.resolve("views")).rebuild(rebuild);
      projection = opened(ProjectionService.start(views, registry));
      EmbeddedPostgres postgres = opened(result(startingPostgres));
      CommandService commands = opened(result(startingCommands));
      CdcService cdc =
          opened(
              CdcService.start(
                  CdcConfig.of(capture(postgres), CdcConfig.Kafka.at(kafka.bootstrapServers()))
                      .refill(options.refill()),
                  registry));
      QueryService queries =
          QueryService.create(QueryConfig.of(keys.derive("cursor")), projection.views(), registry);

      LiveService live =
          LiveService.create(LiveConfig.standard(), projection, keys.verifier(), keys, registry);
      List<HealthCheck> sources = List.of(commands.health(), Health.ofCdc(cdc));
      HealthCheck reads = QueryService.health(projection.views());
      List<HealthCheck> checks = Stream.concat(sources.stream(), Stream.of(reads)).toList();
      ManagementDoor management =
          opened(
              ManagementDoor.start(
                  options.bind(),
                  options.managementPort(),
                  new ManagementDoor.Info("xalesin", Map.of()),
                  checks,
                  registry));
      awaitReady(sources, stop);
      // What was acknowledged before is in the log now, and must be in the views before it is read.
      projection.requireWholeLog();
      awaitReady(List.of(reads), stop);
      ViewsRebuild.dropOthers(views);

      List<Route> served = new ArrayList<>(commands.routes());
      served.addAll(queries.routes());
      served.addAll(live.routes());
      served.add(Tickets.of(keys).route(keys.verifier()));
      if (options.benchRoutes()) {
        served.addAll(BenchRoutes.all());
      }
      routes = ContractRoutes.around(served);
      HttpDoor door =
          opened(
              HttpDoor.start(
                  HttpDoorConfig.of(options.httpPort())
                      .withHost(options.bind())
                      .withMaxConnections(options.maxConnections())
                      .withTls(options.tls())
                      .withLimits(
                          LimitsConfig.GENEROUS
                              .withEnabled(options.limits())
                              .withFile(folder.resolve(StackOptions.LIMITS_FILE))),
                  routes,
                  keys.verifier(),
                  registry));
      // Ends before the door, which would wait for answers that have no end.
      opened(live);
      installation =
          new Installation(
              "http://" + plainHost(options) + ":" + door.port(),
              "http://" + options.bind() + ":" + management.port(),
              kafka.bootstrapServers(),
              postgres.jdbcUrl() + "?user=" + postgres.user() + "&password=" + postgres.password(),
              ProcessHandle.current().pid());
      https = options.tls() == null ? null : "https://" + options.bind() + ":" + door.tlsPort();
      installation.write(data);
      parts.push(() -> Installation.remove(data));
    } catch (Throwable e) {
      close();
      throw e;
    }
  }

  /**
   * Starts and waits until everything is ready.
   *
   * @param stop ends the wait when it opens
   */
  static Stack start(StackOptions options, CountDownLatch stop) throws Exception {
    return new Stack(options, stop);
  }

  Path data() {
    return data;
  }

  /** True when this start has made the installation. */
  boolean isNew() {
    return isNew;
  }

  LocalKeys keys() {
    return keys;
  }

  /** What the public port serves. */
  List<Route> routes() {
    return routes;
  }

  Installation installation() {
    return installation;
  }

  /** Base address of the TLS port; null without one. */
  @Nullable String https() {
    return https;
  }

  /** With a TLS port the plain one is for this machine only. */
  private static String plainHost(StackOptions options) {
    return options.tls() == null ? options.bind() : HttpDoorConfig.LOOPBACK;
  }

  private static EmbeddedPostgres startPostgres(StackOptions options) {
    return EmbeddedPostgres.start(
        PostgresOptions.in(options.data().resolve("postgres"))
            .bind(options.bind())
            .port(options.postgresPort()));
  }

  private static EmbeddedKafka startKafka(StackOptions options) {
    return EmbeddedKafka.start(
        KafkaOptions.in(options.data().resolve("kafka"))
            .bind(options.bind())
            .port(options.kafkaPort()));
  }

  private static CommandService startCommands(
      EmbeddedPostgres postgres, PrometheusMeterRegistry registry) {
    Database login = postgres.login("xalesin_command", "xalesin_app", false);
    return CommandService.start(
        CommandConfig.of(
            StoreConfig.of(login.jdbcUrl(), login.user(), login.password())
                .withOwner(postgres.user(), postgres.password())),
        registry);
  }

  private static CdcConfig.Postgres capture(EmbeddedPostgres postgres) {
    Database login = postgres.login("xalesin_cdc", "xalesin_capture", true);
    return CdcConfig.Postgres.parse(login.jdbcUrl(), login.user(), login.password());
  }

  private static void ensureTopics(EmbeddedKafka kafka) {
    try (Admin admin =
        Admin.create(
            Map.<String, Object>of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()))) {
      TopicAdmin.ensure(admin, Topics.all(ViewCatalog.names()), TOPICS);
    }
  }

  private static void awaitReady(List<HealthCheck> checks, CountDownLatch stop)
      throws InterruptedException {
    long deadline = System.nanoTime() + READY.toNanos();
    long nextLook = System.nanoTime() + LOOK.toNanos();
    Set<String> said = new HashSet<>();
    for (HealthCheck check : checks) {
      while (!check.status().get().up()) {
        long now = System.nanoTime();
        String reason = check.status().get().reason();
        if (now > nextLook) {
          nextLook = now + LOOK.toNanos();
          // A large log takes its time: as long as it gets on, it is waited for.
          if (said.add(reason)) {
            LOG.info("waiting for {}: {}", check.name(), reason);
            deadline = now + READY.toNanos();
          }
        }
        if (now > deadline) {
          throw new IllegalStateException(check.name() + " is not ready: " + reason);
        }
        if (stop.await(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
          throw new IllegalStateException("stopped before it was ready");
        }
      }
    }
  }

  private <T extends AutoCloseable> T opened(T part) {
    parts.push(part);
    return part;
  }

  private static <T> T result(Future<T> future) throws Exception {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw e;
    }
  }

  /**
   * Stops what was started, newest first; a part that fails to stop does not keep the others from
   * it.
   */
  @Override
  public void close() {
    while (!parts.isEmpty()) {
      AutoCloseable part = parts.pop();
      try {
        part.close();
      } catch (Exception e) {
        LOG.warn("{} did not stop cleanly", part.getClass().getSimpleName(), e);
      }
    }
  }
}
