package xalesin.projection;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * Probes and metrics of a headless node over the JDK's own HTTP server: {@code /health/live},
 * {@code /health/ready} and {@code /metrics}. One request at a time. Thread-safe.
 */
final class NodeProbes implements AutoCloseable {
  private static final int WAITING_CONNECTIONS = 16;

  private final HttpServer server;
  private final ExecutorService executor;

  private NodeProbes(HttpServer server, ExecutorService executor) {
    this.server = server;
    this.executor = executor;
  }

  /**
   * @param port 0 for a free one
   * @param scrape Prometheus text
   */
  static NodeProbes start(
      String bind, int port, Supplier<ViewsState> state, Supplier<String> scrape)
      throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress(bind, port), WAITING_CONNECTIONS);
    ExecutorService executor =
        Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("views-management").daemon().factory());
    server.setExecutor(executor);
    server.createContext("/health/live", exchange -> answer(exchange, 200, "text/plain", "live\n"));
    server.createContext(
        "/health/ready",
        exchange -> {
          ViewsState now = state.get();
          answer(exchange, now.ready() ? 200 : 503, "text/plain", told(now));
        });
    server.createContext(
        "/metrics", exchange -> answer(exchange, 200, "text/plain; version=0.0.4", scrape.get()));
    server.start();
    return new NodeProbes(server, executor);
  }

  private static String told(ViewsState state) {
    String status = state.status().name().toLowerCase(Locale.ROOT);
    return (status + " " + String.join("; ", state.reasons())).strip() + "\n";
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
    executor.shutdown();
  }
}
