package xalesin.command;

import java.nio.file.Path;
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
import xalesin.edge.Tickets;
import xalesin.edge.TokenVerifier;
import xalesin.schemas.config.Settings;
import xalesin.schemas.probes.ManagementAddress;

/** The command service as a process of its own, configured by environment variables. */
public final class CommandMain {
  private static final Logger LOG = LoggerFactory.getLogger(CommandMain.class);
  private static final int PORT = 8082;
  private static final int MANAGEMENT_PORT = 8083;
  private static final int STOP_SECONDS = 60;

  record Configuration(
      CommandConfig command,
      HttpDoorConfig door,
      ManagementAddress management,
      IdentityConfig identity) {
    static Configuration read(Settings settings) {
      return new Configuration(
          CommandConfig.read(settings),
          HttpDoorConfig.read(settings, PORT),
          ManagementAddress.read(settings, MANAGEMENT_PORT),
          IdentityConfig.read(settings));
    }
  }

  private CommandMain() {}

  public static void main(String[] args) throws InterruptedException {
    Configuration configuration =
        Settings.readOrExit(
            "command-service", "takes commands over HTTP", args, Configuration::read);
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
      serve(configuration, metrics, identity, stop);
    } finally {
      stopped.countDown();
    }
  }

  private static void serve(
      Configuration configuration, Metrics metrics, Identity identity, CountDownLatch stop)
      throws InterruptedException {
    try (CommandService service =
            CommandService.start(configuration.command(), metrics.registry());
        HttpDoor door =
            HttpDoor.start(
                configuration.door(),
                routes(service, configuration.identity().keyFile(), identity.verifier()),
                identity.verifier(),
                metrics.registry());
        ManagementDoor management =
            ManagementDoor.start(
                configuration.management().host(),
                configuration.management().port(),
                new ManagementDoor.Info("command-service", Map.of()),
                List.of(service.health(), identity.health()),
                metrics.registry())) {
      LOG.info("commands on port {}, management on port {}", door.port(), management.port());
      stop.await();
    }
  }

  private static List<Route> routes(CommandService service, Path keyFile, TokenVerifier verifier) {
    List<Route> routes = new ArrayList<>(service.routes());
    // Commands and posts come here; who asks for a ticket shows it to a query service.
    routes.add(Tickets.of(LocalKeys.load(keyFile)).route(verifier));
    return ContractRoutes.around(routes);
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
