package xalesin.cdc;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * Probes and metrics of a cdc process over the JDK's own HTTP server: no door for users, no
 * framework. GET only in what it says; one request at a time.
 */
final class ManagementServer implements AutoCloseable {
  private static final int WAITING_CONNECTIONS = 16;

  private final HttpServer server;

  private ManagementServer(HttpServer server) {
    this.server = server;
  }

  /**
   * @param port 0 for a free one
   * @param scrape Prometheus text
   */
  static ManagementServer start(
      String bind, int port, Supplier<CdcHealth> health, Supplier<String> scrape)
      throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress(bind, port), WAITING_CONNECTIONS);
    server.setExecutor(
        Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("cdc-management").daemon().factory()));
    server.createContext("/health/live", exchange -> answer(exchange, 200, "text/plain", "live\n"));
    server.createContext(
        "/health/ready",
        exchange -> {
          CdcHealth now = health.get();
          String text = now.state().label() + " " + now.reason() + "\n";
          answer(exchange, now.ready() ? 200 : 503, "text/plain", text);
        });
    server.createContext(
        "/metrics", exchange -> answer(exchange, 200, "text/plain; version=0.0.4", scrape.get()));
    server.start();
    return new ManagementServer(server);
  }

  int port() {
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
  }
}
