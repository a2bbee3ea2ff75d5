package xalesin.schemas.probes;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * Probes and metrics of a program that has no door for users, over the JDK's own HTTP server:
 * `/health/live`, `/health/ready` and `/metrics`. One request at a time. Thread-safe.
 */
public final class ProbeServer implements AutoCloseable {
  private static final int WAITING_CONNECTIONS = 16;

  private final HttpServer server;
  private final ExecutorService executor;

  /**
   * Whether the program does its work.
   *
   * @param ready answered as 200, otherwise 503
   * @param state a word or two, with the reasons
   */
  public record Readiness(boolean ready, String state) {}

  private ProbeServer(HttpServer server, ExecutorService executor) {
    this.server = server;
    this.executor = executor;
  }

  /**
   * Opens the port.
   *
   * @param scrape Prometheus text
   * @throws IOException when it cannot be opened
   */
  public static ProbeServer start(
      ManagementAddress address, Supplier<Readiness> readiness, Supplier<String> scrape)
      throws IOException {
    HttpServer server =
        HttpServer.create(
            new InetSocketAddress(address.host(), address.port()), WAITING_CONNECTIONS);
    ExecutorService executor =
        Executors.newSingleThreadExecutor(Thread.ofPlatform().name("probes").daemon().factory());
    server.setExecutor(executor);
    server.createContext("/health/live", exchange -> answer(exchange, 200, "text/plain", "live\n"));
    server.createContext(
        "/health/ready",
        exchange -> {
          Readiness now = readiness.get();
          answer(exchange, now.ready() ? 200 : 503, "text/plain", now.state() + "\n");
        });
    server.createContext(
        "/metrics", exchange -> answer(exchange, 200, "text/plain; version=0.0.4", scrape.get()));
    server.start();
    return new ProbeServer(server, executor);
  }

  /** The port that is open. */
  public int port() {
    return server.getAddress().getPort();
  }

  private static void answer(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    try (exchange) {
      byte[] body = text.getBytes(UTF_8);
      exchange.getResponseHeaders().set("Content-Type", type);
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    executor.shutdown();
  }
}
