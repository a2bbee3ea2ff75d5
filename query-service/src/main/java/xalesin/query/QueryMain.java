package xalesin.query;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import xalesin.edge.ContractRoutes;
import xalesin.edge.HttpDoor;
import xalesin.edge.HttpDoorConfig;
import xalesin.edge.Identity;
import xalesin.edge.IdentityConfig;
import xalesin.edge.LocalKeys;
import xalesin.edge.ManagementDoor;
import xalesin.edge.Metrics;
import xalesin.edge.Route;
import xalesin.projection.ProjectionConfig;
import xalesin.projection.ProjectionService;
import xalesin.query.live.LiveConfig;
import xalesin.schemas.config.Settings;
import xalesin.schemas.probes.ManagementAddress;

/**
 * A query node as a process of its own: keeps views and answers reads, configured by environment.
 */
public final class QueryMain {
  private static final Logger LOG = LoggerFactory.getLogger(QueryMain.class);
  private static final int PORT = 8084;
  private static final int MANAGEMENT_PORT = 8085;
  private static final int STOP_SECONDS = 60;
  private static final int MOST_WAITERS = 100_000;
  private static final long MOST_CACHE_BYTES = 64L << 30;

  record Configuration(
      ProjectionConfig projection,
      HttpDoorConfig door,
      ManagementAddress management,
      IdentityConfig identity,
      int waiters,
      long cacheBytes,
      Duration slow,
      LiveConfig live) {
    static Configuration read(Settings settings) {
      HttpDoorConfig door = HttpDoorConfig.read(settings, PORT);
      return new Configuration(
          ProjectionConfig.read(settings),
          door,
          ManagementAddress.read(settings, MANAGEMENT_PORT),
          IdentityConfig.read(settings),
          settings.integer(
              "XALESIN_QUERY_WAITERS",
              QueryConfig.DEFAULT_WAITERS,
              1,
              MOST_WAITERS,
              "reads",
              "Most reads that wait for their consistency token at once"),
          settings.bytes(
              "XALESIN_QUERY_CACHE",
              QueryConfig.DEFAULT_CACHE_BYTES,
              0,
              MOST_CACHE_BYTES,
              "Memory for answers that are kept as long as they hold, 0 for none"),
          settings.duration(
              "XALESIN_QUERY_SLOW",
              QueryConfig.DEFAULT_SLOW,
              Duration.ZERO,
              Duration.ofHours(1),
              "Reads of the store that take longer are told of in the log"),
          LiveConfig.read(settings, door.origins()));
    }
  }

  private QueryMain() {}

  public static void main(String[] args) throws InterruptedException {
    Configuration configuration =
        Settings.readOrExit("query-service", "answers reads over HTTP", args, Configuration::read);
    LocalKeys keys = LocalKeys.load(configuration.identity().keyFile());
    CountDownLatch stop = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  stop.countDown();
                  awaitQuietly(stopped);
                },
                "stop"));
    try (Metrics metrics = Metrics.ofProcess()) {
      Identity identity = Identity.open(configuration.identity(), metrics.registry());
      serve(configuration, metrics, identity, keys, stop);
    } finally {
      stopped.countDown();
    }
  }

  private static void serve(
      Configuration configuration,
      Metrics metrics,
      Identity identity,
      LocalKeys keys,
      CountDownLatch stop)
      throws InterruptedException {
    QueryConfig config =
        QueryConfig.of(keys)
            .withWaiters(configuration.waiters())
            .withCache(configuration.cacheBytes())
            .withSlow(configuration.slow());
    try (ProjectionService projection =
            ProjectionService.start(configuration.projection(), metrics.registry());
        LiveService live =
            LiveService.create(
                configuration.live(), projection, identity.verifier(), keys, metrics.registry());
        HttpDoor door = door(configuration, config, projection, live, identity, metrics);
        // Answers without an end would keep the door open: they end first.
        LiveService _ = live;
        ManagementDoor management =
            ManagementDoor.start(
                configuration.management().host(),
                configuration.management().port(),
                new ManagementDoor.Info("query-service", Map.of()),
                List.of(QueryService.health(projection.views()), identity.health()),
                metrics.registry())) {
      LOG.info("reads on port {}, management on port {}", door.port(), management.port());
      stop.await();
    }
  }

  private static HttpDoor door(
      Configuration configuration,
      QueryConfig config,
      ProjectionService projection,
      LiveService live,
      Identity identity,
      Metrics metrics) {
    QueryService service = QueryService.create(config, projection.views(), metrics.registry());
    List<Route> routes = new ArrayList<>(service.routes());
    routes.addAll(live.routes());
    return HttpDoor.start(
        configuration.door(),
        ContractRoutes.around(routes),
        identity.verifier(),
        metrics.registry());
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      if (!latch.await(STOP_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("stopping takes too long");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
