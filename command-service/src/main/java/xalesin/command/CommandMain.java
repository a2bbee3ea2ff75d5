package xalesin.command;

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
import xalesin.schemas.config.Settings;

/** The command service as a process of its own, configured by environment variables. */
public final class CommandMain {
  private static final Logger LOG = LoggerFactory.getLogger(CommandMain.class);
  private static final int PORT = 8082;
  private static final int MANAGEMENT_PORT = 8083;
  private static final int STOP_SECONDS = 60;

  private record Configuration(
      CommandConfig command, HttpDoorConfig door, int managementPort, Path keyFile) {
    static Configuration read(Settings settings) {
      return new Configuration(
          CommandConfig.read(settings),
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
              "Secret that tokens are signed with"));
    }
  }

  private CommandMain() {}

  public static void main(String[] args) throws InterruptedException {
    Configuration configuration =
        Settings.readOrExit(
            "command-service", "takes commands over HTTP", args, Configuration::read);
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
        CommandService service = CommandService.start(configuration.command(), metrics.registry());
        HttpDoor door =
            HttpDoor.start(
                configuration.door(), routes(service), keys.verifier(), metrics.registry());
        ManagementDoor management =
            ManagementDoor.start(
                configuration.door().host(),
                configuration.managementPort(),
                new ManagementDoor.Info("command-service", Map.of()),
                List.of(service.health()),
                metrics.registry())) {
      LOG.info("commands on port {}, management on port {}", door.port(), management.port());
      stop.await();
    } finally {
      stopped.countDown();
    }
  }

  private static List<Route> routes(CommandService service) {
    return ContractRoutes.around(service.routes());
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
