package xalesin.cdc;

import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import xalesin.schemas.Topics;
import xalesin.schemas.config.Settings;
import xalesin.schemas.probes.ManagementAddress;
import xalesin.schemas.probes.ProbeServer;
import xalesin.schemas.probes.ProbeServer.Readiness;

/**
 * cdc as a process of its own. Any number may run for one slot: one publishes, the others stand by.
 * Ends with 1 when going on would lose or double events.
 */
public final class CdcMain {
  private static final Logger LOG = LoggerFactory.getLogger(CdcMain.class);
  private static final String PROGRAM = "xalesin-cdc";
  private static final String PURPOSE =
      "publishes committed events from Postgres to Kafka, each exactly once";
  private static final int MANAGEMENT_PORT = 8087;
  private static final Duration LOOK = Duration.ofSeconds(1);

  private CdcMain() {}

  /** The process's configuration: what cdc needs, and where it answers probes. */
  record Setup(CdcConfig cdc, ManagementAddress management) {}

  public static void main(String[] args) throws IOException, InterruptedException {
    Setup setup = Settings.readOrExit(PROGRAM, PURPOSE, args, CdcMain::read);
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    try (JvmGcMetrics gc = new JvmGcMetrics()) {
      gc.bindTo(registry);
      new JvmMemoryMetrics().bindTo(registry);
      CdcService service = CdcService.start(setup.cdc(), registry);
      Runtime.getRuntime().addShutdownHook(new Thread(service::close, "cdc-stop"));
      try (ProbeServer probes =
          ProbeServer.start(
              setup.management(), () -> readiness(service.health()), registry::scrape)) {
        LOG.info("probes and metrics are at port {}", probes.port());
        while (!service.awaitEnd(LOOK)) {}
      }
      if (service.health().state() == CdcState.FAILED) {
        System.exit(1);
      }
    }
  }

  private static Readiness readiness(CdcHealth health) {
    return new Readiness(health.ready(), health.state().label() + " " + health.reason());
  }

  static Setup read(Settings settings) {
    CdcConfig.Limits d = CdcConfig.Limits.DEFAULTS;
    Duration hour = Duration.ofHours(1);
    Duration second = Duration.ofSeconds(1);
    Duration tenth = Duration.ofMillis(100);
    CdcConfig cdc =
        new CdcConfig(
            postgres(settings),
            CdcConfig.Kafka.at(
                settings.text(
                    "XALESIN_KAFKA", "127.0.0.1:9092", "Kafka's bootstrap servers, host:port")),
            settings.text("XALESIN_CDC_SLOT", CdcConfig.DEFAULT_SLOT, "the replication slot"),
            settings.text(
                "XALESIN_CDC_PUBLICATION",
                CdcConfig.DEFAULT_PUBLICATION,
                "the publication of the event table"),
            topic(settings, "XALESIN_CDC_EVENTS_TOPIC", Topics.events(), "the topic of events"),
            topic(
                settings,
                "XALESIN_CDC_OFFSETS_TOPIC",
                Topics.cdcOffsets(),
                "the topic of published positions"),
            new CdcConfig.Limits(
                settings.duration(
                    "XALESIN_CDC_CONFIRM",
                    d.confirm(),
                    Duration.ofMillis(1),
                    hour,
                    "how often the slot hears what is published"),
                settings.duration(
                    "XALESIN_CDC_CHECK", d.check(), tenth, hour, "how often the slot is inspected"),
                settings.duration(
                    "XALESIN_CDC_HEARTBEAT",
                    d.heartbeat(),
                    tenth,
                    hour,
                    "how often an idle database still moves the slot"),
                settings.duration(
                    "XALESIN_CDC_LEASE",
                    d.lease(),
                    second,
                    hour,
                    "after this long without a sign of life the active process is replaced"),
                settings.duration(
                    "XALESIN_CDC_RETRY",
                    d.retry(),
                    tenth,
                    hour,
                    "longest wait between attempts while something is unreachable"),
                settings.duration(
                    "XALESIN_CDC_KAFKA_TIMEOUT", d.kafka(), second, hour, "longest call to Kafka"),
                settings.duration(
                    "XALESIN_CDC_TRANSACTION",
                    d.transaction(),
                    second,
                    hour,
                    "longest Kafka transaction, see the broker's transaction.max.timeout.ms"),
                settings.duration(
                    "XALESIN_CDC_CLOSE", d.close(), second, hour, "longest clean stop"),
                settings.integer(
                    "XALESIN_CDC_BATCH", d.batchRecords(), 1, 65_536, "records", "largest batch")),
            settings.flag(
                "XALESIN_CDC_REFILL",
                false,
                "makes a lost slot anew and publishes what it lost from the event table"));
    return new Setup(cdc, ManagementAddress.read(settings, MANAGEMENT_PORT));
  }

  private static CdcConfig.Postgres postgres(Settings settings) {
    String user = settings.text("XALESIN_POSTGRES_USER", "xalesin", "a role with REPLICATION");
    String password = settings.secret("XALESIN_POSTGRES_PASSWORD", "", "its password");
    String url = "jdbc:postgresql://127.0.0.1:5433/xalesin";
    return settings.value(
        "XALESIN_POSTGRES_URL",
        CdcConfig.Postgres.parse(url, user, password),
        url,
        "JDBC URL",
        "the database of the event table",
        text -> CdcConfig.Postgres.parse(text, user, password));
  }

  private static Topics.Spec topic(
      Settings settings, String key, Topics.Spec usual, String description) {
    String name = settings.text(key, usual.name(), description);
    return new Topics.Spec(name, usual.partitions(), Map.copyOf(usual.config()));
  }
}
