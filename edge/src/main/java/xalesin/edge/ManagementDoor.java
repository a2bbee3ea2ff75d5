package xalesin.edge;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import xalesin.edge.HealthCheck.Status;
import xalesin.schemas.Json;

/**
 * The port for operators: `/health/live`, `/health/ready`, `/metrics`, `/info`. Plain and without
 * authentication, so it belongs on an address that callers cannot reach. The JDK's own HTTP server:
 * a handful of requests per minute need no second Jetty. Thread-safe.
 */
public final class ManagementDoor implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ManagementDoor.class);

  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final String JSON = "application/json";
  private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

  static {
    // Seconds a request may take to come and to be answered; connections open at once. Read once by
    // the JDK's server.
    setUnlessSet("sun.net.httpserver.maxReqTime", "10");
    setUnlessSet("sun.net.httpserver.maxRspTime", "60");
    setUnlessSet("jdk.httpserver.maxConnections", "64");
  }

  private final HttpServer server;
  private final ExecutorService threads;
  private final HealthChecks checks;

  /**
   * What `/info` tells beside the JVM.
   *
   * @param name of the service
   * @param extras name to value, asked for at each request; values as JSON writes them
   */
  public record Info(String name, Map<String, Supplier<Object>> extras) {}

  private interface Page {
    void answer(HttpExchange exchange) throws IOException, InterruptedException;
  }

  private ManagementDoor(
      HttpServer server, Info info, List<HealthCheck> checks, PrometheusMeterRegistry registry) {
    this.server = server;
    this.checks = new HealthChecks(checks, PATIENCE);
    this.threads =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("management-", 0).factory());
    BuildInfo build = BuildInfo.read();
    server.setExecutor(threads);
    page("/health/live", exchange -> send(exchange, 200, JSON, Json.write(Map.of("status", "up"))));
    page("/health/ready", this::ready);
    page(
        "/metrics",
        exchange ->
            send(exchange, 200, PROMETHEUS, registry.scrape().getBytes(StandardCharsets.UTF_8)));
    page("/info", exchange -> send(exchange, 200, JSON, Json.write(describe(info, build))));
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            send(
                exchange,
                404,
                "application/problem+json",
                Json.write(Problems.ofStatus(404, null)));
          }
        });
  }

  /** Opens the port; 0 picks a free one. Throws when it cannot be bound. */
  public static ManagementDoor start(
      String host,
      int port,
      Info info,
      List<HealthCheck> checks,
      PrometheusMeterRegistry registry) {
    try {
      HttpServer server = HttpServer.create(new InetSocketAddress(host, port), 0);
      ManagementDoor door = new ManagementDoor(server, info, checks, registry);
      server.start();
      return door;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "management port " + host + ":" + port + " cannot be opened", e);
    }
  }

  private static void setUnlessSet(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  private void page(String path, Page page) {
    server.createContext(
        path,
        exchange -> {
          try (exchange) {
            String method = exchange.getRequestMethod();
            if (!exchange.getRequestURI().getPath().equals(path)) {
              send(
                  exchange,
                  404,
                  "application/problem+json",
                  Json.write(Problems.ofStatus(404, null)));
            } else if (method.equals("GET") || method.equals("HEAD")) {
              page.answer(exchange);
            } else {
              exchange.getResponseHeaders().set("Allow", "GET, HEAD");
              send(
                  exchange,
                  405,
                  "application/problem+json",
                  Json.write(Problems.ofStatus(405, null)));
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          } catch (RuntimeException e) {
            LOG.error("{} failed", path, e);
          }
        });
  }

  private void ready(HttpExchange exchange) throws IOException, InterruptedException {
    Map<String, Status> statuses = checks.ask();
    boolean ready = statuses.values().stream().allMatch(Status::up);
    Map<String, Object> shown = new LinkedHashMap<>();
    statuses.forEach(
        (name, status) -> shown.put(name, Map.of("up", status.up(), "reason", status.reason())));
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("status", ready ? "up" : "down");
    answer.put("checks", shown);
    send(exchange, ready ? 200 : 503, JSON, Json.write(answer));
  }

  private static Map<String, Object> describe(Info info, BuildInfo build) {
    Instant started = Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime());
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("name", info.name());
    answer.put("version", build.version());
    answer.put("build", build.build());
    answer.put("jvm", Runtime.version().toString());
    answer.put("pid", ProcessHandle.current().pid());
    answer.put("startedAt", started.toString());
    answer.put("uptimeSeconds", ManagementFactory.getRuntimeMXBean().getUptime() / 1000);
    info.extras().forEach((name, value) -> answer.put(name, value.get()));
    return answer;
  }

  private static void send(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    if (status == 503) {
      exchange
          .getResponseHeaders()
          .set("Retry-After", String.valueOf(Problem.DEFAULT_RETRY_SECONDS));
    }
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, head ? -1 : body.length);
    if (!head) {
      exchange.getResponseBody().write(body);
    }
  }

  /** The port that is open. */
  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
