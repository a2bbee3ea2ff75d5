package xalesin.bench.stack;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A server under measurement: started by this program, or one that runs already. Closing it ends
 * only what this program started. Not thread-safe.
 */
public final class Stack implements AutoCloseable {
  private static final Duration HTTP_LIMIT = Duration.ofSeconds(30);

  private final ReadyFile ready;
  private final Duration readyAfter;
  private final @Nullable ServerProcess process;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  Stack(ReadyFile ready, Duration readyAfter, @Nullable ServerProcess process) {
    this.ready = ready;
    this.readyAfter = readyAfter;
    this.process = process;
  }

  /** A server that somebody else runs. */
  public static Stack running(ReadyFile addresses) {
    return new Stack(addresses, Duration.ZERO, null);
  }

  public URI http() {
    return URI.create(ready.http());
  }

  /** JDBC address with user and password; empty when it was not given. */
  public String postgres() {
    return ready.postgres();
  }

  public ReadyFile ready() {
    return ready;
  }

  /** From the start of the process until the ready file was there. */
  public Duration readyAfter() {
    return readyAfter;
  }

  public ProcessProbe probe() {
    return new ProcessProbe(ready.pid());
  }

  /** Reads the management port; empty when it is not known. */
  public Metrics metrics() throws IOException, InterruptedException {
    return ready.management().isEmpty()
        ? Metrics.parse("")
        : Metrics.parse(get(URI.create(ready.management()).resolve("/metrics"), null));
  }

  /** One plain {@code GET} outside of any measurement. */
  public String get(String path, String token) throws IOException, InterruptedException {
    return get(http().resolve(path), token);
  }

  /** One plain {@code POST} without a body. */
  public String post(String path, String token) throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(http().resolve(path)).POST(HttpRequest.BodyPublishers.noBody()),
        token);
  }

  private String get(URI uri, @Nullable String token) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(uri), token);
  }

  private String send(HttpRequest.Builder request, @Nullable String token)
      throws IOException, InterruptedException {
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    HttpRequest asked = request.timeout(HTTP_LIMIT).build();
    HttpResponse<String> answer = http.send(asked, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new StackException(
          asked.uri() + " answered " + answer.statusCode() + ": " + answer.body());
    }
    return answer.body();
  }

  /** Whether the own server lives and what it printed last; empty for somebody else's. */
  public String diagnosis() {
    return process == null ? "" : process.diagnosis();
  }

  @Override
  public void close() {
    http.close();
    if (process != null) {
      process.close();
    }
  }
}
