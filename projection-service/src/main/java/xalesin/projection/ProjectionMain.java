package xalesin.projection;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import xalesin.schemas.config.Settings;

/** A headless node: it applies events and keeps views, and has no public door. */
public final class ProjectionMain {
  private static final Logger log = LoggerFactory.getLogger(ProjectionMain.class);

  private ProjectionMain() {}

  public static void main(String[] args) throws InterruptedException {
    ProjectionConfig config =
        Settings.readOrExit("projection", "keeps views of the log", args, ProjectionConfig::read);
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    CountDownLatch closed = new CountDownLatch(1);
    ProjectionService service = ProjectionService.start(config, registry);
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("close")
                .unstarted(
                    () -> {
                      service.close();
                      closed.countDown();
                    }));
    log.info("Applying the log of {} as {}", config.bootstrapServers(), config.applicationId());
    closed.await();
  }
}
