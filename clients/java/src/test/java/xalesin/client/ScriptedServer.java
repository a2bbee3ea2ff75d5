package xalesin.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** An HTTP server whose answers the test gives, request by request. */
final class ScriptedServer implements AutoCloseable {
  private static final int WITHIN_SECONDS = 30;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final BlockingQueue<Asked> asked = new LinkedBlockingQueue<>();

  ScriptedServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          Asked one = new Asked(exchange);
          asked.add(one);
          one.end.join();
        });
    server.start();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** The next request. */
  Asked next() throws InterruptedException {
    Asked next = asked.poll(WITHIN_SECONDS, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("nothing was asked");
    }
    return next;
  }

  boolean hasMore() {
    return !asked.isEmpty();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  /** A request that waits for its answer. */
  static final class Asked {
    private final HttpExchange exchange;
    private final CompletableFuture<Void> end = new CompletableFuture<>();

    Asked(HttpExchange exchange) {
      this.exchange = exchange;
    }

    String query() {
      return URLDecoder.decode(exchange.getRequestURI().getRawQuery(), UTF_8);
    }

    @Nullable String header(String name) {
      return exchange.getRequestHeaders().getFirst(name);
    }

    /** Begins an answer that has no end yet. */
    Asked open() {
      try {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        return send("retry: 1\n\n");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    Asked send(String text) {
      try {
        OutputStream out = exchange.getResponseBody();
        out.write(text.getBytes(UTF_8));
        out.flush();
        return this;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    Asked frame(String event, long sequence, String... changes) {
      return send(
          "id: %d\nevent: %s\ndata: {\"sequence\":%d,\"changes\":[%s]}\n\n"
              .formatted(sequence, event, sequence, String.join(",", changes)));
    }

    void end() {
      exchange.close();
      end.complete(null);
    }

    void answer(int status, String retryAfter, String body) {
      try {
        exchange.getResponseHeaders().set("Content-Type", "application/problem+json");
        if (!retryAfter.isEmpty()) {
          exchange.getResponseHeaders().set("Retry-After", retryAfter);
        }
        byte[] bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        end();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Whether the other side has gone: seen when something is written. */
    boolean isGone() {
      try {
        send(": still there\n\n");
        return false;
      } catch (UncheckedIOException e) {
        end();
        return true;
      }
    }
  }
}
