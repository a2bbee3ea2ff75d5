package xalesin.standalone;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.function.BiConsumer;
import java.util.function.LongUnaryOperator;
import xalesin.schemas.Json;

/** Stands before the read API and changes what it answers. */
final class LyingReads implements AutoCloseable {
  private static final String SEQUENCE = "View-Sequence";

  private final HttpClient http = HttpClient.newHttpClient();
  private final HttpServer server;
  private final URI truth;
  private final BiConsumer<URI, ObjectNode> lie;
  private final LongUnaryOperator sequence;

  /**
   * @param truth the address of the read API
   * @param lie changes the answer to a request
   * @param sequence what is said to be the tenant's sequence, given what it is
   */
  LyingReads(URI truth, BiConsumer<URI, ObjectNode> lie, LongUnaryOperator sequence)
      throws IOException {
    this.truth = truth;
    this.lie = lie;
    this.sequence = sequence;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      HttpResponse<byte[]> told = ask(exchange);
      byte[] body = told.body();
      if (told.statusCode() == 200) {
        ObjectNode json = Json.read(body, ObjectNode.class);
        lie.accept(exchange.getRequestURI(), json);
        body = Json.write(json);
        told.headers()
            .firstValueAsLong(SEQUENCE)
            .ifPresent(
                now ->
                    exchange
                        .getResponseHeaders()
                        .set(SEQUENCE, Long.toString(sequence.applyAsLong(now))));
      }
      exchange.sendResponseHeaders(told.statusCode(), body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private HttpResponse<byte[]> ask(HttpExchange exchange) throws IOException {
    try {
      return http.send(
          HttpRequest.newBuilder(truth.resolve(exchange.getRequestURI()))
              .header("Authorization", exchange.getRequestHeaders().getFirst("Authorization"))
              .build(),
          HttpResponse.BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    http.close();
  }
}
