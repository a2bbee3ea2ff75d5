package xalesin.standalone.chaos;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import xalesin.cdc.TopicAdmin;
import xalesin.edge.LocalKeys;
import xalesin.edge.Role;
import xalesin.embedded.Database;
import xalesin.embedded.TestServers;
import xalesin.projection.ViewCatalog;
import xalesin.schemas.Topics;

/**
 * The services as processes of their own, two of cdc, killed one at a time with SIGKILL at random
 * moments under load. {@code -Dxalesin.seed=…} repeats a run, {@code -Dxalesin.kills=…} makes it
 * longer.
 */
class ServiceKillE2E {
  private static final int KILLS = Integer.getInteger("xalesin.kills", 12);
  private static final int CLIENTS = 4;

  /** A kill comes at one of the first; the others meet what is left and what comes back. */
  private static final int BEFORE_KILL = 250;

  private static final int COMMANDS = 400;
  private static final Duration READY = Duration.ofMinutes(5);

  /** Below the ports of Linux's ip_local_port_range. */
  private static final int FIRST_PORT = 12_000;

  private static final int LAST_PORT = 32_000;
  private static final int PORT_TRIES = 100;

  @TempDir private Path folder;
  private final Set<Integer> ports = new HashSet<>();

  /** A service that can be started again in the same place. */
  private record Service(
      String name, String mainClass, Map<String, String> environment, int managementPort) {}

  @Test
  void what_was_acknowledged_survives_the_kill_of_any_service_exactly_once() throws Exception {
    long seed = Long.getLong("xalesin.seed", System.nanoTime());
    System.out.println("ServiceKillE2E seed " + seed);
    Random random = new Random(seed);
    Database database = TestServers.freshDatabase("service_kill");
    String kafka = TestServers.kafka().bootstrapServers();
    LocalKeys keys = LocalKeys.open(folder);
    int commandPort = freePort();
    int queryPort = freePort();
    List<Service> services = services(database, kafka, commandPort, queryPort);
    try (Admin admin =
        Admin.create(Map.<String, Object>of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka))) {
      TopicAdmin.ensure(admin, Topics.all(ViewCatalog.names()), READY);
    }
    Map<String, ChildProcess> processes = new HashMap<>();
    Map<String, String> clerks = new HashMap<>();
    for (String tenant : List.of("parts-one", "parts-two", "parts-three")) {
      clerks.put(tenant, keys.sign(tenant, "clerk", List.of(Role.CLERK), Duration.ofHours(1)));
    }
    URI commands = URI.create("http://127.0.0.1:" + commandPort);
    URI queries = URI.create("http://127.0.0.1:" + queryPort);
    try (StockWorkload workload = new StockWorkload(() -> commands, clerks)) {
      // The command service brings the tables, and with them the slot, into being.
      processes.put(services.getFirst().name(), start(services.getFirst()));
      for (Service service : services.subList(1, services.size())) {
        processes.put(service.name(), launch(service));
      }
      for (Service service : services) {
        awaitReady(service, requireNonNull(processes.get(service.name())));
      }
      Reconciliation reconciliation =
          new Reconciliation(workload, tenant -> requireNonNull(clerks.get(tenant)));
      workload.createItems(3, random);
      List<Service> victims = new ArrayList<>(services);
      for (int kill = 1; kill <= KILLS; kill++) {
        int turn = (kill - 1) % services.size();
        if (turn == 0) {
          // Each of them dies as often as the others.
          Collections.shuffle(victims, random);
        }
        Service victim = victims.get(turn);
        workload.start(CLIENTS, COMMANDS, random.nextLong());
        long target = workload.count() + 1 + random.nextInt(BEFORE_KILL);
        Awaitility.await().atMost(READY).until(() -> workload.count() >= target);
        requireNonNull(processes.get(victim.name())).kill();
        processes.put(victim.name(), start(victim));
        workload.pause();
        reconciliation.check(jdbcUrl(database), kafka, queries);
      }
    } finally {
      processes.values().forEach(ChildProcess::close);
    }
  }

  private List<Service> services(Database database, String kafka, int commandPort, int queryPort)
      throws IOException {
    Map<String, String> shared = new HashMap<>();
    shared.put("XALESIN_POSTGRES_URL", database.jdbcUrl());
    shared.put("XALESIN_POSTGRES_USER", database.user());
    shared.put("XALESIN_POSTGRES_PASSWORD", database.password());
    shared.put("XALESIN_KAFKA", kafka);
    shared.put("XALESIN_KEY_FILE", folder.resolve(LocalKeys.FILE).toString());
    List<Service> services = new ArrayList<>();
    services.add(
        service(
            "command",
            "xalesin.command.CommandMain",
            shared,
            Map.of("XALESIN_HTTP_PORT", "" + commandPort)));
    services.add(service("cdc-1", "xalesin.cdc.CdcMain", shared, Map.of()));
    services.add(service("cdc-2", "xalesin.cdc.CdcMain", shared, Map.of()));
    services.add(
        service(
            "query",
            "xalesin.query.QueryMain",
            shared,
            Map.of(
                "XALESIN_HTTP_PORT",
                "" + queryPort,
                "XALESIN_VIEWS_FOLDER",
                folder.resolve("views").toString())));
    return services;
  }

  private Service service(
      String name, String mainClass, Map<String, String> shared, Map<String, String> own)
      throws IOException {
    int managementPort = freePort();
    Map<String, String> environment = new HashMap<>(shared);
    environment.putAll(own);
    environment.put("XALESIN_MANAGEMENT_PORT", "" + managementPort);
    return new Service(name, mainClass, environment, managementPort);
  }

  private ChildProcess launch(Service service) throws IOException {
    return ChildProcess.start(
        service.name(), folder, service.environment(), service.mainClass(), List.of());
  }

  private ChildProcess start(Service service) throws IOException {
    ChildProcess process = launch(service);
    awaitReady(service, process);
    return process;
  }

  private static void awaitReady(Service service, ChildProcess process) {
    URI ready = URI.create("http://127.0.0.1:" + service.managementPort() + "/health/ready");
    try (HttpClient http = HttpClient.newHttpClient()) {
      Awaitility.await().atMost(READY).until(() -> !process.isAlive() || isReady(http, ready));
    } catch (RuntimeException e) {
      process.close();
      throw new AssertionError(service.name() + " is not ready: " + process.tail(), e);
    }
    assertThat(process.isAlive()).as(process.tail()).isTrue();
  }

  private static boolean isReady(HttpClient http, URI ready) throws InterruptedException {
    try {
      return http.send(
                  HttpRequest.newBuilder(ready).timeout(Duration.ofSeconds(10)).build(),
                  BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private static String jdbcUrl(Database database) {
    return database.jdbcUrl() + "?user=" + database.user() + "&password=" + database.password();
  }

  /**
   * A port that stays a killed service's own until it is back: none of those that the system gives
   * to whoever wants any.
   */
  private int freePort() throws IOException {
    for (int tries = 1; ; tries++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST_PORT, LAST_PORT);
      if (!ports.add(port)) {
        continue;
      }
      try (ServerSocket socket = new ServerSocket()) {
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return port;
      } catch (BindException e) {
        if (tries == PORT_TRIES) {
          throw e;
        }
      }
    }
  }
}
