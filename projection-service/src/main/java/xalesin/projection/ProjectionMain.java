package xalesin.projection;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import xalesin.schemas.config.Settings;
import xalesin.schemas.probes.ManagementAddress;
import xalesin.schemas.probes.ProbeServer;
import xalesin.schemas.probes.ProbeServer.Readiness;

/** A headless node: it applies events and keeps views, and has no public door. */
public final class ProjectionMain {
  private static final int MANAGEMENT_PORT = 8086;
  private static final Logger log = LoggerFactory.getLogger(ProjectionMain.class);

  record Setup(ProjectionConfig views, ManagementAddress management) {
    static Setup read(Settings settings) {
      return new Setup(
          ProjectionConfig.read(settings), ManagementAddress.read(settings, MANAGEMENT_PORT));
    }
  }

  private ProjectionMain() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    Setup setup = Settings.readOrExit("projection", "keeps views of the log", args, Setup::read);
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    CountDownLatch closed = new CountDownLatch(1);
    ProjectionService service = ProjectionService.start(setup.views(), registry);
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("close")
                .unstarted(
                    () -> {
                      service.close();
                      closed.countDown();
                    }));
    log.info(
        "Applying the log of {} as {}",
        setup.views().bootstrapServers(),
        setup.views().applicationId());
    try (ProbeServer probes =
        ProbeServer.start(
            setup.management(), () -> readiness(service.health()), registry::scrape)) {
      log.info("probes and metrics are at port {}", probes.port());
      closed.await();
    }
  }

  private static Readiness readiness(ViewsState state) {
    String status = state.status().name().toLowerCase(Locale.ROOT);
    return new Readiness(
        state.ready(), (status + " " + String.join("; ", state.reasons())).strip());
  }
}
