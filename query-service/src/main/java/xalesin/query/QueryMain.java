package xalesin.query;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import xalesin.edge.ContractRoutes;
import xalesin.edge.HttpDoor;
import xalesin.edge.HttpDoorConfig;
import xalesin.edge.LocalKeys;
import xalesin.edge.ManagementDoor;
import xalesin.edge.Metrics;
import xalesin.edge.Route;
import xalesin.projection.ProjectionConfig;
import xalesin.projection.ProjectionService;
import xalesin.schemas.config.Settings;

/**
 * A query node as a process of its own: keeps views and answers reads, configured by environment.
 */
public final class QueryMain {
  private static final Logger LOG = LoggerFactory.getLogger(QueryMain.class);
  private static final int PORT = 8084;
  private static final int MANAGEMENT_PORT = 8085;
  private static final int STOP_SECONDS = 60;
  private static final int MOST_WAITERS = 100_000;

  private record Configuration(
      ProjectionConfig projection,
      HttpDoorConfig door,
      int managementPort,
      Path keyFile,
      int waiters) {
    static Configuration read(Settings settings) {
      return new Configuration(
          ProjectionConfig.read(settings),
          HttpDoorConfig.read(settings, PORT),
          settings.integer(
              "XALESIN_MANAGEMENT_PORT",
              MANAGEMENT_PORT,
              0,
              65_535,
              "port",
              "Port for operators, 0 for a free one"),
          settings.path(
              "XALESIN_KEY_FILE",
              Path.of("data", LocalKeys.FILE),
              "Secret that tokens are verified and cursors signed with"),
          settings.integer(
              "XALESIN_QUERY_WAITERS",
              QueryConfig.DEFAULT_WAITERS,
              1,
              MOST_WAITERS,
              "reads",
              "Most reads that wait for their consistency token at once"));
    }
  }

  private QueryMain() {}

  public static void main(String[] args) throws InterruptedException {
    Configuration configuration =
        Settings.readOrExit("query-service", "answers reads over HTTP", args, Configuration::read);
    LocalKeys keys = LocalKeys.load(configuration.keyFile());
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
    try (Metrics metrics = Metrics.ofProcess();
        ProjectionService projection =
            ProjectionService.start(configuration.projection(), metrics.registry());
        HttpDoor door = door(configuration, keys, projection, metrics);
        ManagementDoor management =
            ManagementDoor.start(
                configuration.door().host(),
                configuration.managementPort(),
                new ManagementDoor.Info("query-service", Map.of()),
                List.of(QueryService.health(projection.views())),
                metrics.registry())) {
      LOG.info("reads on port {}, management on port {}", door.port(), management.port());
      stop.await();
    } finally {
      stopped.countDown();
    }
  }

  private static HttpDoor door(
      Configuration configuration, LocalKeys keys, ProjectionService projection, Metrics metrics) {
    QueryConfig config = QueryConfig.of(keys).withWaiters(configuration.waiters());
    QueryService service = QueryService.create(config, projection.views(), metrics.registry());
    List<Route> routes = ContractRoutes.around(service.routes());
    return HttpDoor.start(configuration.door(), routes, keys.verifier(), metrics.registry());
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
