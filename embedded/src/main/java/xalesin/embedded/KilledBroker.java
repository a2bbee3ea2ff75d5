package xalesin.embedded;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.BrokerIdNotRegisteredException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the registration of a killed broker out of the metadata.
 *
 * <p>A controller cannot know that the broker of its own process died with it, so it would keep the
 * next one out for the nine seconds of the old one's session. We know: we hold the folder's lock.
 * Partitions, leaders and logs stay; they come back with the new registration, as they do when a
 * session runs out.
 */
final class KilledBroker {
  private static final Logger log = LoggerFactory.getLogger(KilledBroker.class);

  /** Longer than the session that it saves us from would be pointless. */
  private static final Duration WITHIN = Duration.ofSeconds(9);

  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(1);

  private KilledBroker() {}

  /** Does what it can: without success the start takes as long as the old session lives. */
  static void forget(int broker, int controllerPort) {
    Admin admin =
        Admin.create(
            Map.of(
                "bootstrap.controllers",
                "127.0.0.1:" + controllerPort,
                "default.api.timeout.ms",
                Long.toString(WITHIN.toMillis()),
                "request.timeout.ms",
                Long.toString(WITHIN.toMillis()),
                "retry.backoff.ms",
                "10",
                "reconnect.backoff.ms",
                "10",
                "metric.reporters",
                ""));
    try {
      admin.unregisterBroker(broker).all().get(WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof BrokerIdNotRegisteredException)) {
        log.warn("The killed broker's session has to run out first", e.getCause());
      }
    } catch (TimeoutException e) {
      log.warn("The killed broker's session has to run out first", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EmbeddedServerException("Interrupted while Kafka started", e);
    } finally {
      admin.close(CLOSE_WITHIN);
    }
  }
}
