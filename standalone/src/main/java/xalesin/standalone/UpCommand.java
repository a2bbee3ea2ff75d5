package xalesin.standalone;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import xalesin.edge.NamedFile;
import xalesin.edge.Role;
import xalesin.edge.TlsConfig;
import xalesin.embedded.AbandonedFolders;
import xalesin.embedded.EmbeddedPostgres;
import xalesin.schemas.Json;
import xalesin.standalone.demo.DemoTenant;

/** Starts everything in one process and runs until Ctrl-C or SIGTERM. */
@Command(
    name = "up",
    description = "Starts everything in one process and runs until Ctrl-C.",
    mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {
  /** The tenant that the printed lines use, and that gets the demo data. */
  private static final String DEMO_TENANT = "demo";

  /** How the folders of {@code --ephemeral} begin. */
  private static final String EPHEMERAL = "xalesin-up-";

  private static final Duration TOKEN_LIFE = Duration.ofDays(30);

  @Spec private CommandSpec spec;

  @Option(
      names = "--port",
      defaultValue = "8080",
      description = "HTTP (${DEFAULT-VALUE}); 0 picks a free one.")
  private int port;

  @Option(
      names = "--management-port",
      defaultValue = "8081",
      description = "Health, metrics, info (${DEFAULT-VALUE}).")
  private int managementPort;

  @Option(names = "--kafka-port", defaultValue = "9092", description = "Kafka (${DEFAULT-VALUE}).")
  private int kafkaPort;

  @Option(
      names = "--postgres-port",
      defaultValue = "5433",
      description = "PostgreSQL (${DEFAULT-VALUE}).")
  private int postgresPort;

  @Option(
      names = "--data",
      defaultValue = "data",
      description = "Where everything is kept (./${DEFAULT-VALUE}).")
  private Path data;

  @Option(
      names = "--ephemeral",
      description = "Keeps the data in a temporary folder, deleted at the end.")
  private boolean ephemeral;

  @Option(names = "--no-demo", description = "Loads no demo company into new data.")
  private boolean noDemo;

  @Option(
      names = "--bind",
      defaultValue = "127.0.0.1",
      description = "The address to bind to (${DEFAULT-VALUE}).")
  private String bind;

  @Option(
      names = "--management-bind",
      description =
          "The address that the port for operators binds to, which asks for no token (that of"
              + " --bind).")
  private @Nullable String managementBind;

  @Option(
      names = "--tls-certificate",
      description =
          "Certificate chain as PEM: opens the TLS port. The plain port then is for this machine"
              + " only.")
  private @Nullable Path tlsCertificate;

  @Option(
      names = "--tls-key",
      description = "Private key as PEM, unless it stands in the certificate's file.")
  private @Nullable Path tlsKey;

  @Option(
      names = "--tls-port",
      defaultValue = "" + TlsConfig.DEFAULT_PORT,
      description = "HTTPS, with a certificate (${DEFAULT-VALUE}); 0 picks a free one.")
  private int tlsPort;

  @Option(
      names = "--ready-file",
      description = "A file to write the addresses to, as JSON, once ready.")
  private @Nullable Path readyFile;

  @Option(
      names = "--max-connections",
      defaultValue = "" + StackOptions.DEFAULT_CONNECTIONS,
      description = "Open HTTP connections, live ones included (${DEFAULT-VALUE}); more wait.")
  private int maxConnections;

  @Option(
      names = "--refill",
      description =
          "Where the replication slot was lost, makes it anew and publishes what is missing.")
  private boolean refill;

  @Option(
      names = "--rebuild-views",
      description =
          "Builds the views anew from the log, after a repair of what has parked streams or stopped"
              + " partitions. Ready when that is done.")
  private boolean rebuildViews;

  @Option(names = "--bench-routes", hidden = true)
  private boolean benchRoutes;

  @Option(names = "--no-limits", hidden = true)
  private boolean noLimits;

  @Option(
      names = "--rehearse",
      hidden = true,
      description = "Loads the demo company, reads a little, and ends: for the JVM's AOT cache.")
  private boolean rehearse;

  @Override
  public Integer call() throws Exception {
    for (int each : new int[] {port, managementPort, kafkaPort, postgresPort, tlsPort}) {
      if (each < 0 || each > 65_535) {
        throw new ParameterException(
            spec.commandLine(), "a port must be between 0 and 65535, not " + each);
      }
    }
    if (maxConnections < 1 || maxConnections > 1_000_000) {
      throw new ParameterException(
          spec.commandLine(), "--max-connections must be between 1 and 1000000");
    }
    long started = ManagementFactory.getRuntimeMXBean().getStartTime();
    Path folder = ephemeral ? temporaryFolder() : data;
    CountDownLatch stop = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    Thread onSignal =
        Thread.ofPlatform()
            .name("stop")
            .unstarted(
                () -> {
                  stop.countDown();
                  awaitQuietly(stopped);
                });
    Runtime.getRuntime().addShutdownHook(onSignal);
    try (Stack stack =
        Stack.start(
            new StackOptions(
                folder,
                bind,
                managementBind == null ? bind : managementBind,
                port,
                managementPort,
                kafkaPort,
                postgresPort,
                benchRoutes,
                !noLimits,
                maxConnections,
                refill,
                rebuildViews,
                tls()),
            stop)) {
      String token = stack.keys().sign(DEMO_TENANT, "admin", List.of(Role.ADMIN), TOKEN_LIFE);
      if (noDemo) {
        DemoTenant.decline(folder);
      } else {
        URI http = URI.create(stack.installation().http());
        DemoTenant.load(folder, http, token, spec.commandLine().getErr()::println);
      }
      if (rehearse) {
        Rehearsal.run(URI.create(stack.installation().http()), token);
        return CommandLine.ExitCode.OK;
      }
      long readyMillis = System.currentTimeMillis() - started;
      spec.commandLine().getOut().println(Welcome.text(stack, DEMO_TENANT, token, readyMillis));
      if (stack.https() != null) {
        spec.commandLine().getOut().println("  HTTPS: " + stack.https() + "/api");
      }
      spec.commandLine().getOut().flush();
      if (readyFile != null) {
        writeReady(readyFile, stack, token, readyMillis);
      }
      stop.await();
      spec.commandLine().getErr().println("xalesin: stopping …");
    } finally {
      if (ephemeral) {
        Folders.delete(folder);
      }
      stopped.countDown();
    }
    return CommandLine.ExitCode.OK;
  }

  /** Where nobody starts again, so what was killed there is ended and deleted by the next. */
  private static Path temporaryFolder() throws IOException {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    AbandonedFolders.sweep(temporary, EPHEMERAL, "postgres/" + EmbeddedPostgres.CLUSTER);
    return Files.createTempDirectory(temporary, EPHEMERAL);
  }

  private @Nullable TlsConfig tls() {
    if (tlsCertificate == null) {
      return null;
    }
    NamedFile chain = new NamedFile("--tls-certificate", tlsCertificate);
    NamedFile key = tlsKey == null ? chain : new NamedFile("--tls-key", tlsKey);
    try {
      return TlsConfig.of(tlsPort, chain, key, "").checked();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void writeReady(Path file, Stack stack, String token, long readyMillis)
      throws Exception {
    Map<String, Object> ready = new LinkedHashMap<>();
    Installation installation = stack.installation();
    ready.put("http", installation.http());
    if (stack.https() != null) {
      ready.put("https", stack.https());
    }
    ready.put("management", installation.management());
    ready.put("kafka", installation.kafka());
    ready.put("postgres", installation.postgres());
    ready.put("tenant", DEMO_TENANT);
    ready.put("token", token);
    ready.put("pid", installation.pid());
    ready.put("readyMillis", readyMillis);
    Folders.writeWhole(file, Json.write(ready));
  }
}
