package xalesin.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.Server;
import kafka.server.SharedServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.raft.QuorumConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real Kafka broker and its controller in this process, on a durable folder that belongs to this
 * program alone.
 *
 * <p>Safe for use by several threads. A killed program loses nothing that the broker had
 * acknowledged: it is in the operating system's cache. A fault inside Kafka that would end a broker
 * process completes {@link #failed()} here, instead of halting the JVM; only a disk that cannot be
 * written still halts it, which is Kafka's own way of not acknowledging what it cannot keep.
 */
public final class EmbeddedKafka implements KafkaServer {
  private static final Logger log = LoggerFactory.getLogger(EmbeddedKafka.class);

  private static final int NODE = 1;

  /** The file that a broker writes at the end of a clean stop and deletes at its start. */
  private static final String CLEAN_SHUTDOWN = ".kafka_cleanshutdown";

  static final String CLIENTS = "CLIENTS";
  static final String CONTROLLER = "CONTROLLER";

  private final DataFolder folder;
  private final BrokerServer broker;
  private final ControllerServer controller;
  private final KafkaOptions options;
  private final String bootstrapServers;
  private final CompletableFuture<Throwable> failed;
  private final AtomicBoolean closed = new AtomicBoolean();

  private EmbeddedKafka(
      DataFolder folder,
      BrokerServer broker,
      ControllerServer controller,
      KafkaOptions options,
      String bootstrapServers,
      CompletableFuture<Throwable> failed) {
    this.folder = folder;
    this.broker = broker;
    this.controller = controller;
    this.options = options;
    this.bootstrapServers = bootstrapServers;
    this.failed = failed;
  }

  /**
   * Starts the broker on the folder, which is formatted first when it is new.
   *
   * @throws DataFolderInUseException when another program has the folder
   * @throws EmbeddedServerException when the port is taken or the broker does not start
   */
  public static EmbeddedKafka start(KafkaOptions options) {
    DataFolder folder = DataFolder.open(options.folder());
    EmbeddedKafka started = null;
    try (KafkaPorts ports = KafkaPorts.open(options)) {
      started = start(folder, options, ports);
      return started;
    } finally {
      if (started == null) {
        folder.close();
      }
    }
  }

  private static EmbeddedKafka start(DataFolder folder, KafkaOptions options, KafkaPorts ports) {
    long began = System.nanoTime();
    Path logs = folder.resolve("log");
    KafkaConfig config = config(logs, options, ports);
    boolean killed = format(logs) && !Files.exists(logs.resolve(CLEAN_SHUTDOWN));
    var faults = new CompletableFuture<Throwable>();
    var prepared = KafkaRaftServer.initializeLogDirs(config, log, "");
    String clusterId = prepared._1().clusterId().orElseThrow();
    var shared =
        new SharedServer(
            config,
            prepared._1(),
            Time.SYSTEM,
            Server.initializeMetrics(config, Time.SYSTEM, clusterId),
            CompletableFuture.completedFuture(
                QuorumConfig.parseVoterConnections(config.quorumConfig().voters())),
            List.of(),
            new KafkaFaults(faults),
            ports);
    var controller = new ControllerServer(shared, KafkaRaftServer.configSchema(), prepared._2());
    var broker = new BrokerServer(shared);
    try {
      // The controller first: the broker registers with it.
      controller.startup();
      if (killed) {
        KilledBroker.forget(NODE, ports.controller());
      }
      broker.startup();
    } catch (Throwable e) {
      broker.shutdown(options.stopWithin());
      controller.shutdown();
      throw new EmbeddedServerException("Kafka on " + logs + " does not start: " + e, e);
    }
    log.info(
        "Kafka on {} at port {} after {} ms, cluster {}",
        logs,
        ports.clients(),
        (System.nanoTime() - began) / 1_000_000,
        clusterId);
    return new EmbeddedKafka(
        folder, broker, controller, options, ports.advertised() + ":" + ports.clients(), faults);
  }

  private static KafkaConfig config(Path logs, KafkaOptions options, KafkaPorts ports) {
    Map<String, Object> all = new TreeMap<>(KafkaSettings.singleNode());
    all.put("process.roles", "broker,controller");
    all.put("node.id", Integer.toString(NODE));
    all.put("log.dirs", logs.toString());
    all.put(
        "listeners",
        "%s://%s:%d,%s://127.0.0.1:%d"
            .formatted(CLIENTS, options.bind(), ports.clients(), CONTROLLER, ports.controller()));
    all.put(
        "advertised.listeners",
        "%s://%s:%d,%s://127.0.0.1:%d"
            .formatted(
                CLIENTS, ports.advertised(), ports.clients(), CONTROLLER, ports.controller()));
    all.put("listener.security.protocol.map", CLIENTS + ":PLAINTEXT," + CONTROLLER + ":PLAINTEXT");
    all.put("inter.broker.listener.name", CLIENTS);
    all.put("controller.listener.names", CONTROLLER);
    all.put("controller.quorum.voters", NODE + "@127.0.0.1:" + ports.controller());
    all.put(
        "initial.broker.registration.timeout.ms", Long.toString(options.startWithin().toMillis()));
    all.put("server.max.startup.time.ms", Long.toString(options.startWithin().toMillis()));
    all.putAll(options.settings());
    try {
      return new KafkaConfig(all, false);
    } catch (RuntimeException e) {
      throw new EmbeddedServerException("Kafka does not take its settings: " + e.getMessage(), e);
    }
  }

  /**
   * Gives a new folder its cluster id and feature levels; an old one keeps its own.
   *
   * @return whether the folder was an old one
   */
  private static boolean format(Path logs) {
    try {
      if (Files.exists(logs.resolve("meta.properties"))) {
        return true;
      }
      // A format cut short by a kill has written no meta.properties, so nothing was ever stored.
      DataFolder.delete(logs);
      Files.createDirectories(logs);
      new Formatter()
          .setPrintStream(
              new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
          .setNodeId(NODE)
          .setClusterId(Uuid.randomUuid().toString())
          .setControllerListenerName(CONTROLLER)
          .setMetadataLogDirectory(logs.toString())
          .addDirectory(logs.toString())
          .setFeatureLevel("transaction.version", (short) 2)
          .run();
      return false;
    } catch (IOException e) {
      throw new EmbeddedServerException("Kafka's folder " + logs + " cannot be written: " + e, e);
    } catch (Exception e) {
      throw new EmbeddedServerException("Kafka's folder " + logs + " was not formatted: " + e, e);
    }
  }

  /** Completes with the reason when Kafka meets a fault that it cannot go on with. */
  public CompletionStage<Throwable> failed() {
    return failed.minimalCompletionStage();
  }

  @Override
  public String bootstrapServers() {
    return bootstrapServers;
  }

  /** Stops broker and controller cleanly and gives the folder back. */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    try (folder) {
      broker.shutdown(options.stopWithin());
      controller.shutdown();
    }
  }
}
